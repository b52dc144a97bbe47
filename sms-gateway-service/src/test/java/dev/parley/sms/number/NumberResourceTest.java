package dev.parley.sms.number;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SmsNumber;
import dev.parley.sms.Crm;
import dev.parley.sms.Line;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NumberResourceTest extends WithCarrier {
  private final String tenant = "t" + Ids.next();
  private final String other = "t" + Ids.next();
  private final String number = Line.newNumber();

  @BeforeEach
  void theCrmHasThesePeople() {
    Crm.has(tenant, "ana", true, 1);
    Crm.has(other, "eve", true, 1);
  }

  @Test
  void theHolderMustBeAnActiveUserOfTheTenant() {
    unknownUser("nobody");
    unknownUser("eve");
    put(tenant, number, body("Desk", "ana")).statusCode(201);
    Crm.has(tenant, "ana", false, 2);
    unknownUser("ana");
    put(tenant, number, body("Desk", null)).statusCode(200).body("userId", nullValue());
  }

  @Test
  void everyStateOfANumberIsToldWithItsVersion() {
    put(tenant, number, body("Desk", "ana")).statusCode(201);
    put(tenant, number, Map.of("carrier", "twilio", "label", "Till", "smsEnabled", false))
        .statusCode(200);
    List<Envelope> told =
        Wire.await(
            Topics.SMS_NUMBERS, 2, Duration.ofSeconds(30), event -> event.tenant().equals(tenant));
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told)
        .extracting(event -> event.data(SmsNumber.class))
        .containsExactly(
            new SmsNumber(number, "twilio", "Desk", true, "ana", 1),
            new SmsNumber(number, "twilio", "Till", false, null, 2));
  }

  @Test
  void theFirstAdministratorToNameANumberHasIt() {
    put(tenant, number, body("Desk", "ana"))
        .statusCode(201)
        .header("Location", endsWith("/v1/sms/numbers/" + number))
        .body("e164", equalTo(number))
        .body("carrier", equalTo("twilio"))
        .body("label", equalTo("Desk"))
        .body("smsEnabled", equalTo(true))
        .body("userId", equalTo("ana"));
    put(tenant, number, Map.of("carrier", "twilio", "label", "Till", "smsEnabled", false))
        .statusCode(200)
        .body("label", equalTo("Till"))
        .body("userId", nullValue());
    admin(tenant)
        .get("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(200)
        .body("label", equalTo("Till"))
        .body("smsEnabled", equalTo(false))
        .body("userId", nullValue());
  }

  @Test
  void anotherTenantsNumberIsInUseAndUnseen() {
    put(tenant, number, body("Desk", "ana")).statusCode(201);
    put(other, number, body("Mine", "eve"))
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("number_in_use"));
    admin(other)
        .get("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
    admin(other).get("/v1/sms/numbers").then().statusCode(200).body("items", hasSize(0));
    admin(tenant)
        .get("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(200)
        .body("label", equalTo("Desk"));
  }

  @Test
  void ofTwentyTenantsAtOnceOneGetsTheNumber() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tokens.add(Tokens.admin("t" + Ids.next(), "boss"));
    }
    List<CompletableFuture<Integer>> answers =
        tokens.stream()
            .map(
                token ->
                    CompletableFuture.supplyAsync(
                        () ->
                            given()
                                .auth()
                                .oauth2(token)
                                .contentType("application/json")
                                .body(body("Desk", null))
                                .put("/v1/sms/numbers/{e164}", number)
                                .statusCode()))
            .toList();
    List<Integer> codes = answers.stream().map(CompletableFuture::join).sorted().toList();
    assertThat(codes).hasSize(20).startsWith(201).filteredOn(code -> code == 409).hasSize(19);
  }

  @Test
  void theListGoesPageByPage() {
    List<String> numbers = List.of(Line.newNumber(), Line.newNumber(), Line.newNumber());
    numbers.forEach(n -> put(tenant, n, body("Desk", "ana")).statusCode(201));
    String next =
        admin(tenant)
            .queryParam("limit", 2)
            .get("/v1/sms/numbers")
            .then()
            .statusCode(200)
            .body("items.e164", contains(numbers.get(0), numbers.get(1)))
            .body("next", notNullValue())
            .extract()
            .path("next");
    admin(tenant)
        .queryParam("limit", 2)
        .queryParam("cursor", next)
        .get("/v1/sms/numbers")
        .then()
        .statusCode(200)
        .body("items.e164", contains(numbers.get(2)))
        .body("next", nullValue());
    admin(other)
        .queryParam("cursor", next)
        .get("/v1/sms/numbers")
        .then()
        .statusCode(400)
        .body("violations.field", contains("cursor"));
    admin(tenant)
        .queryParam("limit", 201)
        .get("/v1/sms/numbers")
        .then()
        .statusCode(400)
        .body("code", equalTo("limit_out_of_range"));
  }

  @Test
  void whatIsWrongIsNamed() {
    put(tenant, "15551230100", body("Desk", "ana"))
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("violations.field", contains("e164"));
    admin(tenant)
        .get("/v1/sms/numbers/{e164}", "nonsense")
        .then()
        .statusCode(400)
        .body("violations.field", contains("e164"));
    wrong("carrier", "pigeon");
    wrong("carrier", null);
    wrong("label", "");
    wrong("label", "x".repeat(81));
    wrong("smsEnabled", null);
    wrong("smsEnabled", "yes");
    wrong("userId", "me");
    Map<String, Object> queued = body("Desk", "ana");
    queued.put("queueId", Ids.next().toString());
    put(tenant, number, queued)
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations.field", contains("queueId"));
    admin(tenant).get("/v1/sms/numbers/{e164}", number).then().statusCode(404);
  }

  @Test
  void onlyAdministratorsAsk() {
    given()
        .get("/v1/sms/numbers")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"));
    given().get("/v1/sms/numbers/{e164}", number).then().statusCode(401);
    given()
        .contentType("application/json")
        .body(body("Desk", "ana"))
        .put("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(401);
    RequestSpecification user = given().auth().oauth2(Tokens.user(tenant, "ana"));
    user.get("/v1/sms/numbers").then().statusCode(403).body("code", equalTo("forbidden"));
    given()
        .auth()
        .oauth2(Tokens.user(tenant, "ana"))
        .contentType("application/json")
        .body(body("Desk", "ana"))
        .put("/v1/sms/numbers/{e164}", number)
        .then()
        .statusCode(403);
    List.of("{\"carrier\": \"pigeon\"}", "{\"carrier\": 5", "")
        .forEach(
            wrong ->
                given()
                    .auth()
                    .oauth2(Tokens.user(tenant, "ana"))
                    .contentType("application/json")
                    .body(wrong)
                    .put("/v1/sms/numbers/nonsense")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden")));
    admin(tenant).get("/v1/sms/numbers/{e164}", number).then().statusCode(404);
  }

  private void unknownUser(String user) {
    put(tenant, number, body("Desk", user))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations.field", contains("userId"));
  }

  private void wrong(String field, Object value) {
    Map<String, Object> body = body("Desk", "ana");
    body.put(field, value);
    put(tenant, number, body)
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("violations.field", contains(field));
  }

  private static ValidatableResponse put(String tenant, String number, Map<String, ?> body) {
    return admin(tenant)
        .contentType("application/json")
        .body(body)
        .put("/v1/sms/numbers/{e164}", number)
        .then();
  }

  private static Map<String, Object> body(String label, String userId) {
    Map<String, Object> body = new HashMap<>();
    body.put("carrier", "twilio");
    body.put("label", label);
    body.put("smsEnabled", true);
    body.put("userId", userId);
    return body;
  }

  private static RequestSpecification admin(String tenant) {
    return given().auth().oauth2(Tokens.admin(tenant, "boss"));
  }
}
