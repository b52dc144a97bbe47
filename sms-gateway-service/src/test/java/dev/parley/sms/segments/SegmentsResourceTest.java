package dev.parley.sms.segments;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.sms.WithCarrier;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SegmentsResourceTest extends WithCarrier {
  private final String token = Tokens.user("t" + Ids.next(), "ana");

  @Test
  void aTextIsCountedAsItWillBeSent() {
    count(token, "x".repeat(161))
        .statusCode(200)
        .body("encoding", equalTo("GSM-7"))
        .body("segments", equalTo(2))
        .body("characters", equalTo(161));
    count(token, "**Grüße** 😀")
        .statusCode(200)
        .body("encoding", equalTo("UCS-2"))
        .body("segments", equalTo(1))
        .body("characters", equalTo(7));
    count(token, "😀".repeat(1601)).statusCode(200).body("characters", equalTo(1601));
  }

  @Test
  void whatIsWrongIsNamed() {
    count(token, null).statusCode(400).body("violations.field", contains("body"));
    count(token, "x".repeat(40_001)).statusCode(400).body("violations.field", contains("body"));
    count(token, 5)
        .statusCode(400)
        .body("violations.field", contains("body"))
        .body("violations.message", contains("has the wrong type or an unknown value"));
    count(token, "a\0b")
        .statusCode(400)
        .body("violations.field", contains("body"))
        .body("violations.message", contains("must not contain NUL or half of a surrogate pair"));
    given()
        .contentType("application/json")
        .body(Map.of("body", "x"))
        .post("/v1/sms/segments")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthenticated"));
  }

  private static ValidatableResponse count(String token, Object body) {
    Map<String, Object> request = new HashMap<>();
    request.put("body", body);
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(request)
        .post("/v1/sms/segments")
        .then();
  }
}
