package dev.parley.sms.number;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.sms.Crm;
import dev.parley.sms.Line;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SenderResourceTest extends WithCarrier {
  private final String tenant = "t" + Ids.next();

  @Test
  void oneSeesTheNumbersThatOneHoldsAndMaySendFrom() {
    String first = Line.newNumber();
    String second = Line.newNumber();
    Crm.has(tenant, "ana", true, 1);
    Crm.has(tenant, "ben", true, 1);
    number(second, "ana", true);
    number(first, "ana", true);
    number(Line.newNumber(), "ana", false);
    number(Line.newNumber(), "ben", true);
    given()
        .auth()
        .oauth2(Tokens.user(tenant, "ana"))
        .get("/v1/sms/senders")
        .then()
        .statusCode(200)
        .body("items.e164", contains(first, second))
        .body("items.label", contains("Desk", "Desk"))
        .body("items.default", contains(true, false));
    given()
        .auth()
        .oauth2(Tokens.user("t" + Ids.next(), "ana"))
        .get("/v1/sms/senders")
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
  }

  @Test
  void clientsAndStrangersHaveNone() {
    given()
        .auth()
        .oauth2(Tokens.of(tenant, "carla", Map.of("roles", "client")))
        .get("/v1/sms/senders")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    given().get("/v1/sms/senders").then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  private void number(String number, String holder, boolean enabled) {
    given()
        .auth()
        .oauth2(Tokens.admin(tenant, "boss"))
        .contentType("application/json")
        .body(Map.of("carrier", "twilio", "label", "Desk", "smsEnabled", enabled, "userId", holder))
        .put("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(201);
  }
}
