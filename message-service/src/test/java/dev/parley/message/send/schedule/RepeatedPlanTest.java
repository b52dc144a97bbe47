package dev.parley.message.send.schedule;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RepeatedPlanTest extends WithBackEnds {
  private final Group group = Group.of("ana", "bo");

  @Test
  void aRepeatIsAnsweredWhenItsTimeHasPassed() {
    Map<String, ?> soon =
        Map.of(
            "conversationId",
            group.id(),
            "body",
            "Later",
            "sendAt",
            Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(2).toString(),
            "zone",
            "UTC");
    String planned = plan("k1", soon).statusCode(201).extract().path("id");
    group.log(2);
    plan("k1", soon).statusCode(201).body("id", is(planned));
    plan("k2", soon).statusCode(400).body("violations.field", contains("sendAt"));
    plan(null, soon).statusCode(400).body("violations.field", contains("sendAt"));
    group.page("bo", Map.of()).body("items", hasSize(1));
  }

  private ValidatableResponse plan(String key, Map<String, ?> message) {
    RequestSpecification request = group.as("ana").body(message);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.post("/v1/scheduled-messages").then();
  }
}
