package dev.parley.message.history;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.CrmUser;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The CRM says that a user sees assigned data alone (product.md §3). */
@QuarkusTest
class AssignedOnlyTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Group sms =
      Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
  private final CrmUser cara = new CrmUser(sms.tenant(), "cara");

  @Test
  void customersAreThereWhileTheyAreAssigned() {
    sms.send("ana", "c1", "Hello").statusCode(201);
    answers(200, 201);

    cara.tell(1, Map.of("assignedDataOnly", true));
    within(() -> answers(404, 404));
    sms.page("cara", Map.of()).body("code", is("not_found"));

    sms.add("cara", History.ALL);
    answers(200, 201);
    sms.page("cara", Map.of()).body("items", hasSize(3));
    sms.remove("cara");
    answers(404, 404);

    cara.tell(2, Map.of());
    within(() -> answers(200, 201));
  }

  @Test
  void whoIsDeactivatedIsRefusedAll() {
    cara.tell(1, Map.of("active", false));
    within(() -> answers(403, 403));
    sms.page("cara", Map.of()).body("code", is("forbidden"));
    cara.tell(2, Map.of("messaging", false));
    within(() -> sms.page("cara", Map.of()).body("code", is("messaging_disabled")));
  }

  private void answers(int reading, int sending) {
    sms.page("cara", Map.of()).statusCode(reading);
    sms.send("cara", Ids.next().toString(), "Me too").statusCode(sending);
  }

  private static void within(Runnable check) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(20)).untilAsserted(check::run);
  }
}
