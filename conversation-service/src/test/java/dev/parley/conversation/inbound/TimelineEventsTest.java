package dev.parley.conversation.inbound;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Visibility;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimelineEventsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void theWholeLogToldAgainChangesNothing() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    String marker = team.group("ana", "ben", "cyd");
    told(group);
    PlayedMessageService.say(group, "ana", "one");
    team.add("ana", group, Map.of("userId", "new")).statusCode(201);
    team.as("ana")
        .delete("/v1/conversations/" + group + "/members/" + team.memberId(group, "ana", "ben"))
        .then()
        .statusCode(204);
    PlayedMessageService.say(group, "cyd", "two");
    shows(team, group, 2);
    String before = team.get("ana", group).extract().asString();
    String members = members(team, group);

    List<Envelope> log = PlayedMessageService.placed(group);
    for (int i = log.size() - 1; i >= 0; i--) {
      Wire.publish(Topics.TIMELINE, log.get(i));
    }
    log.forEach(event -> Wire.publish(Topics.TIMELINE, event));
    Wire.publish(Topics.TIMELINE, log.get(log.size() - 1));

    passed(team, group, marker);
    team.get("ana", group).body(equalTo(before));
    team.get("ben", group).statusCode(404);
    org.assertj.core.api.Assertions.assertThat(members(team, group)).isEqualTo(members);
  }

  @Test
  void aPillIsCountedThoughItIsNoLastMessageAndBringsNothingBack() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    told(group);
    PlayedMessageService.pill(group, Visibility.ALL);
    shows(team, group, 1);
    team.get("ana", group).body("lastMessage", nullValue());
    PlayedMessageService.say(group, "ana", "one");
    PlayedMessageService.pill(group, Visibility.ALL);
    shows(team, group, 3);
    team.get("ana", group).body("lastMessage.seq", equalTo(2));
    hide(team, group);
    PlayedMessageService.pill(group, Visibility.ALL);
    shows(team, group, 4);
    team.get("ana", group).body("hidden", equalTo(true)).body("lastMessage.seq", equalTo(2));
    team.list("ana", "filter=hidden").body("items.lastSeq", contains(4));
    PlayedMessageService.say(group, "ben", "two");
    shows(team, group, 5);
    team.get("ana", group).body("hidden", equalTo(false)).body("lastMessage.seq", equalTo(5));
  }

  @Test
  void aClientsLastSeqIsThatOfWhatClientsSee() {
    Team team = Team.of("ana");
    team.has("contact", "carl", 1, Map.of("name", "Carl", "client", true, "ownerId", "ana"));
    String channel =
        team.create("ana", Map.of("type", "client", "members", List.of("carl")))
            .extract()
            .path("id");
    told(channel);
    long said = PlayedMessageService.say(channel, "ana", "Hello");
    PlayedMessageService.note(channel, "ana", "He sounds cross");
    long pill = PlayedMessageService.pill(channel, Visibility.INTERNAL);
    shows(team, channel, (int) pill);
    team.client("carl")
        .get("/v1/conversations/" + channel)
        .then()
        .statusCode(200)
        .body("lastSeq", equalTo((int) said))
        .body("lastMessage.seq", equalTo((int) said));
  }

  @Test
  void whatIsNoEventHoldsNobodyUp() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    told(group);
    Wire.publish(Topics.TIMELINE, group, "{\"no\": \"event");
    PlayedMessageService.say(group, "ben", "still here");
    shows(team, group, 1);
  }

  @Test
  void aLogOfAConversationThatIsNotOursIsPassedOver() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    told(group);
    dev.parley.chassis.TimelineLog foreign =
        dev.parley.chassis.TimelineLog.create(
            team.tenant(), dev.parley.contracts.event.ConversationType.GROUP, "X", "ana");
    foreign.say("ana", "hello");
    foreign.add("eve", true);
    PlayedMessageService.say(group, "ben", "on it goes");
    shows(team, group, 1);
    team.get("ana", foreign.id().toString()).statusCode(404);
  }

  /** The marker has the same partition or not; a message behind the repeats is what counts. */
  private static void passed(Team team, String group, String marker) {
    told(marker);
    PlayedMessageService.say(marker, "ana", "marker");
    shows(team, marker, 1);
    await()
        .pollDelay(Duration.ofMillis(300))
        .atMost(SOON)
        .untilAsserted(() -> team.get("ana", group).body("lastSeq", equalTo(2)));
  }

  private static String members(Team team, String group) {
    return team.as("ana").get("/v1/conversations/" + group + "/members").asString();
  }

  private static void hide(Team team, String conversation) {
    team.as("ana")
        .body(Map.of("hidden", true))
        .put("/v1/conversations/" + conversation + "/preferences")
        .then()
        .statusCode(200)
        .body("hidden", equalTo(true));
  }

  private static void told(String group) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(group).isEmpty());
  }

  private static void shows(Team team, String conversation, int seq) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> team.get("ana", conversation).body("lastSeq", equalTo(seq)));
  }
}
