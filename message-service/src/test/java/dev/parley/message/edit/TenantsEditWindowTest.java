package dev.parley.message.edit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TenantsEditWindowTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void whatTheTenantSetsHoldsFromThenOnInEachOrderOfArrival() {
    Group group = Group.of("ana", "bo");
    Group other = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    edit(group, id).statusCode(200);

    set(group, 2, "PT0S");
    await().atMost(SOON).untilAsserted(() -> edit(group, id).statusCode(403));
    edit(group, id).body("code", is("forbidden"));
    edit(other, other.said("ana", "one")).statusCode(200);
    set(group, 1, "none");
    set(group, 3, "PT1H");
    await().atMost(SOON).untilAsserted(() -> edit(group, id).statusCode(200));
    set(group, 2, "PT0S");
    set(group, 4, "PT0S");
    await().atMost(SOON).untilAsserted(() -> edit(group, id).statusCode(403));
    set(group, 5, "none");
    await().atMost(SOON).untilAsserted(() -> edit(group, id).statusCode(200));
  }

  /** The same text: it is allowed or not, and changes nothing. */
  private static ValidatableResponse edit(Group group, String message) {
    return group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "one"))
        .patch("/v1/messages/" + message)
        .then();
  }

  private static void set(Group group, long version, String window) {
    Told.setting(group.tenant(), version, "messages.editWindow", window);
  }
}
