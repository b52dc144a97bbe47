package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import dev.parley.presence.Personal;
import dev.parley.presence.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalFormTest {
  private static final UUID CONVERSATION = Ids.next();

  private final Members members = new Members();
  private final Members.User ana = members.enter(Records.user("ana"), List.of());
  private final Members.User carl =
      members.enter(
          new Session("acme", "client", "carl", "Carl", null, false, Instant.MAX), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "draft.updated",
        "scheduled.updated",
        "broadcast.updated",
        "preferences.updated",
        "bookmark.created",
        "bookmark.deleted"
      })
  void usersGetTheBytesOfDataAsTheyCame(String type) {
    LogRecord record = record(type, Map.of("body", "x", "newField", List.of(1)));
    String frame = text(new PersonalForm(record).of(ana, 0));
    assertThat(frame).contains("\"type\":\"" + type + "\"", "\"newField\":[1]");
    assertThat(frame).doesNotContain("\"to\"", "carl");
  }

  @Test
  void clientsGetTheirDraftByAnAllowListAndNothingElse() {
    LogRecord draft = record("draft.updated", Map.of("body", "x", "newField", 1));
    assertThat(text(new PersonalForm(draft).of(carl, 1)))
        .endsWith("\"data\":{\"body\":\"x\"}}")
        .contains("\"type\":\"draft.updated\"");
    for (String type : List.of("scheduled.updated", "preferences.updated", "bookmark.created")) {
      assertThat(new PersonalForm(record(type, Map.of("id", "x"))).of(carl, 1)).as(type).isNull();
    }
  }

  @Test
  void clientsAreToldWhatBecameOfTheirFile() {
    LogRecord scanned =
        record(
            "attachment.updated",
            Map.of("id", "x", "state", "rejected", "reason", "malware", "storageKey", "secret"));
    Frame frame = new PersonalForm(scanned).of(carl, 1);
    assertThat(Json.read(text(frame), JsonNode.class).path("data"))
        .isEqualTo(
            Json.read(
                "{\"id\":\"x\",\"state\":\"rejected\",\"reason\":\"malware\"}", JsonNode.class));
  }

  @Test
  void countsAreCutForEachOfThemWhereverTheyStand() {
    Envelope event =
        Personal.event(
            "acme", CONVERSATION, Personal.client("carl", 4, 2), Personal.user("ana", 5, 3));
    LogRecord record = read(event);
    assertThat(text(new PersonalForm(record).of(ana, 1)))
        .endsWith(
            "\"data\":{\"readSeq\":7,\"unread\":5,\"mentions\":1,\"threadUnread\":2,\"version\":3,"
                + "\"total\":15}}");
    assertThat(text(new PersonalForm(record).of(carl, 0)))
        .endsWith(
            "\"data\":{\"unread\":4,\"mentions\":0,\"threadUnread\":0,\"version\":2,\"total\":4}}");
    Map<String, Object> inside = new LinkedHashMap<>();
    inside.put("unread", 1);
    inside.put("kind", "user");
    inside.put("id", "ana");
    inside.put("version", 9);
    LogRecord mixed = record("unread.updated", Map.of("counts", List.of(inside)));
    assertThat(text(new PersonalForm(mixed).of(ana, 0)))
        .endsWith("\"data\":{\"unread\":1,\"version\":9}}");
  }

  @Test
  void whoHasNoCountsOrIsNotNamedIsNoAudience() {
    Envelope event = Personal.event("acme", CONVERSATION, Personal.user("ana", 5, 3));
    LogRecord record = read(event.to(List.of(Recipient.user("ben"), Recipient.user("ana"))));
    assertThat(record.audience().to()).containsExactly(Recipient.user("ana"));
    assertThat(Members.sees(ana, record)).isTrue();
    assertThat(Members.sees(carl, record)).isFalse();
    LogRecord withoutAna = read(event.to(List.of(Recipient.user("ben"))));
    assertThat(withoutAna.audience().to()).isEmpty();
    assertThat(Members.sees(ana, withoutAna)).isFalse();
  }

  private static LogRecord record(String type, Object data) {
    return read(
        Envelope.of(type, "acme", CONVERSATION, Actor.SYSTEM, Instant.EPOCH, data)
            .to(List.of(Recipient.user("ana"), Recipient.client("carl"))));
  }

  private static LogRecord read(Envelope event) {
    return LogReader.read(7, 1, 1, Json.text(event).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Frame frame) {
    return new String(frame.json, StandardCharsets.UTF_8);
  }
}
