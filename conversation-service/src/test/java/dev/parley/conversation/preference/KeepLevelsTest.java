package dev.parley.conversation.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.LevelUpdated;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What notification-service tells becomes part of what one keeps of a conversation. */
@QuarkusTest
class KeepLevelsTest extends WithBackEnds {
  private static final Instant LATER = Instant.parse("2040-01-01T08:00:00.000Z");

  @Test
  void aMuteIsToldWithWhatOneStarredAndHid() {
    Team team = Team.of("ana", "ben");
    String id = team.subject("ana", "S", "ben");
    star(team, id);
    told(id, 1);
    tell(team, id, "ana", new LevelUpdated(Level.MENTIONS, LATER, 1));
    List<Envelope> told = told(id, 2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told.get(1).data(PreferencesUpdated.class))
        .isEqualTo(new PreferencesUpdated(true, false, null, 2, Level.MENTIONS, LATER));
    assertThat(told.get(1).to()).containsExactly(Recipient.user("ana"));

    put(team, id, "{\"hidden\": true}");
    assertThat(told(id, 3).get(2).data(PreferencesUpdated.class))
        .isEqualTo(new PreferencesUpdated(true, true, 0L, 3, Level.MENTIONS, LATER));
    tell(team, id, "ana", new LevelUpdated(null, null, 2));
    assertThat(told(id, 4).get(3).data(PreferencesUpdated.class))
        .isEqualTo(new PreferencesUpdated(true, true, 0L, 4, null, null));
  }

  @Test
  void whatComesAgainOrLateChangesNothing() {
    Team team = Team.of("ana", "ben");
    String id = team.subject("ana", "S", "ben");
    LevelUpdated second = new LevelUpdated(Level.NONE, null, 2);
    tell(team, id, "ana", second);
    told(id, 1);
    tell(team, id, "ana", new LevelUpdated(Level.ALL, LATER, 1));
    tell(team, id, "ana", second);
    tell(team, id, "ana", new LevelUpdated(Level.ALL, null, 3));
    assertThat(told(id, 2))
        .extracting(event -> event.data(PreferencesUpdated.class))
        .containsExactly(
            new PreferencesUpdated(false, false, null, 1, Level.NONE, null),
            new PreferencesUpdated(false, false, null, 2, Level.ALL, null));
  }

  private static void star(Team team, String id) {
    put(team, id, "{\"starred\": true}");
  }

  private static void put(Team team, String id, String body) {
    team.as("ana")
        .contentType("application/json")
        .body(body)
        .put("/v1/conversations/" + id + "/preferences")
        .then()
        .statusCode(200)
        .body("starred", equalTo(true));
  }

  private static void tell(Team team, String id, String user, LevelUpdated level) {
    Envelope event =
        Envelope.of(
                EventType.LEVEL_UPDATED,
                team.tenant(),
                UUID.fromString(id),
                new Actor(user, "user", user, null),
                Instant.parse("2026-03-01T09:30:00.000Z"),
                level)
            .to(List.of(Recipient.user(user)));
    Wire.publish(Topics.NOTIFICATION, id, event);
  }

  private static List<Envelope> told(String id, int count) {
    List<Envelope> told =
        Wire.await(
            Topics.CONVERSATION_PERSONAL,
            count,
            Duration.ofSeconds(30),
            event -> id.equals(String.valueOf(event.conversationId())));
    assertThat(told).hasSize(count);
    return told;
  }
}
