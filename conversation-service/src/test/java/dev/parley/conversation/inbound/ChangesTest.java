package dev.parley.conversation.inbound;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangesTest extends WithBackEnds {
  private static final Duration PROMISED = Duration.ofSeconds(10);

  @Test
  void theNewestMessageFollowsItsEditsAndItsDeletion() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    team.say(group, "ben", "first wording", "ana");
    edit(group, 1, "second thoughts");
    shows(team, group, "second thoughts");
    team.get("ana", group).body("lastMessage.deleted", nullValue()).body("lastSeq", equalTo(1));
    find(team, "thoughts", group);
    find(team, "wording", null);

    delete(group, 1);
    shows(team, group, "");
    team.get("ana", group)
        .body("lastMessage.deleted", equalTo(true))
        .body("lastMessage.seq", equalTo(1))
        .body("lastMessage.authorName", equalTo("Ben"));
    find(team, "thoughts", null);

    List<Envelope> log = PlayedMessageService.placed(group);
    log.forEach(event -> Wire.publish(Topics.TIMELINE, event));
    team.say(group, "ben", "next", "ana");
    team.get("ana", group).body("lastMessage.preview", equalTo("next"));
  }

  @Test
  void anEditOfAnOlderMessageChangesNothingAndALateOneNothing() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    team.say(group, "ben", "old", "ana");
    team.say(group, "ben", "new", "ana");
    edit(group, 1, "old, edited");
    edit(group, 2, "new, edited");
    shows(team, group, "new, edited");
    edit(group, 2, "new, edited twice");
    shows(team, group, "new, edited twice");
    List<Envelope> log = PlayedMessageService.placed(group);
    Wire.publish(Topics.TIMELINE, log.get(log.size() - 2));
    edit(group, 1, "old, edited twice");
    team.say(group, "ben", "newest", "ana");
    team.get("ana", group).body("lastMessage.preview", equalTo("newest"));
  }

  private static void edit(String group, long seq, String body) {
    change(group, EventType.MESSAGE_UPDATED, seq, rev -> message(group, seq, body, rev));
  }

  private static void delete(String group, long seq) {
    change(
        group,
        EventType.MESSAGE_DELETED,
        seq,
        rev -> new Tombstone(Ids.next(), seq, true, "ben", Instant.now(), null, rev));
  }

  private static void change(String group, String type, long seq, LongFunction<Object> data) {
    PlayedMessageService.change(group, type, seq, data);
  }

  private static Message message(String group, long seq, String body, long rev) {
    return MessageBuilder.builder()
        .id(Ids.next())
        .conversationId(UUID.fromString(group))
        .clientMsgId("c" + seq)
        .kind(MessageKind.USER)
        .authorId("ben")
        .authorKind(AuthorKind.USER)
        .authorName("Ben")
        .body(body)
        .visibility(Visibility.ALL)
        .at(Instant.now())
        .version(2)
        .seq(seq)
        .rev(rev)
        .build();
  }

  private static void find(Team team, String words, String group) {
    List<String> found = group == null ? List.of() : List.of(group);
    team.as("ana")
        .get("/v1/conversations?q=" + words)
        .then()
        .statusCode(200)
        .body("items.id", equalTo(found));
  }

  private static void shows(Team team, String group, String preview) {
    await()
        .atMost(PROMISED)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> team.get("ana", group).body("lastMessage.preview", equalTo(preview)));
  }
}
