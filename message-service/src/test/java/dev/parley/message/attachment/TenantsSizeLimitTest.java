package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.message.Told;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TenantsSizeLimitTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String tenant = "t" + Ids.next();

  @Test
  void whatTheTenantSetsHoldsForUploadsThatBeginThen() {
    String begun = keyed(tenant, 2_000_000).statusCode(201).extract().path("id");
    Told.setting(tenant, 1, "attachments.maxBytes", 1_000_000);
    await().atMost(SOON).untilAsserted(() -> start(tenant, 2_000_000).statusCode(413));
    start(tenant, 1_000_001)
        .statusCode(413)
        .body("code", is("too_large"))
        .body("violations[0].field", is("size"))
        .body("violations[0].message", is("must be at most 1000000 bytes"));
    keyed(tenant, 2_000_000).statusCode(201).body("id", is(begun));
    start(tenant, 1_000_000).statusCode(201);
    start("t" + Ids.next(), 2_000_000).statusCode(201);
    Told.setting(tenant, 2, "attachments.maxBytes", 5_368_709_120L);
    await().atMost(SOON).untilAsserted(() -> start(tenant, 5_368_709_120L).statusCode(201));
    start(tenant, 5_368_709_121L).statusCode(413);
  }

  private static ValidatableResponse start(String tenant, long size) {
    return Uploads.start(Tokens.user(tenant, "ana"), request(size)).then();
  }

  /** One that is repeated. */
  private static ValidatableResponse keyed(String tenant, long size) {
    return given()
        .auth()
        .oauth2(Tokens.user(tenant, "ana"))
        .header("Idempotency-Key", "k1")
        .contentType("application/json")
        .body(request(size))
        .post("/v1/attachments")
        .then();
  }

  private static Map<String, ?> request(long size) {
    return Map.of(
        "fileName",
        "a.bin",
        "contentType",
        "application/zip",
        "size",
        size,
        "sha256",
        "0".repeat(64));
  }
}
