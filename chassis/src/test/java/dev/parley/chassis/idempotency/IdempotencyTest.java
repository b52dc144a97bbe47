package dev.parley.chassis.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.app.Things;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A creation with a key happens once, however often it is asked for. */
@QuarkusTest
class IdempotencyTest extends ProbeTest {
  @Inject Things things;

  private final String key = Ids.next().toString();

  @Test
  void ofTwentyAtOnceOneCreatesAndAllGetItsAnswer() throws Exception {
    String token = Tokens.user(tenant, "ana");
    Set<String> answers = ConcurrentHashMap.newKeySet();
    ExecutorService pool = Executors.newFixedThreadPool(20);
    for (int i = 0; i < 20; i++) {
      pool.execute(
          () -> {
            Response answer = create(token, key, "lamp");
            answers.add(answer.statusCode() + answer.asString());
          });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

    assertThat(answers).singleElement().asString().startsWith("201{");
    assertThat(get(things.count("thing", tenant))).isOne();
  }

  @Test
  void anotherBodyUnderTheKeyIs409() {
    create(Tokens.user(tenant, "ana"), key, "lamp").then().statusCode(201);
    create(Tokens.user(tenant, "ana"), key, "chair")
        .then()
        .statusCode(409)
        .body("code", is("idempotency_key_reused"));
    assertThat(get(things.count("thing", tenant))).isOne();
  }

  @Test
  void theKeyOfAnotherPersonIsAnotherKey() {
    create(Tokens.user(tenant, "ana"), key, "lamp").then().statusCode(201);
    create(Tokens.user(tenant, "ben"), key, "chair").then().statusCode(201);
    create(Tokens.user(tenant + "x", "ana"), key, "chair").then().statusCode(201);
    assertThat(get(things.count("thing", tenant))).isEqualTo(2);
  }

  @Test
  void theKeyOfAClientIsNotThatOfTheUserOfTheSameId() {
    String client = Tokens.of(tenant, "ana", Map.of("roles", "client"));
    create(Tokens.user(tenant, "ana"), key, "lamp").then().statusCode(201);
    create(client, key, "chair").then().statusCode(201).body("name", is("chair"));
    create(client, key, "chair").then().statusCode(201).body("name", is("chair"));
    create(client, key, "lamp").then().statusCode(409).body("code", is("idempotency_key_reused"));
    create(Tokens.user(tenant, "ana"), key, "lamp").then().body("name", is("lamp"));
    assertThat(get(things.count("thing", tenant))).isEqualTo(2);
  }

  @Test
  void whatWasRefusedIsNotRemembered() {
    create(Tokens.user(tenant, "ana"), key, "").then().statusCode(400);
    create(Tokens.user(tenant, "ana"), key, "lamp").then().statusCode(201);
  }

  @Test
  void withoutAKeyEachRequestCreates() {
    for (int i = 0; i < 2; i++) {
      asUser()
          .contentType("application/json")
          .body(Map.of("name", "lamp"))
          .post("/v1/probes")
          .then()
          .statusCode(201);
    }
    assertThat(get(things.count("thing", tenant))).isEqualTo(2);
  }

  @Test
  void aKeyOutOfFormIs400() {
    for (String wrong : List.of("x".repeat(129), "a b", "")) {
      create(Tokens.user(tenant, "ana"), wrong, "lamp")
          .then()
          .statusCode(400)
          .body("violations.field", contains("Idempotency-Key"));
    }
    assertThat(get(things.count("thing", tenant))).isZero();
  }

  private static Response create(String token, String key, String name) {
    return RestAssured.given()
        .auth()
        .oauth2(token)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("name", name))
        .post("/v1/probes");
  }
}
