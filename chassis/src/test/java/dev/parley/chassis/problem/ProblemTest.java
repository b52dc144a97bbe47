package dev.parley.chassis.problem;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal is a problem body with a code (RFC 9457; api.md, Conventions). */
@QuarkusTest
class ProblemTest extends ProbeTest {
  @Test
  void withoutATokenAndWithAForgedOneItIs401() {
    isProblem(RestAssured.get("/v1/probes/me").then(), 401, "unauthenticated")
        .header("WWW-Authenticate", "Bearer");
    isProblem(
        RestAssured.given()
            .auth()
            .oauth2(Tokens.user(tenant, "ana") + "x")
            .get("/v1/probes/me")
            .then(),
        401,
        "unauthenticated");
  }

  @Test
  void aClientWithAnotherRoleIs403() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "client,user"));
    isProblem(
        RestAssured.given().auth().oauth2(token).get("/v1/probes/me").then(),
        403,
        "ambiguous_principal");
  }

  @Test
  void aTokenWithoutARoleOfOursIs403() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "cook"));
    isProblem(
        RestAssured.given().auth().oauth2(token).get("/v1/probes/me").then(), 403, "forbidden");
  }

  /** No field is named: one of the request's may be called as anything that could stand there. */
  @Test
  void aBodyThatIsNoJsonIsWrongAsAWhole() {
    for (String body :
        List.of(
            "nonsense",
            "{\"name\":",
            "{\"name\": \"x",
            "{\"name\": \"x\"",
            "{\"name\": \"x\", \"members\": [{\"userId\": \"a",
            "{\"name\": \"a\nb\"}",
            "{\"name\": \"x\"} more")) {
      isWrongAsAWhole(create(body)).body("detail", containsString("The body is not valid JSON"));
    }
    isWrongAsAWhole(create("{\"name\":\n  \"x"))
        .body("detail", is("The body is not valid JSON: line 2, column 5."));
    for (String other : new String[] {"[]", "[1]", "\"text\"", "7"}) {
      isWrongAsAWhole(create(other)).body("detail", is("The body must be a JSON object."));
    }
  }

  @Test
  void bytesThatAreNoTextAre400() {
    for (String hex :
        List.of(
            "0000007bffffffff",
            "7b22ff",
            "7b22c3",
            "fffe0000ffffffff",
            "1f8b0800",
            "7b226e616d65223a22ff227d")) {
      isWrongAsAWhole(
              asUser()
                  .contentType("application/json")
                  .body(HexFormat.of().parseHex(hex))
                  .post("/v1/probes")
                  .then())
          .body("detail", containsString("The body is not valid JSON"));
    }
  }

  @Test
  void deepAndHugeValuesAre400() {
    isProblem(
        create("{\"x\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"), 400, "invalid_request");
    for (String count : List.of("9".repeat(30), "9".repeat(2_000), "1e999999999", "5.5", "-0.0")) {
      isProblem(create("{\"name\": \"x\", \"count\": " + count + "}"), 400, "invalid_request");
    }
  }

  @Test
  void anEmptyBodyIs400() {
    for (String none : List.of("", "null")) {
      isWrongAsAWhole(create(none)).body("detail", is("The request needs a body: a JSON object."));
    }
  }

  @Test
  void aWrongTypeIs400NamingTheField() {
    isProblem(create("{\"name\": 5}"), 400, "invalid_request")
        .body("violations.field", contains("name"))
        .body("violations.message", contains("has the wrong type or an unknown value"));
    isProblem(create("{\"name\": \"x\\u0000\"}"), 400, "invalid_request")
        .body("violations.message", contains("must not contain NUL or half of a surrogate pair"));
    for (String count : List.of("\"5\"", "99999999999", "1.5")) {
      isProblem(create("{\"name\": \"x\", \"count\": " + count + "}"), 400, "invalid_request")
          .body("violations.field", contains("count"));
    }
    isProblem(
            create("{\"name\": \"x\", \"members\": [{\"userId\": \"a\"}, {\"userId\": {}}]}"),
            400,
            "invalid_request")
        .body("violations.field", contains("members[1].userId"));
  }

  @Test
  void aValueOutOfBoundsIs400NamingEveryField() {
    isProblem(
            create(
                "{\"name\": \" \", \"members\": [{\"userId\": \"a\"}, {\"userId\": \"B\"}, {}]}"),
            400,
            "invalid_request")
        .body("violations.field", contains("members[1].userId", "members[2].userId", "name"));
  }

  @Test
  void unknownFieldsAreIgnored() {
    create("{\"name\": \"x\", \"colour\": \"red\"}").statusCode(201).body("name", is("x"));
  }

  @Test
  void aLimitOutOfRangeIs400AndAWordForANumberToo() {
    asUser().get("/v1/probes?limit=200").then().body("items", contains("limit 200"));
    asUser().get("/v1/probes").then().body("items", contains("limit 50"));
    for (String limit : new String[] {"0", "-1", "201"}) {
      isProblem(asUser().get("/v1/probes?limit=" + limit).then(), 400, "limit_out_of_range")
          .body("violations.field", contains("limit"));
    }
    isProblem(asUser().get("/v1/probes?limit=many").then(), 400, "invalid_request")
        .body("violations.field", contains("limit"));
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=, limit",
    "?limit, limit",
    "/texts?kind=, kind",
    "/texts?q=x&kind, kind",
    "/texts?q=a%00, q"
  })
  void aParameterWithoutAValueOrWithANulIs400NamingIt(String query, String field) {
    RequestSpecification request = asUser().urlEncodingEnabled(false);
    isProblem(request.get("/v1/probes" + query).then(), 400, "invalid_request")
        .body("violations.field", contains(field));
  }

  @Test
  void whatIsSearchedForMayBeNothing() {
    asUser().get("/v1/probes/texts?q=&kind=a").then().body("$", contains("q null", "kind a"));
    asUser().get("/v1/probes/texts?other=").then().body("$", contains("q null", "kind null"));
  }

  @Test
  void whatIsNotThereIs404() {
    isProblem(asUser().get("/v1/probes/" + Ids.next()).then(), 404, "not_found");
    isProblem(asUser().get("/v1/probes/no-uuid").then(), 404, "not_found");
    isProblem(asUser().get("/v1/nothing/here").then(), 404, "not_found");
    isProblem(RestAssured.get("/v1/nothing/here").then(), 404, "not_found");
  }

  @Test
  void anotherMethodIs405() {
    isProblem(asUser().delete("/v1/probes").then(), 405, "method_not_allowed")
        .header("Allow", is("GET, HEAD, OPTIONS, POST"));
    isProblem(asUser().put("/v1/probes/k/events").then(), 405, "method_not_allowed")
        .header("Allow", is("OPTIONS, POST"));
    isProblem(asUser().delete("/v1/probes/" + Ids.next()).then(), 405, "method_not_allowed")
        .header("Allow", is("GET, HEAD, OPTIONS"));
  }

  @Test
  void headAnswersAsGetAndOptionsTellsTheMethods() {
    asUser()
        .head("/v1/probes")
        .then()
        .statusCode(200)
        .contentType(containsString("application/json"));
    asUser().head("/v1/probes/" + Ids.next()).then().statusCode(404);
    RestAssured.given()
        .options("/v1/probes")
        .then()
        .statusCode(200)
        .header("Allow", containsString("POST"));
  }

  @Test
  void anAddressTooLongIs414AndHeadersTooLargeAre431() {
    asUser().get("/v1/probes?x=" + "x".repeat(16_000)).then().statusCode(200);
    isProblem(
            asUser()
                .header("X-Request-Id", "mine-1")
                .get("/v1/probes?x=" + "x".repeat(17_000))
                .then(),
            414,
            "uri_too_long")
        .header("X-Request-Id", is("mine-1"));
    isProblem(
        asUser().header("X-Much", "x".repeat(21_000)).get("/v1/probes").then(),
        431,
        "headers_too_large");
  }

  @Test
  void unknownQueryParametersAreIgnoredAndWrongValuesAreNot() {
    asUser().get("/v1/probes?colour=red&limit=7").then().body("items", contains("limit 7"));
    for (String wrong : List.of("+", "\u0663")) {
      isProblem(
          asUser().queryParam("limit", wrong).get("/v1/probes").then(), 400, "invalid_request");
    }
    for (String large : List.of("2147483648", "-99999999999", "9".repeat(40))) {
      isProblem(asUser().get("/v1/probes?limit=" + large).then(), 400, "limit_out_of_range");
    }
    isProblem(asUser().get("/v1/probes?colour=red&limit=7.5").then(), 400, "invalid_request")
        .body("violations.field", contains("limit"));
  }

  @Test
  void anAnswerThatWeDoNotHaveIs406() {
    isProblem(asUser().accept("image/png").get("/v1/probes").then(), 406, "not_acceptable");
  }

  @Test
  void aBodyTooLargeIs413() {
    isProblem(create("{\"name\": \"" + "x".repeat(70_000) + "\"}"), 413, "too_large");
  }

  @Test
  void anotherContentTypeIs415() {
    isProblem(
        asUser().contentType("text/plain").body("name=x").post("/v1/probes").then(),
        415,
        "unsupported_media_type");
  }

  @Test
  void whatWeDidNotExpectIs500AndSaysNothingOfIt() {
    for (String kind : new String[] {"unexpected", "sql"}) {
      isProblem(asUser().get("/v1/probes/failures/" + kind).then(), 500, "internal_error")
          .body(not(containsString("secret")))
          .body(not(containsString("Exception")));
    }
  }

  @Test
  void aDependencyThatIsAwayIs503WithRetryAfterAndExtraMembers() {
    isProblem(asUser().get("/v1/probes/failures/away").then(), 503, "unavailable")
        .header("Retry-After", "7")
        .body("current.version", is(3));
  }

  @Test
  void theBodyHasTheMembersOfTheContract() {
    asUser()
        .get("/v1/probes/" + new java.util.UUID(0, 0))
        .then()
        .body("$", aMapWithSize(6))
        .body("type", is("/problems/not_found"))
        .body("title", is("Not found"))
        .body("instance", is("/v1/probes/00000000-0000-0000-0000-000000000000"))
        .body("violations", nullValue());
  }

  @Test
  void theRequestIdIsEchoedAndAForgedOneReplaced() {
    asUser()
        .header("X-Request-Id", "mine-1")
        .get("/v1/probes/me")
        .then()
        .header("X-Request-Id", equalTo("mine-1"));
    for (String forged : new String[] {"a b", "x".repeat(65), "<script>"}) {
      asUser()
          .header("X-Request-Id", forged)
          .get("/v1/probes/me")
          .then()
          .header("X-Request-Id", not(equalTo(forged)));
    }
    RestAssured.given()
        .header("X-Request-Id", "mine-2")
        .get("/v1/probes/me")
        .then()
        .statusCode(401)
        .header("X-Request-Id", equalTo("mine-2"));
    RestAssured.given()
        .header("X-Request-Id", "mine-3")
        .get("/v1/nothing/here")
        .then()
        .header("X-Request-Id", equalTo("mine-3"));
  }

  private ValidatableResponse create(String body) {
    return asUser().contentType("application/json").body(body).post("/v1/probes").then();
  }

  private static ValidatableResponse isWrongAsAWhole(ValidatableResponse response) {
    return isProblem(response, 400, "invalid_request").body("violations.field", contains("$"));
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", is(status))
        .body("code", is(code));
  }
}
