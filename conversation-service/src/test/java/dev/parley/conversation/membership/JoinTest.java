package dev.parley.conversation.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.contracts.EventType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JoinTest extends WithBackEnds {
  @AfterEach
  void release() {
    PlayedMessageService.release();
  }

  @Test
  void whoJoinsAChannelSeesAllOfItFromTheAnswerOn() {
    Team team = Team.of("ana", "ben");
    String channel = channel(team);
    team.say(channel, "ana", "before", "ana");
    join(team, "ben", channel)
        .statusCode(200)
        .body("myRole", equalTo("member"))
        .body("mySource", equalTo("manual"))
        .body("visibleFromSeq", equalTo(1))
        .body("memberCount", equalTo(2))
        .body("lastMessage.preview", equalTo("before"));
    team.list("ben", "").body("items.id", equalTo(List.of(channel)));
  }

  @Test
  void joiningTwiceAndTwentyTimesAtOnceIsOneMembership() {
    Team team = Team.of("ana", "ben");
    String channel = channel(team);
    List<Integer> statuses =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> join(team, "ben", channel).extract().statusCode())
            .toList();
    assertThat(statuses).containsOnly(200);
    join(team, "ben", channel).statusCode(200).body("memberCount", equalTo(2));
    assertThat(requests(channel)).hasSize(1);
    assertThat(requests(channel).get(0).history()).isEqualTo(History.ALL);
  }

  @Test
  void whileMessageServiceIsAwayTheAnswerIs202() {
    Team team = Team.of("ana", "ben");
    String channel = channel(team);
    Team.told(channel);
    PlayedMessageService.hold();
    join(team, "ben", channel).statusCode(202).body("id", equalTo(channel));
  }

  @Test
  void anArchivedChannelTakesNobodyIn() {
    Team team = Team.of("ana", "ben");
    String channel = channel(team);
    team.as("ana").post("/v1/conversations/" + channel + "/archive").then().statusCode(200);
    join(team, "ben", channel).statusCode(409).body("code", equalTo("conversation_archived"));
  }

  @Test
  void whoSeesTheDealJoinsItsRoomAndWhoDoesNotFindsNone() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("deal", "d1", 1, Map.of("name", "Big", "visibleTo", List.of("ana", "ben", "root")));
    String room =
        team.create(
                "ana",
                Map.of(
                    "type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1"))))
            .statusCode(201)
            .extract()
            .path("id");
    join(team, "ben", room).statusCode(200).body("myRole", equalTo("member"));
    join(team, "cyd", room).statusCode(404);
  }

  @Test
  void whoJoinsAChannelThatEverybodyHadLeftOwnsIt() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = team.create("ana", Map.of("type", "channel", "name", "left")).extract().path("id");
    team.as("ana").delete("/v1/conversations/" + id + "/members/me").then().statusCode(204);
    for (String user : List.of("ben", "cyd")) {
      team.as(user).post("/v1/channels/" + id + "/join").then().statusCode(200);
    }
    team.get("ben", id).body("myRole", equalTo("owner"));
    team.get("cyd", id).body("myRole", equalTo("member"));
  }

  @Test
  void aUserOfAnAgencyCreatesAndJoinsInternalChatsByTheCrmsGrantAlone() {
    Team team = Team.of("ana", "ben");
    team.tell("user", "agi", 1, Map.of("name", "Agi", "roles", List.of("agency")));
    team.known("agi");
    String chat =
        team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
            .extract()
            .path("id");
    team.say(chat, "ana", "before", "ana");
    team.add("ana", chat, Map.of("userId", "agi", "history", "all"))
        .statusCode(422)
        .body("violations[0].field", equalTo("userId"));
    var agency = Map.of("roles", "agency");
    team.as("eve", agency).post("/v1/channels/" + chat + "/join").then().statusCode(403);
    team.as("agi", agency).get("/v1/conversations/" + chat).then().statusCode(404);
    team.as("agi", agency)
        .post("/v1/channels/" + chat + "/join")
        .then()
        .statusCode(200)
        .body("visibleFromSeq", equalTo(2))
        .body("lastSeq", equalTo(0));
    team.as("agi", agency)
        .body(Map.of("type", "internal_chat", "members", List.of("ben")))
        .post("/v1/conversations")
        .then()
        .statusCode(201);
    team.as("eve", agency)
        .body(Map.of("type", "internal_chat", "members", List.of("ben")))
        .post("/v1/conversations")
        .then()
        .statusCode(403);
  }

  private static List<MemberRequest> requests(String channel) {
    return PlayedMessageService.told(channel).stream()
        .filter(event -> event.type().equals(EventType.MEMBER_ADD_REQUESTED))
        .map(event -> event.data(MemberRequest.class))
        .toList();
  }

  private static String channel(Team team) {
    return team.create("ana", Map.of("type", "channel", "name", "general"))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse join(Team team, String user, String id) {
    return team.as(user).post("/v1/channels/" + id + "/join").then();
  }
}
