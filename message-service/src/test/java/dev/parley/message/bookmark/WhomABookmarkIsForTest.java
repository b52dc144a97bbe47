package dev.parley.message.bookmark;

import static dev.parley.message.bookmark.Marks.change;
import static dev.parley.message.bookmark.Marks.list;
import static dev.parley.message.bookmark.Marks.made;
import static dev.parley.message.bookmark.Marks.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.CrmUser;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** A bookmark for all is made by who takes part, and given to who sees the message. */
@QuarkusTest
class WhomABookmarkIsForTest extends WithBackEnds {
  private static final Map<String, String> PRIVATE =
      Map.of("type", "follow_up", "visibility", "private");
  private static final Map<String, String> FOR_ALL = Map.of("visibility", "conversation");

  @Test
  void whoOnlyReadsSharesNone() {
    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    String id = made(channel, "cara", channel.said("ana", "News"), PRIVATE);
    change(channel, "cara", id, FOR_ALL).statusCode(403).body("code", is("forbidden"));
    change(channel, "cara", id, Map.of("note", "Mine")).statusCode(200);
    channel.add("cara", History.ALL);
    change(channel, "cara", id, FOR_ALL).statusCode(200);
  }

  @Test
  void ofGivingItAwayAndKeepingItPrivateAtOnceOneIsRefused() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    for (int i = 0; i < 10; i++) {
      String id = made(group, "ana", message, Map.of("type", "blocker"));
      List<Map<String, String>> changes =
          List.of(Map.of("visibility", "private"), Map.of("assigneeId", "bo"));
      List<Integer> codes =
          changes.stream()
              .map(
                  body ->
                      CompletableFuture.supplyAsync(
                          () -> change(group, "ana", id, body).extract().statusCode()))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .sorted()
              .toList();
      assertThat(codes).containsExactly(200, 400);
    }
    List<Map<String, ?>> all = list(group, "ana", Map.of()).extract().path("items");
    assertThat(all)
        .hasSize(10)
        .noneMatch(one -> "private".equals(one.get("visibility")) && one.get("assigneeId") != null);
  }

  @Test
  void whoSeesNoCustomersButTheirOwnIsGivenNothingOfOthers() {
    Group company = Group.of(ConversationType.COMPANY, "ana", "client:c");
    String message = company.said("ana", "x");
    CrmUser own = new CrmUser(company.tenant(), "own");
    own.tell(1, Map.of());
    eventually(() -> make(company, "ana", message, blockerOf("own")).statusCode(201));
    own.tell(2, Map.of("assignedDataOnly", true));
    eventually(
        () ->
            make(company, "ana", message, blockerOf("own"))
                .statusCode(422)
                .body("violations[0].field", is("assigneeId")));
    company.add("own", History.ALL);
    make(company, "ana", message, blockerOf("own")).statusCode(201);
  }

  private static void eventually(ThrowingRunnable call) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(call);
  }

  private static Map<String, String> blockerOf(String assignee) {
    return Map.of("type", "blocker", "assigneeId", assignee);
  }
}
