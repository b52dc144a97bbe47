package dev.parley.message.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

/** What the system says of a conversation (events.md, "Pills"). */
@QuarkusTest
class PillsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void aPillHasItsPlaceAmongTheMessagesOnce() {
    Group group = Group.of("ana", "bo");
    group.said("ana", "one");
    Envelope asked = asked(group, "renamed", Map.of("from", "A", "to", "B", "by", "ana"));
    Message pill = placed(group, asked);
    Wire.publish(Topics.CONVERSATION, asked);
    group.said("ana", "two");
    assertThat(pill.seq()).isEqualTo(2);
    assertThat(pill.system()).isEqualTo(new Pill("renamed", asked.data(Pill.class).params()));
    group
        .page("bo", Map.of())
        .body("items.seq", contains(1, 2, 3))
        .body("items.kind", contains("user", "system", "user"))
        .body("items[1].system.event", equalTo("renamed"))
        .body("items[1].system.params.from", equalTo("A"))
        .body("items[1].system.params.by", equalTo("ana"))
        .body("items[1].body", equalTo(""))
        .body("items[1].authorId", nullValue())
        .body("items[1].visibility", equalTo("all"));
    group.log(4).forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(group.log(4)).extracting(Envelope::rev).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void itIsUnreadForNobodyAndTellsNobodyOfCounts() {
    Group group = Group.of("ana", "bo");
    group.said("ana", "one");
    unread(group, "bo", 1);
    group.as("bo").body(Map.of("seq", 1)).put("/v1/timelines/" + group.id() + "/read");
    placed(group, asked(group, "conversation_closed", Map.of("by", "ana")));
    unread(group, "bo", 0);
    group.said("ana", "two");
    unread(group, "bo", 1);
    group.as("bo").body(Map.of("seq", 2)).put("/v1/timelines/" + group.id() + "/read");
    unread(group, "bo", 1);
    group.as("bo").body(Map.of("seq", 3)).put("/v1/timelines/" + group.id() + "/read");
    unread(group, "bo", 0);
  }

  @Test
  void amongCustomersItIsForStaffAlone() {
    Group channel = Group.of(ConversationType.CLIENT, "ana", "client:cli");
    placed(channel, asked(channel, "conversation_closed", Map.of("by", "ana")));
    channel
        .page("ana", Map.of())
        .body("items", hasSize(1))
        .body("items[0].visibility", equalTo("internal"));
    channel.page("client:cli", Map.of()).body("items", empty());
  }

  @Test
  void itIsPlacedInAnyStateAndNoPartOfWhatANewcomerSeesFromNowOn() {
    Group group = Group.of("ana", "bo");
    group.placed(group.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    assertThat(placed(group, asked(group, "conversation_closed", Map.of("by", "ana"))).seq())
        .isEqualTo(1);
    placed(group, asked(group, "member_added", Map.of("members", List.of("cy"), "by", "ana")));
    group.add("cy", History.FROM_NOW);
    group.page("cy", Map.of()).body("items", empty());
    group
        .page("bo", Map.of())
        .body("items.system.event", contains("conversation_closed", "member_added"));
  }

  @Test
  void whoIsLoggedInAsSomebodyIsNamed() {
    Group group = Group.of("ana", "bo");
    Envelope asked =
        Envelope.of(
            EventType.PILL_REQUESTED,
            group.tenant(),
            group.id(),
            new Actor("ana", "user", "ana", "root"),
            Instant.now(),
            new Pill("conversation_closed", Map.of("by", "ana")));
    assertThat(placed(group, asked).impersonatedBy()).isEqualTo("root");
    group.page("bo", Map.of()).body("items[0].impersonatedBy", equalTo("root"));
  }

  @Test
  void whatADealWasAndIsNowIsForWhoSeesItWhenTheyReadAndForNobodyLive() {
    Group room = Group.of(ConversationType.DEAL_ROOM, "ana", "bo");
    Map<String, Object> params =
        Map.of("deal", "d1", "field", "stage", "from", "lead", "to", "won");
    Message live = placed(room, asked(room, "deal_changed", params));
    assertThat(live.system().params()).isEqualTo(Map.of("deal", "d1", "field", "stage"));
    shown(room, "ana", nullValue(), nullValue());
    deal(room, 1, Map.of("visibleTo", List.of("bo")));
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> shown(room, "bo", equalTo("lead"), equalTo("won")));
    shown(room, "ana", nullValue(), nullValue());
    room.message("bo", live.id().toString()).body("system.params.to", equalTo("won"));
    room.message("ana", live.id().toString())
        .body("system.params.to", nullValue())
        .body("system.params.field", equalTo("stage"));
    unread(room, "ana", 0);
    deal(room, 2, Map.of());
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> shown(room, "ana", equalTo("lead"), equalTo("won")));
  }

  private static void shown(Group room, String who, Matcher<?> from, Matcher<?> to) {
    room.page(who, Map.of())
        .body("items[0].system.event", equalTo("deal_changed"))
        .body("items[0].system.params.field", equalTo("stage"))
        .body("items[0].system.params.from", from)
        .body("items[0].system.params.to", to);
  }

  private static void deal(Group room, long version, Map<String, ?> fields) {
    Map<String, Object> record = new HashMap<>(fields);
    record.putAll(
        Map.of(
            "op", "upsert",
            "tenant", room.tenant(),
            "type", "deal",
            "id", "d1",
            "version", version,
            "name", "Big"));
    Wire.publish(Topics.CRM_RECORDS, room.tenant() + "/deal/d1", (Object) record);
  }

  private static Envelope asked(Group group, String event, Map<String, Object> params) {
    return group.event(EventType.PILL_REQUESTED, new Pill(event, params));
  }

  /** Publishes the request and waits for the message that comes of it. */
  private static Message placed(Group group, Envelope request) {
    Wire.publish(Topics.CONVERSATION, request);
    UUID id = Ids.named(request.at(), EventType.PILL_REQUESTED, request.id().toString());
    return Wire.await(
            Topics.TIMELINE,
            1,
            SOON,
            told ->
                group.id().equals(told.conversationId())
                    && told.type().equals(EventType.MESSAGE_CREATED)
                    && id.equals(told.data(Message.class).id()))
        .get(0)
        .data(Message.class);
  }

  private static void unread(Group group, String user, int count) {
    group
        .as(user)
        .get("/v1/unread")
        .then()
        .body("conversations[0].unread", equalTo(count))
        .body("total", equalTo(count));
  }
}
