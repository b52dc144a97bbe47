package dev.parley.conversation.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.Media;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmsEventsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String OURS = "+15550100001";
  private static final String THEIRS = "+15550100002";

  @Test
  void aTextFromAKnownContactMakesAConversationOfItsPeople() {
    Team team = Team.of("ana", "ben", "cyd", "off");
    team.tell("user", "off", 2, Map.of("name", "Off", "active", false));
    team.has(
        "contact",
        "c1",
        1,
        Map.of(
            "name",
            "Zoe",
            "phones",
            List.of(THEIRS),
            "ownerId",
            "ben",
            "assignees",
            List.of("cyd", "off"),
            "followers",
            List.of("ana")));
    SmsReceived sms = sms("hello", "ana");
    publish(team, sms);
    Envelope bound = bound(team, 1).get(0);
    InboundBound data = bound.data(InboundBound.class);
    assertThat(data.messageId()).isEqualTo(sms.messageId());
    assertThat(data.from()).isEqualTo(THEIRS);
    assertThat(data.authorName()).isEqualTo("Zoe");
    assertThat(data.body()).isEqualTo("hello");
    assertThat(data.media()).containsExactly(new Media("https://x.test/1", "image/png"));
    assertThat(data.receivedAt()).isEqualTo(sms.receivedAt());
    assertThat(bound.actor()).isEqualTo(new Actor(THEIRS, "phone", "Zoe", null));

    String id = data.conversationId().toString();
    assertThat(rights(id)).containsExactly(THEIRS, "ana", "ben", "cyd");
    team.get("cyd", id)
        .statusCode(200)
        .body("type", equalTo("sms"))
        .body("title", equalTo("Zoe"))
        .body("createdBy", equalTo("system"))
        .body("ownNumber", equalTo(OURS))
        .body("externalNumbers", contains(THEIRS))
        .body("contactId", equalTo("c1"))
        .body("contactOwnerId", equalTo("ben"))
        .body("followers", contains("ana"))
        .body("mySource", equalTo("derived"))
        .body("participants.kind", contains("phone", "user", "user", "user"))
        .body("memberCount", equalTo(4));
    team.as("cyd")
        .delete("/v1/conversations/" + id + "/members/me")
        .then()
        .statusCode(409)
        .body("code", equalTo("derived_member"));
  }

  @Test
  void aNumberOfTwoContactsOrOfNoneHasNoContact() {
    Team team = Team.of("ana");
    team.has("contact", "c1", 1, Map.of("name", "Zoe", "phones", List.of(THEIRS), "ownerId", "x"));
    team.has("contact", "c2", 1, Map.of("name", "Yan", "phones", List.of(THEIRS), "ownerId", "y"));
    publish(team, sms("hello", "ana"));
    InboundBound data = bound(team, 1).get(0).data(InboundBound.class);
    assertThat(data.authorName()).isEqualTo(THEIRS);
    String id = data.conversationId().toString();
    assertThat(rights(id)).containsExactly(THEIRS, "ana");
    team.get("ana", id).body("contactId", nullValue()).body("title", equalTo(THEIRS));
  }

  @Test
  void fiftyCopiesOfATextShuffledAmongOthersAreBoundOnceInOneConversation() {
    Team team = Team.of("ana");
    List<Envelope> all = new ArrayList<>();
    Set<UUID> texts = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      SmsReceived sms = sms("text " + i, "ana");
      texts.add(sms.messageId());
      Envelope first = event(team, sms);
      for (int copy = 0; copy < 50; copy++) {
        all.add(copy % 2 == 0 ? first : event(team, sms));
      }
    }
    Collections.shuffle(all, new Random(7));
    all.forEach(event -> publish(team, event));
    publish(team, sms("last", "ana"));
    await()
        .atMost(SOON)
        .until(
            () ->
                allBound(team).stream()
                    .anyMatch(e -> e.data(InboundBound.class).body().equals("last")));
    List<Envelope> bound = allBound(team);
    assertThat(bound).hasSize(11);
    assertThat(bound)
        .extracting(Envelope::conversationId)
        .containsOnly(bound.get(0).conversationId());
    assertThat(bound)
        .extracting(event -> event.data(InboundBound.class).messageId())
        .containsAll(texts)
        .doesNotHaveDuplicates();
    team.as("ana").get("/v1/conversations?type=sms").then().body("items", hasSize(1));
  }

  @Test
  void aClosedConversationIsOpenedAndAnArchivedOneFollowedByANewOne() {
    Team team = Team.of("ana");
    publish(team, sms("one", "ana"));
    String id = bound(team, 1).get(0).conversationId().toString();
    team.as("ana").post("/v1/conversations/" + id + "/close").then().statusCode(200);
    publish(team, sms("two", "ana"));
    assertThat(bound(team, 2)).extracting(e -> e.conversationId().toString()).containsOnly(id);
    team.get("ana", id).body("state", equalTo("open")).body("version", equalTo(3));
    await().atMost(SOON).until(() -> PlayedMessageService.told(id).size() == 5);
    assertThat(PlayedMessageService.told(id))
        .extracting(Envelope::type)
        .containsExactly(
            "conversation.created",
            "conversation.closed",
            "pill.requested",
            "conversation.opened",
            "pill.requested");
    assertThat(PlayedMessageService.told(id).get(4).data(Pill.class).event()).isEqualTo("reopened");

    team.admin("root").post("/v1/conversations/" + id + "/archive").then().statusCode(200);
    publish(team, sms("three", "ana"));
    assertThat(bound(team, 3))
        .extracting(e -> e.conversationId().toString())
        .filteredOn(bound -> !bound.equals(id))
        .hasSize(1);
    team.get("ana", id).body("state", equalTo("archived"));
  }

  @Test
  void staffSeeItWithoutTakingPartAndThoseOfAssignedDataOnlyDoNot() {
    Team team = Team.of("ana", "ben");
    publish(team, sms("one", "ana"));
    String id = bound(team, 1).get(0).conversationId().toString();
    team.get("ben", id).statusCode(200).body("mySource", nullValue());
    team.as("ben").get("/v1/conversations").then().body("items", hasSize(0));
    Map<String, String> assignedOnly = Map.of("roles", "user", "assigned_data_only", "true");
    team.as("ben", assignedOnly).get("/v1/conversations/" + id).then().statusCode(404);
    team.as("ana", assignedOnly).get("/v1/conversations/" + id).then().statusCode(200);
    Team.of("ben").get("ben", id).statusCode(404);
  }

  @Test
  void aBusinessThatSendsUnderItsNameHasOneConversation() {
    Team team = Team.of("ana");
    publish(team, sms("Your code is 1", "ana", "MyBank"));
    publish(team, sms("Your code is 2", "ana", "MyBank"));
    List<Envelope> bound = bound(team, 2);
    bound.forEach(event -> Schemas.validate(Json.bytes(event)));
    String id = bound.get(0).conversationId().toString();
    assertThat(bound.get(1).conversationId()).hasToString(id);
    assertThat(rights(id)).containsExactly("MyBank", "ana");
    team.get("ana", id)
        .body("title", equalTo("MyBank"))
        .body("externalNumbers", contains("MyBank"));
  }

  private static SmsReceived sms(String body, String holder) {
    return sms(body, holder, THEIRS);
  }

  private static SmsReceived sms(String body, String holder, String theirs) {
    String sid = Ids.next().toString();
    return new SmsReceived(
        Ids.named(Instant.now(), "twilio", sid),
        "twilio",
        sid,
        OURS,
        theirs,
        body,
        List.of(new Media("https://x.test/1", "image/png")),
        holder,
        Instant.parse("2026-03-01T09:30:00.123Z"));
  }

  private static Envelope event(Team team, SmsReceived sms) {
    return Envelope.of(
        EventType.SMS_RECEIVED,
        team.tenant(),
        null,
        new Actor(THEIRS, "phone", null, null),
        sms.receivedAt(),
        sms);
  }

  private static void publish(Team team, SmsReceived sms) {
    publish(team, event(team, sms));
  }

  private static void publish(Team team, Envelope event) {
    Schemas.validate(Json.bytes(event));
    Wire.publish(Topics.SMS_INBOUND, team.tenant() + "|" + OURS + "|" + THEIRS, event);
  }

  private static List<Envelope> bound(Team team, int count) {
    return Wire.await(
        Topics.CONVERSATION_INBOUND, count, SOON, event -> event.tenant().equals(team.tenant()));
  }

  private static List<Envelope> allBound(Team team) {
    return Wire.all(Topics.CONVERSATION_INBOUND.name()).stream()
        .peek(record -> Schemas.validate(record.value()))
        .map(record -> Json.read(record.value(), Envelope.class))
        .filter(event -> event.tenant().equals(team.tenant()))
        .toList();
  }

  /** The first members' ids; the event fits its schema. */
  private static List<String> rights(String id) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(id).isEmpty());
    return PlayedMessageService.told(id).get(0).rights().stream().map(Right::id).toList();
  }
}
