package dev.parley.chassis.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The caller is who the token says, in the tenant that the token names. */
@QuarkusTest
class CallersTest extends ProbeTest {
  @Test
  void aStaffUserComesWithNameAndRoles() {
    me(Tokens.admin(tenant, "ana"))
        .body("tenant", is(tenant))
        .body("id", is("ana"))
        .body("roles", containsInAnyOrder("USER", "ADMIN"))
        .body("name", is("ana"))
        .body("email", is("ana@" + tenant + ".example"))
        .body("assignedDataOnly", is(false))
        .body("impersonator", nullValue());
  }

  @Test
  void whoDoesSomethingIsCalledAsTheCrmCallsThemAndElseAsTheTokenDoes() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "name", "Annie"));
    acting(token).statusCode(200).body("name", is("Annie"));
    new CrmUser(tenant, "ana").tell(1, Map.of("name", "Ana Silva"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> acting(token).statusCode(200).body("name", is("Ana Silva")));
    new CrmUser(tenant, "ana").tell(2, Map.of("name", "Ana Oz"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> acting(token).statusCode(200).body("name", is("Ana Oz")));
    acting(Tokens.of(tenant, "ana", Map.of("roles", "client", "name", "Annie")))
        .statusCode(200)
        .body("name", is("Annie"));
    acting(Tokens.of(tenant, "ana", Map.of("roles", "user,client"))).statusCode(403);
    RestAssured.given().post("/v1/probes/me").then().statusCode(401);
  }

  @Test
  void assignedOnlyAndTheImpersonatorAreSeen() {
    String token =
        Tokens.of(
            tenant,
            "ana",
            Map.of("roles", "user", "assigned_data_only", "true", "impersonator", "root"));
    me(token).body("assignedDataOnly", is(true)).body("impersonator", is("root"));
  }

  @Test
  void whoActsForSomebodyAndIsNotNamedIsRefused() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "a b"));
    RestAssured.given()
        .auth()
        .oauth2(token)
        .get("/v1/probes/me")
        .then()
        .statusCode(403)
        .body("code", is("forbidden"));
  }

  @Test
  void rolesThatWeDoNotKnowAreIgnored() {
    me(Tokens.of(tenant, "ana", Map.of("roles", "client,cook")))
        .body("roles", contains("CLIENT"))
        .body("client", is(true));
  }

  @Test
  void aTokenThatWasVerifiedIsRefusedOnceItExpires() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "ttl", "3"));
    me(token).body("id", is("ana"));
    me(token).body("id", is("ana"));
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> status(token) == 401);
  }

  @Test
  void aTokenThatIsAlteredIsAnother() {
    String token = Tokens.user(tenant, "ana");
    me(token).body("id", is("ana"));
    int middle = token.lastIndexOf('.') + 20;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    assertThat(status(token.substring(0, middle) + other + token.substring(middle + 1)))
        .isEqualTo(401);
    assertThat(status(token)).isEqualTo(200);
  }

  @Test
  void reservedWordsAreNobody() {
    for (String id : new String[] {"me", "all", "here", "channel", "a b"}) {
      RestAssured.given()
          .auth()
          .oauth2(Tokens.user(tenant, id))
          .get("/v1/probes/me")
          .then()
          .statusCode(403)
          .body("code", is("forbidden"));
    }
  }

  private static ValidatableResponse acting(String token) {
    return RestAssured.given().auth().oauth2(token).post("/v1/probes/me").then();
  }

  private static ValidatableResponse me(String token) {
    return RestAssured.given().auth().oauth2(token).get("/v1/probes/me").then().statusCode(200);
  }

  private int status(String token) {
    return RestAssured.given().auth().oauth2(token).get("/v1/probes/me").statusCode();
  }
}
