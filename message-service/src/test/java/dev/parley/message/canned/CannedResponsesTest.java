package dev.parley.message.canned;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CannedResponsesTest extends WithBackEnds {
  private static final String PATH = "/v1/canned-responses";

  private final String tenant = "t" + Ids.next();
  private final String ana = Tokens.user(tenant, "ana");
  private final String bo = Tokens.user(tenant, "bo");
  private final String admin = Tokens.admin(tenant, "ada");

  @Test
  void everyUserHasTheirOwnAndTheTenants() {
    String own =
        create(
                ana,
                "hello",
                "Hi {{customer.name}}, {{ agent.name }} here. {{customer.name}}!",
                "user")
            .statusCode(201)
            .body("version", is(1))
            .body("variables", is(List.of("customer.name", "agent.name")))
            .extract()
            .path("id");
    String shared =
        create(admin, "Hours", "We are open from 9 to 5.", "tenant")
            .statusCode(201)
            .extract()
            .path("id");
    list(ana, Map.of()).body("items.id", is(List.of(own, shared)));
    list(bo, Map.of()).body("items.id", is(List.of(shared)));
    list(Tokens.user("t" + Ids.next(), "ana"), Map.of()).body("items", hasSize(0));
    list(ana, Map.of("q", "HOU")).body("items.id", is(List.of(shared)));
    list(ana, Map.of("q", "here")).body("items.id", is(List.of(own)));
    list(ana, Map.of("q", "%")).body("items", hasSize(0));
  }

  @Test
  void aCodeIsUniqueInItsScope() throws Exception {
    create(ana, "bye", "Bye", "user").statusCode(201);
    create(ana, "BYE", "Bye", "user")
        .statusCode(409)
        .body("code", is("name_taken"))
        .body("violations[0].field", is("shortCode"));
    create(bo, "bye", "Bye", "user").statusCode(201);
    create(admin, "bye", "Bye", "tenant").statusCode(201);
    String other = create(ana, "ciao", "Ciao", "user").statusCode(201).extract().path("id");
    change(ana, other, Map.of("shortCode", "Bye")).statusCode(409).body("code", is("name_taken"));
    ExecutorService threads = Executors.newFixedThreadPool(10);
    List<Callable<Integer>> calls =
        IntStream.range(0, 10)
            .<Callable<Integer>>mapToObj(
                i -> () -> create(ana, "race", "x", "user").extract().statusCode())
            .toList();
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> status : threads.invokeAll(calls)) {
      statuses.add(status.get());
    }
    threads.shutdown();
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void theTenantsAreAdministratorsToWrite() {
    create(ana, "x", "x", "tenant").statusCode(403).body("code", is("forbidden"));
    String shared = create(admin, "x", "x", "tenant").statusCode(201).extract().path("id");
    change(ana, shared, Map.of("body", "y")).statusCode(403);
    as(ana).delete(PATH + "/" + shared).then().statusCode(403);
    change(admin, shared, Map.of("body", "y")).statusCode(200).body("body", is("y"));
    as(admin).delete(PATH + "/" + shared).then().statusCode(204);
    as(admin).delete(PATH + "/" + shared).then().statusCode(404);
  }

  @Test
  void onesOwnAreNobodyElses() {
    String own = create(ana, "x", "x", "user").statusCode(201).extract().path("id");
    for (String stranger : List.of(bo, admin, Tokens.user("t" + Ids.next(), "ana"))) {
      change(stranger, own, Map.of("body", "y")).statusCode(404);
      as(stranger).delete(PATH + "/" + own).then().statusCode(404);
    }
    change(ana, "no-id", Map.of("body", "y")).statusCode(404);
    as(ana)
        .header("If-Match", "\"7\"")
        .contentType("application/json")
        .body(Map.of("body", "y"))
        .patch(PATH + "/" + own)
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.version", is(1));
    change(ana, own, Map.of("body", "y")).statusCode(200).body("version", is(2));
  }

  @Test
  void aVersionIsGivenAndAskedForAlsoToDelete() {
    ValidatableResponse made = create(ana, "x", "x", "user").statusCode(201);
    made.header("ETag", is("\"1\""));
    String id = made.extract().path("id");
    change(ana, id, Map.of("body", "y")).statusCode(200).header("ETag", is("\"2\""));
    as(ana)
        .header("If-Match", "\"1\"")
        .delete(PATH + "/" + id)
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.body", is("y"));
    as(ana).header("If-Match", "\"2\"").delete(PATH + "/" + id).then().statusCode(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"body\": \" \"}|body",
        "{\"body\": \"a\\u0000\"}|body",
        "{\"body\": [1]}|body",
        "{\"shortCode\": \"\"}|shortCode",
        "{\"shortCode\": \"a b\"}|shortCode",
        "{\"shortCode\": \"a\\u0000\"}|shortCode",
        "{\"body\": \"y\", \"scope\": \"tenant\"}|scope",
      })
  void aBadChangeIsRefusedByTheFieldsName(String patch, String named) {
    String id = create(ana, "x", "x", "user").statusCode(201).extract().path("id");
    as(ana)
        .contentType("application/json")
        .body(patch)
        .patch(PATH + "/" + id)
        .then()
        .statusCode(400)
        .body("violations[0].field", is(named));
    list(ana, Map.of()).body("items[0].version", is(1)).body("items[0].body", is("x"));
    given()
        .contentType("application/json")
        .body(patch)
        .patch(PATH + "/" + id)
        .then()
        .statusCode(401);
    given().delete(PATH + "/" + id).then().statusCode(401);
  }

  @Test
  void aScopeThatIsAbsentIsNoChange() {
    String id = create(ana, "x", "x", "user").statusCode(201).extract().path("id");
    Map<String, Object> patch = new HashMap<>(Map.of("body", "y"));
    patch.put("scope", null);
    change(ana, id, patch).statusCode(200).body("body", is("y")).body("scope", is("user"));
  }

  @Test
  void clientsAndStrangersHaveNone() {
    given().get(PATH).then().statusCode(401);
    list(Tokens.of(tenant, "cli", Map.of("roles", "client")), Map.of()).statusCode(403);
  }

  @Test
  void aWalkGivesEachOnce() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(create(ana, "c" + i, "x", "user").statusCode(201).extract().path("id"));
    }
    List<String> walked = new ArrayList<>();
    Map<String, Object> query = new HashMap<>(Map.of("limit", 2));
    String cursor;
    do {
      var page = list(ana, query).statusCode(200).extract();
      walked.addAll(page.path("items.id"));
      cursor = page.path("next");
      query.put("cursor", String.valueOf(cursor));
    } while (cursor != null);
    assertThat(walked).containsExactlyElementsOf(ids);
    list(bo, Map.of("cursor", "x")).statusCode(400).body("violations[0].field", is("cursor"));
  }

  @ParameterizedTest
  @CsvSource({
    "shortCode,,shortCode",
    "shortCode,a b,shortCode",
    "body,,body",
    "scope,,scope",
    "scope,all,scope",
  })
  void badInputIsRefusedByTheFieldsName(String field, String value, String named) {
    Map<String, Object> request =
        new HashMap<>(Map.of("shortCode", "x", "body", "x", "scope", "user"));
    request.put(field, value);
    as(ana)
        .contentType("application/json")
        .body(request)
        .post(PATH)
        .then()
        .statusCode(400)
        .body("violations[0].field", is(named));
  }

  private static ValidatableResponse create(String token, String code, String body, String scope) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("shortCode", code, "body", body, "scope", scope))
        .post(PATH)
        .then();
  }

  private static ValidatableResponse change(String token, String id, Map<String, ?> patch) {
    return as(token).contentType("application/json").body(patch).patch(PATH + "/" + id).then();
  }

  private static ValidatableResponse list(String token, Map<String, ?> query) {
    return as(token).queryParams(query).get(PATH).then();
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }
}
