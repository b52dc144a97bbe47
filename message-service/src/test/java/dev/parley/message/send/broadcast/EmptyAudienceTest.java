package dev.parley.message.send.broadcast;

import static org.hamcrest.Matchers.is;

import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A mass message to nobody: whom it names must be there (api.md, Conventions), else it has ended.
 */
@QuarkusTest
class EmptyAudienceTest extends WithBackEnds {
  private final Clients clients = new Clients();

  @Test
  void whereNobodyGetsItItHasEnded() {
    clients.company("bare", Map.of("name", "Bare"));
    for (Map<String, ?> audience : List.of(Map.of("all", true), Map.of("companyId", "bare"))) {
      start(audience)
          .statusCode(202)
          .body("state", is("done"))
          .body("total", is(0))
          .body("sent", is(0))
          .body("failed", is(0));
    }
  }

  @Test
  void whoIsNamedAndNotThereIsRefusedByTheField() {
    clients.client("known", Map.of());
    refused(Map.of("companyId", "missing"), "audience.companyId");
    refused(Map.of("clientIds", List.of("known", "missing")), "audience.clientIds[1]");
  }

  private void refused(Map<String, ?> audience, String field) {
    start(audience)
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is(field));
  }

  private ValidatableResponse start(Map<String, ?> audience) {
    return clients.start("ana", Map.of("body", "x", "audience", audience));
  }
}
