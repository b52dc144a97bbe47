package dev.parley.conversation.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.CrmOp;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.TimelineEntry;
import dev.parley.contracts.event.Visibility;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ActivityTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, Object> DEAL = Map.of("name", "Launch");

  @Test
  void aMessageOfADealRoomHasOneEntryThatFollowsItsEditsAndItsDeletion() {
    Team team = Team.of("ana");
    UUID room = UUID.fromString(team.dealRoom("ana", "d1", DEAL));
    UUID message = Ids.next();
    Envelope created = said(team, room, message, 3, "one", Visibility.ALL);
    publish(created);
    publish(created);
    TimelineEntry entry = entries(team, 1).get(0);
    assertThat(entry.op()).isEqualTo(CrmOp.UPSERT);
    assertThat(entry.key()).isEqualTo(message + "/deal/d1");
    assertThat(entry.conversationId()).isEqualTo(room);
    assertThat(entry.text()).isEqualTo("one");
    assertThat(entry.author()).isEqualTo(new Actor("ana", "user", "Ana", null));
    assertThat(entry.version()).isEqualTo(3);

    publish(changed(team, room, message, 5, "two"));
    publish(created);
    await().atMost(SOON).until(() -> entries(team, 1).get(0).text().equals("two"));
    publish(deleted(team, room, message, 8));
    publish(changed(team, room, message, 5, "two"));
    await().atMost(SOON).until(() -> entries(team, 1).get(0).op() == CrmOp.DELETE);
    TimelineEntry gone = entries(team, 1).get(0);
    assertThat(gone.text()).isNull();
    assertThat(gone.author()).isNull();
    assertThat(gone.version()).isEqualTo(8);
    assertThat(told(team)).extracting(TimelineEntry::version).containsExactly(3L, 5L, 8L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shuffledAndDoubledTheEntriesEndAsInOrder(long seed) {
    Team team = Team.of("ana");
    UUID room = UUID.fromString(team.dealRoom("ana", "d1", DEAL));
    Random random = new Random(seed);
    List<Envelope> log = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    long rev = 1;
    for (int i = 0; i < 20; i++) {
      UUID message = Ids.next();
      Visibility visibility = i % 5 == 4 ? Visibility.INTERNAL : Visibility.ALL;
      log.add(said(team, room, message, rev++, "m" + i, visibility));
      String last = visibility == Visibility.ALL ? "m" + i : null;
      for (int edit = random.nextInt(3); edit > 0 && last != null; edit--) {
        last = "m" + i + " edit " + edit;
        log.add(changed(team, room, message, rev++, last));
      }
      if (i % 4 == 3) {
        log.add(deleted(team, room, message, rev++));
        last = null;
      }
      if (last != null) {
        expected.put(message.toString(), last);
      }
    }
    log.addAll(List.copyOf(log));
    Collections.shuffle(log, random);
    log.forEach(ActivityTest::publish);
    UUID marker = Ids.next();
    publish(said(team, room, marker, rev, "end", Visibility.ALL));
    expected.put(marker.toString(), "end");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, String> live = new HashMap<>();
              for (TimelineEntry entry : page(team, null, 200)) {
                if (entry.op() == CrmOp.UPSERT) {
                  live.put(entry.messageId().toString(), entry.text());
                }
              }
              assertThat(live).isEqualTo(expected);
            });
    assertThat(page(team, null, 200)).extracting(TimelineEntry::key).doesNotHaveDuplicates();
  }

  @Test
  void neverAnotherTypeNeverANoteNeverWhatTheSystemSays() {
    Team team = Team.of("ana", "ben", "cyd");
    UUID room = UUID.fromString(team.dealRoom("ana", "d1", DEAL));
    UUID group =
        UUID.fromString(
            team.create(
                    "ana",
                    Map.of(
                        "type",
                        "group",
                        "name",
                        "Team",
                        "members",
                        List.of("ben", "cyd"),
                        "recordRefs",
                        List.of(Map.of("type", "deal", "id", "d1"))))
                .statusCode(201)
                .extract()
                .path("id"));
    UUID note = Ids.next();
    publish(said(team, group, Ids.next(), 2, "elsewhere", Visibility.ALL));
    publish(said(team, room, note, 2, "a note", Visibility.INTERNAL));
    publish(deleted(team, room, note, 3));
    publish(event(team, room, EventType.MESSAGE_CREATED, 4, pill(room)));
    publish(said(team, room, Ids.next(), 5, "last", Visibility.ALL));
    assertThat(entries(team, 1)).extracting(TimelineEntry::text).containsExactly("last");
  }

  @Test
  void customerConversationsAreThereWhereTheTenantWantsThem() {
    Team team = Team.of("ana");
    team.has("contact", "c1", 1, Map.of("name", "Zoe", "phones", List.of("+15550100012")));
    UUID sms = UUID.fromString(team.sms("ana", "+15550100012"));
    UUID room = UUID.fromString(team.dealRoom("ana", "d1", DEAL));
    publish(said(team, sms, Ids.next(), 2, "not wanted", Visibility.ALL));
    publish(said(team, room, Ids.next(), 2, "marker", Visibility.ALL));
    assertThat(entries(team, 1).get(0).text()).isEqualTo("marker");

    set(
        team,
        Map.of(
            "timeline.customerConversations",
            true,
            "links.message",
            "https://crm.example/c/{conversationId}/m/{messageId}"));
    UUID wanted = Ids.next();
    publish(said(team, sms, wanted, 3, "wanted", Visibility.ALL));
    publish(said(team, sms, Ids.next(), 4, "a note", Visibility.INTERNAL));
    TimelineEntry entry = entries(team, 2).get(1);
    assertThat(entry.key()).isEqualTo(wanted + "/contact/c1");
    assertThat(entry.url()).isEqualTo("https://crm.example/c/" + sms + "/m/" + wanted);

    set(team, Map.of("timeline.customerConversations", false));
    publish(said(team, sms, Ids.next(), 5, "not wanted any more", Visibility.ALL));
    publish(deleted(team, sms, wanted, 6));
    await().atMost(SOON).until(() -> entries(team, 2).get(1).op() == CrmOp.DELETE);
  }

  @Test
  void whoGoesOnFromTheNewestCursorGetsEachChange() {
    Team team = Team.of("ana");
    UUID room = UUID.fromString(team.dealRoom("ana", "d1", DEAL));
    UUID first = Ids.next();
    publish(said(team, room, first, 2, "one", Visibility.ALL));
    publish(said(team, room, Ids.next(), 3, "two", Visibility.ALL));
    publish(said(team, room, Ids.next(), 4, "three", Visibility.ALL));
    entries(team, 3);
    String cursor = read(team, null, 2).extract().path("next");
    ValidatableResponse rest = read(team, cursor, 2).body("items.text", equalTo(List.of("three")));
    String end = rest.extract().path("next");
    read(team, end, 2).body("items", equalTo(List.of())).body("next", equalTo(null));

    publish(changed(team, room, first, 5, "one, again"));
    await().atMost(SOON).until(() -> page(team, end, 50).size() == 1);
    assertThat(page(team, end, 50).get(0).text()).isEqualTo("one, again");
    assertThat(page(team, null, 50)).hasSize(3);
    read(Team.of("ana"), null, 50).body("items", equalTo(List.of()));
    service(Team.of())
        .get("/v1/crm/timeline?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("cursor"));
  }

  @Test
  void itIsForTheCrmAlone() {
    Team team = Team.of();
    for (String role : List.of("user", "supervisor", "client")) {
      team.as("eve", Map.of("roles", role))
          .get("/v1/crm/timeline")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
    }
    team.admin("root").get("/v1/crm/timeline").then().statusCode(200);
    service(team)
        .get("/v1/crm/timeline?limit=201")
        .then()
        .statusCode(400)
        .body("code", equalTo("limit_out_of_range"));
  }

  private static void set(Team team, Map<String, ?> settings) {
    team.admin("root").body(settings).put("/v1/tenant/settings").then().statusCode(200);
  }

  private static Envelope said(
      Team team, UUID conversation, UUID id, long rev, String body, Visibility visibility) {
    return event(
        team,
        conversation,
        EventType.MESSAGE_CREATED,
        rev,
        message(conversation, id, MessageKind.USER, rev, body, visibility));
  }

  private static Envelope changed(Team team, UUID conversation, UUID id, long rev, String body) {
    return event(
        team,
        conversation,
        EventType.MESSAGE_UPDATED,
        rev,
        message(conversation, id, MessageKind.USER, rev, body, Visibility.ALL));
  }

  private static Envelope deleted(Team team, UUID conversation, UUID id, long rev) {
    return event(
        team,
        conversation,
        EventType.MESSAGE_DELETED,
        rev,
        Map.of("id", id, "seq", rev, "deleted", true, "deletedBy", "ana", "rev", rev));
  }

  private static Message pill(UUID conversation) {
    return message(conversation, Ids.next(), MessageKind.SYSTEM, 4, "renamed", Visibility.ALL);
  }

  private static Envelope event(Team team, UUID conversation, String type, long rev, Object data) {
    return new Envelope(
        Ids.next(),
        type,
        1,
        team.tenant(),
        conversation,
        rev,
        null,
        rev,
        new Actor("ana", "user", "Ana", null),
        Instant.now(),
        null,
        Json.mapper().valueToTree(data));
  }

  private static Message message(
      UUID conversation, UUID id, MessageKind kind, long rev, String body, Visibility visibility) {
    return MessageBuilder.builder()
        .id(id)
        .conversationId(conversation)
        .clientMsgId("c" + id)
        .kind(kind)
        .authorId(kind == MessageKind.SYSTEM ? null : "ana")
        .authorKind(kind == MessageKind.SYSTEM ? AuthorKind.SYSTEM : AuthorKind.USER)
        .authorName("Ana")
        .body(body)
        .visibility(visibility)
        .at(Instant.now())
        .version(1)
        .seq(rev)
        .rev(rev)
        .build();
  }

  private static void publish(Envelope event) {
    Wire.publish(Topics.TIMELINE, event);
  }

  private static io.restassured.specification.RequestSpecification service(Team team) {
    return team.as("crm", Map.of("roles", "service"));
  }

  private static ValidatableResponse read(Team team, String cursor, int limit) {
    return service(team)
        .queryParam("limit", limit)
        .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
        .get("/v1/crm/timeline")
        .then()
        .statusCode(200);
  }

  private static List<TimelineEntry> page(Team team, String cursor, int limit) {
    List<Object> items = read(team, cursor, limit).extract().jsonPath().getList("items");
    return items.stream()
        .map(item -> Json.mapper().convertValue(item, TimelineEntry.class))
        .toList();
  }

  /** All entries, as soon as there are so many; each has one place only. */
  private static List<TimelineEntry> entries(Team team, int count) {
    await().atMost(SOON).until(() -> page(team, null, 200).size() >= count);
    assertThat(page(team, null, 200)).hasSize(count);
    return page(team, null, 200);
  }

  /** What is on the CRM's topic; each fits its schema and stands under its key. */
  private static List<TimelineEntry> told(Team team) {
    return Wire.all(Topics.CRM_TIMELINE.name()).stream()
        .peek(record -> Schemas.validateTimelineEntry(record.value()))
        .peek(
            record ->
                assertThat(record.key())
                    .isEqualTo(Json.read(record.value(), TimelineEntry.class).key()))
        .map(record -> Json.read(record.value(), TimelineEntry.class))
        .filter(entry -> entry.tenant().equals(team.tenant()))
        .toList();
  }
}
