package dev.parley.conversation.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do to a conversation is asked to be shown in it, each once. */
@QuarkusTest
class PillsTest extends WithBackEnds {
  private static final Pill CLOSED = new Pill("conversation_closed", Map.of("by", "ana"));
  private static final Pill OPENED = new Pill("conversation_opened", Map.of("by", "ana"));

  @Test
  void closingOpeningAndRenamingAreShownAndWhatChangesNothingIsNot() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    post(team, "ana", group, "close", 200);
    post(team, "ana", group, "close", 200);
    post(team, "ben", group, "open", 403);
    post(team, "ana", group, "open", 200);
    rename(team, group, Map.of("name", "Crew"));
    rename(team, group, Map.of("name", "Crew"));
    rename(team, group, Map.of("description", "Of the ship"));
    post(team, "ana", group, "close", 200);
    has(
        group,
        CLOSED,
        OPENED,
        new Pill("renamed", Map.of("from", "Team", "to", "Crew", "by", "ana")),
        CLOSED);
  }

  @Test
  void aSubjectThatComesAndGoesIsNamedAsFarAsThereIsOne() {
    Team team = Team.of("ana", "ben");
    String chat =
        team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
            .statusCode(201)
            .extract()
            .path("id");
    rename(team, chat, Map.of("subject", "Lunch"));
    team.as("ana").body("{\"subject\": null}").patch("/v1/conversations/" + chat);
    has(
        chat,
        new Pill("renamed", Map.of("to", "Lunch", "by", "ana")),
        new Pill("renamed", Map.of("from", "Lunch", "by", "ana")));
  }

  @Test
  void whoWasAddedAndRemovedIsShownBeforeTheirTimeAndBehindIt() {
    Team team = Team.of("ana", "ben", "cyd", "dan", "eve");
    String group = team.group("ana", "ben", "cyd");
    team.add(
            "ana",
            group,
            Map.of("members", List.of(Map.of("userId", "dan"), Map.of("userId", "eve"))))
        .statusCode(201);
    team.add("ana", group, Map.of("userId", "dan")).statusCode(201);
    leave(team, "dan", group);
    has(
        group,
        new Pill("member_added", Map.of("members", List.of("dan", "eve"), "by", "ana")),
        new Pill("member_removed", Map.of("member", "dan", "by", "dan")));
    assertThat(PlayedMessageService.told(group))
        .extracting(Envelope::type)
        .containsExactly(
            EventType.CONVERSATION_CREATED,
            EventType.PILL_REQUESTED,
            EventType.MEMBER_ADD_REQUESTED,
            EventType.MEMBER_ADD_REQUESTED,
            EventType.MEMBER_REMOVE_REQUESTED,
            EventType.PILL_REQUESTED);
  }

  @Test
  void inAChannelWhoComesAndGoesByTheirOwnWishIsNotShown() {
    Team team = Team.of("ana", "ben", "cyd");
    String channel =
        team.create("ana", Map.of("type", "channel", "name", "news")).extract().path("id");
    team.as("ben").post("/v1/channels/" + channel + "/join").then().statusCode(200);
    leave(team, "ben", channel);
    team.add("ana", channel, Map.of("userId", "cyd")).statusCode(201);
    has(channel, new Pill("member_added", Map.of("members", List.of("cyd"), "by", "ana")));
  }

  private static void post(Team team, String user, String id, String act, int status) {
    team.as(user).post("/v1/conversations/" + id + "/" + act).then().statusCode(status);
  }

  private static void rename(Team team, String id, Map<String, ?> changes) {
    team.as("ana").body(changes).patch("/v1/conversations/" + id).then().statusCode(200);
  }

  private static void leave(Team team, String user, String id) {
    team.as(user).delete("/v1/conversations/" + id + "/members/me").then().statusCode(204);
  }

  private static void has(String conversation, Pill... pills) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        PlayedMessageService.told(conversation).stream()
                            .filter(event -> event.type().equals(EventType.PILL_REQUESTED))
                            .map(event -> event.data(Pill.class)))
                    .containsExactly(pills));
  }
}
