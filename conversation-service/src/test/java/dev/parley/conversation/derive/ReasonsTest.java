package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A derived membership ends with its reason, whichever it is, and comes back with it. */
@QuarkusTest
class ReasonsTest extends WithBackEnds {
  private static final String THEIRS = "+15550100061";

  private static ValidatableResponse assign(Team team, String id, Object... fields) {
    Map<String, Object> body = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      body.put((String) fields[i], fields[i + 1]);
    }
    return team.admin("root")
        .body(body)
        .put("/v1/conversations/" + id + "/assignment")
        .then()
        .statusCode(200);
  }

  private static Map<String, Object> user(String name, boolean active) {
    return Map.of("name", name, "active", active);
  }

  private static ValidatableResponse remove(Team team, String user, String id, String member) {
    return team.as(user)
        .delete("/v1/conversations/" + id + "/members/" + team.memberId(id, user, member))
        .then();
  }

  @Test
  void whoIsNoLongerAssignedToAGroupLeavesIt() {
    Team team = Team.of("ben");
    team.has("contact", "c1", 1, Map.of("client", true, "companyId", "acme"));
    team.has("contact", "c2", 1, Map.of("client", true, "companyId", "acme"));
    String id =
        Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "c2")))
            .extract()
            .path("id");
    assign(team, id, "assigneeId", "ben");
    Crm.has(team, id, "client:c1", "client:c2", "user:ben", "user:root");
    assign(team, id, "assigneeId", null);
    Crm.has(team, id, "client:c1", "client:c2", "user:root");
  }

  @Test
  void theFollowersOfAContactGoWithIt() {
    Team team = Team.of("ana", "fay", "hal");
    team.has("contact", "c1", 1, Map.of("followers", List.of("fay")));
    String id = team.sms("ana", THEIRS);
    assign(team, id, "contactId", "c1", "followers", List.of("hal"));
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:fay", "user:hal");
    assign(team, id, "contactId", null);
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:hal");
    team.get("ana", id).body("followers", contains("hal"));
  }

  @Test
  void whoIsActiveAgainIsBackAsHolderOfTheNumberAndAsFollower() {
    Team team = Team.of("ana", "ben", "hal");
    String ours = team.number("ben");
    String id =
        team.create(
                "ben", Map.of("type", "sms", "ownNumber", ours, "externalNumbers", List.of(THEIRS)))
            .statusCode(201)
            .extract()
            .path("id");
    assign(team, id, "followers", List.of("hal"));
    Crm.has(team, id, "phone:" + THEIRS, "user:ben", "user:hal");
    team.tell("user", "ben", 2, user("Ben", false));
    team.tell("user", "hal", 2, user("Hal", false));
    Crm.has(team, id, "phone:" + THEIRS);
    team.tell("user", "ben", 3, user("Ben", true));
    team.tell("user", "hal", 3, user("Hal", true));
    Crm.has(team, id, "phone:" + THEIRS, "user:ben", "user:hal");
  }

  @Test
  void whoBelongsThereByTheRecordsIsNotTakenOutByHand() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ana", "companyId", "acme"));
    String id = Crm.of(team, "deal_room", "d1");
    team.add(
            "ana", id, Map.of("members", List.of(Map.of("userId", "ben"), Map.of("userId", "cyd"))))
        .statusCode(201);
    team.has("company", "acme", 2, Map.of("name", "Acme", "accountTeam", List.of("ben")));
    remove(team, "ana", id, "ben").statusCode(409).body("code", equalTo("derived_member"));
    remove(team, "ana", id, "cyd").statusCode(204);
    Crm.has(team, id, "user:ana:owner", "user:ben:member", "user:root:member");
  }

  @Test
  void aRoomThatCameWithADealWithoutOwnerHasOneAllTheSame() {
    Team team = Team.of("ana", "ben", "cyd");
    Crm.set(team, Map.of("dealRooms.autoCreate", true));
    team.has("company", "acme", 1, Map.of("accountTeam", List.of("ben", "cyd")));
    team.tell("deal", "d1", 1, Map.of("name", "Big", "companyId", "acme"));
    team.tell("deal", "d2", 1, Map.of("name", "Lone"));
    Crm.made(team, ConversationType.DEAL_ROOM, 2);
    Crm.has(team, idOf(team, "d1"), "user:ben:owner", "user:cyd:member");
    String lone = idOf(team, "d2");
    team.as("ana").post("/v1/channels/" + lone + "/join").then().statusCode(200);
    team.as("cyd").post("/v1/channels/" + lone + "/join").then().statusCode(200);
    Crm.has(team, lone, "user:ana:owner", "user:cyd:member");
    team.tell("deal", "d2", 2, Map.of("name", "Lone", "ownerId", "cyd"));
    Crm.has(team, lone, "user:ana:admin", "user:cyd:owner");
  }

  /** Without making its caller a member. */
  private static String idOf(Team team, String deal) {
    return Crm.made(team, ConversationType.DEAL_ROOM, 2).stream()
        .filter(
            made ->
                made.data(dev.parley.contracts.event.Conversation.class)
                    .recordRefs()
                    .get(0)
                    .id()
                    .equals(deal))
        .map(made -> made.conversationId().toString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theDealsOwnersOfAMomentDoNotBothOwnTheRoom() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ana"));
    String id = Crm.of(team, "deal_room", "d1");
    Crm.has(team, id, "user:ana:owner", "user:root:member");
    PlayedMessageService.hold();
    try {
      team.tell("deal", "d1", 2, Map.of("name", "Big", "ownerId", "ben"));
      soon().until(() -> Crm.told(id, "member.add_requested") == 1);
      team.tell("deal", "d1", 3, Map.of("name", "Big", "ownerId", "cyd"));
      soon().until(() -> Crm.told(id, "member.add_requested") == 2);
    } finally {
      PlayedMessageService.release();
    }
    Crm.has(team, id, "user:ana:admin", "user:ben:admin", "user:cyd:owner", "user:root:member");
  }

  @Test
  void aCompanysChannelIsCalledAsTheCompanyUntilItHasANameOfItsOwn() {
    Team team = Team.of("ana");
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    String id = Crm.of(team, "company", "acme");
    team.get("ana", id).body("title", equalTo("Acme"));
    soon().until(() -> name(team, id), "Acme"::equals);
    team.tell("company", "acme", 2, Map.of("name", "Acme Ltd"));
    soon().until(() -> name(team, id), "Acme Ltd"::equals);
    team.as("ana").get("/v1/conversations/" + id).then().body("title", equalTo("Acme Ltd"));

    team.admin("root")
        .body(Map.of("name", "Our Acme"))
        .patch("/v1/conversations/" + id)
        .then()
        .statusCode(200);
    team.tell("company", "acme", 3, Map.of("name", "Acme Inc", "ownerId", "ana"));
    Crm.has(team, id, "user:ana");
    assertThat(name(team, id)).isEqualTo("Our Acme");
  }

  private static String name(Team team, String id) {
    return team.admin("root").get("/v1/conversations/" + id).path("name");
  }

  @Test
  void aClientsChannelKeepsItsTitleWhenTheClientIsGone() {
    Team team = Team.of("ana");
    team.has("contact", "c1", 1, Map.of("name", "Carla", "client", true, "ownerId", "ana"));
    String id = Crm.of(team, "client", "c1");
    Crm.has(team, id, "client:c1", "user:ana");
    team.get("ana", id).body("title", equalTo("Carla"));
    team.client("c1").get("/v1/conversations/" + id).then().body("title", equalTo("Ana"));
    team.tell("contact", "c1", 2, Map.of("op", "delete"));
    Crm.has(team, id);
    team.get("ana", id).body("title", equalTo("Carla"));
  }

  @Test
  void theFirstClientOfACompanyMakesItsChannelWhoeverHasOneOfTheirOwn() {
    Team team = Team.of("ana");
    Crm.set(team, Map.of("channels.defaultClientChannel", "company"));
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    team.tell("contact", "c1", 1, Map.of("client", true));
    Crm.made(team, ConversationType.CLIENT, 1);
    team.tell("contact", "c1", 2, Map.of("client", true, "companyId", "acme"));
    String id = Crm.made(team, ConversationType.COMPANY, 1).get(0).conversationId().toString();
    Crm.has(team, id, "client:c1");
  }

  @Test
  void whatPeopleHadArchivedStaysSoWhenTheDealComesBack() {
    Team team = Team.of("ana");
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ana"));
    String byHand = Crm.of(team, "deal_room", "d1");
    team.has("deal", "d2", 1, Map.of("name", "Small", "ownerId", "ana"));
    String byItself = Crm.of(team, "deal_room", "d2");
    team.as("ana").post("/v1/conversations/" + byHand + "/archive").then().statusCode(200);
    for (String deal : Arrays.asList("d1", "d2")) {
      team.tell("deal", deal, 2, Map.of("op", "delete"));
    }
    soon().until(() -> Crm.state(team, byItself), "archived"::equals);
    for (String deal : Arrays.asList("d1", "d2")) {
      team.tell("deal", deal, 3, Map.of("name", "Back", "ownerId", "ana"));
    }
    soon().until(() -> Crm.state(team, byItself), "open"::equals);
    assertThat(Crm.state(team, byHand)).isEqualTo("archived");
  }

  @Test
  void whoWasMergedIntoAnotherIsNoUserAnyMore() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = team.group("ben", "ana", "cyd");
    team.tell("user", "ben", 2, Map.of("name", "Ben", "mergedInto", "ana"));
    soon().until(() -> team.as("ben").get("/v1/me").statusCode() == 403);
    team.as("ana").get("/v1/directory?ids=ben").then().body("items[0].active", equalTo(false));
    soon()
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/conversations/" + id + "/members")
                    .then()
                    .body("items.find { it.role == 'owner' }.userId", equalTo("ana")));
    team.get("ana", id).body("frozen", nullValue());
  }
}
