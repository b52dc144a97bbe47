package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.user.Users;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import dev.parley.message.send.SendMessage;
import dev.parley.message.send.SendMessageAway;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is planned in a conversation is sent in the order in which it was to be sent. */
@QuarkusTest
class OrderTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MESSAGES = 12;

  @Inject Nodes nodes;
  @Inject SendMessage send;
  @Inject Users users;

  private final Group group = Group.of("ana", "bo");
  private final Group other =
      Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
  private final Instant first =
      Instant.now().plus(Duration.ofDays(60)).truncatedTo(ChronoUnit.MILLIS);

  @Test
  void inAConversationItGoesOutByItsTimes() {
    List<Integer> lastFirst =
        IntStream.range(0, MESSAGES).map(i -> MESSAGES - 1 - i).boxed().toList();
    for (int i : lastFirst) {
      plan(group, i, first.plusSeconds(i));
      plan(other, i, first.plusSeconds(i));
    }
    nodes.turn(first.plusSeconds(MESSAGES));
    List<String> ordered = IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList();
    assertThat(sent(group)).isEqualTo(ordered);
    assertThat(sent(other)).isEqualTo(ordered);
  }

  @Test
  void ofOneTimeItGoesOutAsItWasPlanned() {
    for (int i = 0; i < MESSAGES; i++) {
      plan(group, i, first);
    }
    nodes.turn(first);
    assertThat(sent(group)).isEqualTo(IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void whatIsRefusedStopsNothing() {
    String refused = plan(group, 0, first);
    plan(group, 1, first.plusSeconds(1));
    plan(group, 2, first.plusSeconds(2));
    group.send("bo", "x", "before").statusCode(201);
    group.send("ana", "scheduled-" + refused, "another").statusCode(201);
    nodes.turn(first.plusSeconds(2));
    assertThat(sent(group)).isEqualTo(List.of("before", "another", "m1", "m2"));
    group
        .as("ana")
        .get("/v1/scheduled-messages")
        .then()
        .body("items.reason", is(List.of("client_msg_id_reused")));
  }

  @Test
  void behindWhatIsPutOffTheOthersWait() {
    for (int i = 0; i < 3; i++) {
      plan(group, i, first.plusSeconds(i));
    }
    Instant at = first.plusSeconds(2);
    nodes.turn(at, new SendMessageAway(send, "m1"));
    assertThat(sent(group)).isEqualTo(List.of("m0"));
    nodes.turn(at.plus(SendDue.LEASE), send);
    assertThat(sent(group)).isEqualTo(List.of("m0", "m1", "m2"));
  }

  @Test
  void butTheyDoNotWaitForLong() {
    for (int i = 0; i < 3; i++) {
      plan(group, i, first.plusSeconds(i));
    }
    Instant at = first.plusSeconds(1).plus(SendDue.PATIENCE).plusMillis(1);
    nodes.turn(at, new SendMessageAway(send, "m1"));
    assertThat(sent(group)).isEqualTo(List.of("m0", "m2"));
    nodes.turn(at.plus(SendDue.LEASE), send);
    assertThat(sent(group)).isEqualTo(List.of("m0", "m2", "m1"));
  }

  /** More than one look takes, so that each node has some of them to take. */
  @Test
  void ofManyNodesItGoesOutByItsTimesAndOnce() {
    int many = 70;
    for (int i = 0; i < many; i++) {
      plan(group, i, first.plusSeconds(i));
    }
    List<CompletableFuture<Void>> three =
        IntStream.range(0, 3)
            .mapToObj(
                node ->
                    CompletableFuture.runAsync(
                        () ->
                            await()
                                .pollDelay(Duration.ZERO)
                                .pollInterval(Duration.ofMillis(5))
                                .atMost(SOON.multipliedBy(2))
                                .until(
                                    () -> {
                                      nodes.turn(first.plusSeconds(many));
                                      return sent(group).size() >= many;
                                    })))
            .toList();
    three.forEach(CompletableFuture::join);
    assertThat(sent(group)).isEqualTo(IntStream.range(0, many).mapToObj(i -> "m" + i).toList());
  }

  /** Every second one has to be looked at longer before it can be placed. */
  private String plan(Group where, int number, Instant sendAt) {
    await().atMost(SOON).until(users::isKnown);
    Map<String, Object> plan = new HashMap<>();
    plan.put("conversationId", where.id().toString());
    plan.put("body", "m" + number);
    plan.put("mentions", number % 2 == 0 ? List.of("bo") : List.of());
    plan.put("zone", "UTC");
    plan.put("sendAt", Json.time(sendAt));
    return where
        .as("ana")
        .body(plan)
        .post("/v1/scheduled-messages")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** The bodies by their place. */
  private static List<String> sent(Group where) {
    List<String> bodies = new ArrayList<>();
    where
        .page("bo", Map.of("limit", 200))
        .extract()
        .<List<Map<String, Object>>>path("items")
        .stream()
        .sorted((a, b) -> Long.compare(seq(a), seq(b)))
        .forEach(item -> bodies.add((String) item.get("body")));
    return bodies;
  }

  private static long seq(Map<String, Object> item) {
    return ((Number) item.get("seq")).longValue();
  }
}
