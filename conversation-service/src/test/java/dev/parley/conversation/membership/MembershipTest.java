package dev.parley.conversation.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class MembershipTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AfterEach
  void release() {
    PlayedMessageService.release();
  }

  @Test
  void aNewcomerHasTheirPlaceAmongTheMessagesWhenTheAnswerIs201() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    say(group, 3);
    team.add("ana", group, Map.of("members", List.of(Map.of("userId", "new"))))
        .statusCode(201)
        .body("items", hasSize(1))
        .body("items[0].userId", equalTo("new"))
        .body("items[0].displayName", equalTo("New"))
        .body("items[0].kind", equalTo("user"))
        .body("items[0].role", equalTo("member"))
        .body("items[0].source", equalTo("manual"))
        .body("items[0].effectiveSeq", equalTo(3))
        .body("items[0].visibleFromSeq", equalTo(4));
    team.get("new", group).statusCode(200).body("memberCount", equalTo(4));
    MemberRequest asked = requests(group, EventType.MEMBER_ADD_REQUESTED, 1).get(0);
    assertThat(asked.history()).isEqualTo(History.FROM_NOW);
    assertThat(asked.member().effectiveSeq()).isNull();
    assertThat(asked.member().visibleFromSeq()).isNull();
  }

  @Test
  void withHistoryAllTheySeeEverything() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    say(group, 3);
    team.add("ana", group, Map.of("userId", "new", "history", "all"))
        .statusCode(201)
        .body("items[0].effectiveSeq", equalTo(3))
        .body("items[0].visibleFromSeq", equalTo(1));
  }

  @Test
  void addingTwiceGivesTheOneMember() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    String first =
        team.add("ana", group, Map.of("userId", "new"))
            .statusCode(201)
            .extract()
            .path("items[0].id");
    team.add("ana", group, Map.of("userId", "new"))
        .statusCode(201)
        .body("items.id", contains(first));
    team.get("ana", group).body("memberCount", equalTo(4));
    requests(group, EventType.MEMBER_ADD_REQUESTED, 1);
  }

  @Test
  void twentyAdditionsOfOnePersonAtOnceAreOne() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    Set<String> ids =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(
                i ->
                    team.add("ana", group, Map.of("userId", "new"))
                        .statusCode(201)
                        .extract()
                        .<String>path("items[0].id"))
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(1);
    team.get("ana", group).body("memberCount", equalTo(4));
    requests(group, EventType.MEMBER_ADD_REQUESTED, 1);
  }

  @Test
  void whileMessageServiceIsAwayTheAnswerIs202AndTheMembershipComesLater() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    PlayedMessageService.hold();
    team.add("ana", group, Map.of("userId", "new"))
        .statusCode(202)
        .body("items[0].id", notNullValue())
        .body("items[0].effectiveSeq", nullValue());
    team.get("new", group).statusCode(404);
    team.get("ana", group).body("memberCount", equalTo(3));
    PlayedMessageService.release();
    await().atMost(SOON).untilAsserted(() -> team.get("new", group).statusCode(200));
    team.get("ana", group).body("memberCount", equalTo(4));
  }

  @Test
  void whoIsRemovedSeesNothingAnyMore() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    String ben = team.memberId(group, "ana", "ben");
    remove(team, "cyd", group, ben).statusCode(403);
    remove(team, "ana", group, ben).statusCode(204);
    team.get("ben", group).statusCode(404);
    team.as("ben").get("/v1/conversations").then().body("items", hasSize(0));
    team.get("ana", group)
        .body("memberCount", equalTo(2))
        .body("participants.id", contains("ana", "cyd"));
    remove(team, "ana", group, ben).statusCode(404);
    requests(group, EventType.MEMBER_REMOVE_REQUESTED, 1);
  }

  @Test
  void removalHoldsAtOnceEvenWhenItsPlaceComesLater() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    String ben = team.memberId(group, "ana", "ben");
    PlayedMessageService.hold();
    remove(team, "ana", group, ben).statusCode(202);
    remove(team, "ana", group, ben).statusCode(202);
    team.get("ben", group).statusCode(404);
    PlayedMessageService.release();
    requests(group, EventType.MEMBER_REMOVE_REQUESTED, 1);
  }

  @Test
  void whoIsAddedAgainIsANewMemberWithANewStart() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    String before = team.memberId(group, "ana", "ben");
    remove(team, "ana", group, before).statusCode(204);
    say(group, 2);
    String after =
        team.add("ana", group, Map.of("userId", "ben"))
            .statusCode(201)
            .body("items[0].visibleFromSeq", equalTo(3))
            .extract()
            .path("items[0].id");
    assertThat(after).isNotEqualTo(before);
    team.get("ben", group).body("lastSeq", equalTo(0)).body("memberCount", equalTo(3));
  }

  @Test
  void whenTheOwnerLeavesTheLongestStandingAdminSucceeds() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    role(team, "ana", group, team.memberId(group, "ana", "cyd"), "admin").statusCode(200);
    remove(team, "cyd", group, team.memberId(group, "cyd", "ana"))
        .statusCode(409)
        .body("code", equalTo("not_removable"));
    remove(team, "ana", group, "me").statusCode(204);
    team.get("ana", group).statusCode(404);
    team.get("cyd", group).body("myRole", equalTo("owner"));
    team.get("ben", group).body("myRole", equalTo("member"));
  }

  @Test
  void handingOverMakesTheOwnerAnAdmin() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    String ben = team.memberId(group, "ana", "ben");
    role(team, "ben", group, ben, "owner").statusCode(403);
    role(team, "ana", group, "me", "member")
        .statusCode(400)
        .body("violations[0].field", equalTo("role"));
    role(team, "ana", group, ben, "owner").statusCode(200).body("role", equalTo("owner"));
    team.get("ana", group).body("myRole", equalTo("admin"));
    team.get("ben", group).body("myRole", equalTo("owner"));
    role(team, "ben", group, ben, "nobody")
        .statusCode(400)
        .body("violations[0].field", equalTo("role"));
    assertThat(requests(group, EventType.MEMBER_UPDATE_REQUESTED, 2))
        .extracting(r -> r.member().userId() + " " + r.member().role().wire())
        .containsExactly("ana admin", "ben owner");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                              | 400 | members",
        "{'members': []}                                 | 400 | members",
        "{'members': [{'userId': 'b'}], 'userId': 'b'}   | 400 | members",
        "{'members': [{}]}                               | 400 | members[0].userId",
        "{'userId': 'me'}                                | 400 | userId",
        "{'userId': 'eve', 'role': 'owner'}              | 400 | role",
        "{'userId': 'eve', 'history': 'some'}            | 400 | history",
        "{'phoneNumber': '+15550100002'}                 | 422 | phoneNumber",
        "{'members': [{'clientId': 'c'}]}                | 422 | members[0].clientId",
        "{'members': [{'userId': 'ben'}, {'userId': 'x'}]} | 422 | members[1].userId"
      })
  void whatIsWrongIsNamed(String body, int status, String field) {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    team.as("ana")
        .body(body.replace('\'', '"'))
        .post("/v1/conversations/" + group + "/members")
        .then()
        .statusCode(status)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void whoAddsToAnInternalChatMustSayWhatTheNewcomerSees() {
    Team team = Team.of("ana", "ben", "new");
    String chat = create(team, Map.of("type", "internal_chat", "members", List.of("ben")));
    team.add("ben", chat, Map.of("userId", "new"))
        .statusCode(400)
        .body("violations[0].field", equalTo("history"));
    team.add("ben", chat, Map.of("userId", "new", "history", "from_now")).statusCode(201);
    for (String who : List.of("me", team.memberId(chat, "ana", "ben"))) {
      remove(team, "ana", chat, who).statusCode(409).body("code", equalTo("not_removable"));
    }
  }

  @Test
  void nobodyIsAddedToOrRemovedFromADirect() {
    Team team = Team.of("ana", "ben", "new");
    String direct = create(team, Map.of("type", "direct", "members", List.of("ben")));
    team.add("ana", direct, Map.of("userId", "new"))
        .statusCode(422)
        .body("code", equalTo("not_applicable"));
    remove(team, "ana", direct, "me").statusCode(409).body("code", equalTo("not_removable"));
  }

  @Test
  void aDerivedMemberIsNotRemovedByHand() {
    Team team = Team.of("ana", "ben");
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ana"));
    String room =
        create(
            team,
            Map.of(
                "type",
                "deal_room",
                "members",
                List.of("ben"),
                "recordRefs",
                List.of(Map.of("type", "deal", "id", "d1"))));
    remove(team, "ana", room, "me").statusCode(409).body("code", equalTo("derived_member"));
    remove(team, "ana", room, team.memberId(room, "ana", "ben")).statusCode(204);
  }

  @Test
  void anyParticipantOfASubjectRemovesOthersButNeverTheCreator() {
    Team team = Team.of("ana", "ben", "cyd");
    String subject =
        create(team, Map.of("type", "subject", "subject", "S", "members", List.of("ben", "cyd")));
    remove(team, "ben", subject, team.memberId(subject, "ben", "ana"))
        .statusCode(409)
        .body("code", equalTo("not_removable"));
    remove(team, "ben", subject, team.memberId(subject, "ben", "cyd")).statusCode(204);
  }

  @Test
  void membersAreListedInOrderOfJoiningPageByPage() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    var first =
        team.as("ben")
            .get("/v1/conversations/" + group + "/members?limit=2")
            .then()
            .statusCode(200);
    first.body("items.userId", contains("ana", "ben")).body("items[0].role", equalTo("owner"));
    team.as("ben")
        .queryParam("cursor", first.extract().<String>path("next"))
        .get("/v1/conversations/" + group + "/members?limit=2")
        .then()
        .body("items.userId", contains("cyd"))
        .body("next", nullValue());
  }

  private static String create(Team team, Map<String, ?> body) {
    return team.create("ana", body).statusCode(201).extract().path("id");
  }

  private static ValidatableResponse remove(Team team, String user, String id, String member) {
    return team.as(user).delete("/v1/conversations/" + id + "/members/" + member).then();
  }

  private static ValidatableResponse role(
      Team team, String user, String id, String member, String role) {
    return team.as(user)
        .body(Map.of("role", role))
        .patch("/v1/conversations/" + id + "/members/" + member)
        .then();
  }

  private static void say(String conversation, int times) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(conversation).isEmpty());
    for (int i = 0; i < times; i++) {
      PlayedMessageService.say(conversation, "ana", "message " + i);
    }
  }

  /** The requests told of the conversation: exactly that many. */
  private static List<MemberRequest> requests(String id, String type, int count) {
    await().atMost(SOON).until(() -> all(id, type).size() >= count);
    List<MemberRequest> requests = all(id, type);
    assertThat(requests).hasSize(count);
    return requests;
  }

  private static List<MemberRequest> all(String id, String type) {
    return PlayedMessageService.told(id).stream()
        .filter(event -> event.type().equals(type))
        .map((Envelope event) -> event.data(MemberRequest.class))
        .toList();
  }
}
