package dev.parley.conversation.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UserUpdated;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TellUsersTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void everyUserIsToldWhenSomebodyIsShownOtherwiseAndOfNothingElse() {
    Team team = Team.of();
    tell(team, "ana", 1, Map.of("name", "Ana", "email", "ana@a.example"));
    tell(team, "ana", 2, Map.of("name", "Ana", "email", "ana@b.example"));
    tell(team, "ana", 4, Map.of("name", "Ana Silva"));
    team.tell("user", "ana", 3, Map.of("name", "Stale"));
    team.tell("contact", "ana", 9, Map.of("name", "Another Ana"));
    tell(team, "ana", 5, Map.of("name", "Ana Silva", "avatarUrl", "https://a.example/1"));
    tell(team, "ben", 1, Map.of("name", "Ben"));
    team.tell("user", "ana", 6, Map.of("op", "delete"));

    List<Envelope> told = told(team, 3);
    assertThat(told)
        .extracting(event -> event.data(UserUpdated.class))
        .containsExactly(
            new UserUpdated("ana", "Ana Silva", null, true, 4),
            new UserUpdated("ana", "Ana Silva", "https://a.example/1", true, 5),
            new UserUpdated("ana", "Ana Silva", "https://a.example/1", false, 6));
    assertThat(told)
        .allSatisfy(
            event -> {
              Schemas.validate(Json.bytes(event));
              assertThat(event.to()).containsExactly(Recipient.EVERY_USER);
            });
  }

  /** Versions that come together are one change. */
  private static void tell(Team team, String id, int version, Map<String, ?> fields) {
    team.tell("user", id, version, fields);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                team.as("crm", Map.of("roles", "service"))
                    .get("/v1/crm/records?type=user")
                    .then()
                    .body("items.find { it.id == '" + id + "' }.version", equalTo(version)));
  }

  private static List<Envelope> told(Team team, int count) {
    return Wire.await(
        Topics.CONVERSATION_PERSONAL,
        count,
        SOON,
        event ->
            event.type().equals(EventType.USER_UPDATED) && event.tenant().equals(team.tenant()));
  }
}
