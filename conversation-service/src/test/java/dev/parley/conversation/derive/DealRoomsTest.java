package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DealRoomsTest extends WithBackEnds {
  private static Map<String, Object> deal(String owner, boolean closed) {
    Map<String, Object> deal = new HashMap<>(Map.of("name", "Big", "closed", closed));
    deal.put("companyId", "acme");
    deal.put("ownerId", owner);
    return deal;
  }

  private static Team team() {
    Team team = Team.of("ana", "ben", "cyd", "dan", "root");
    team.has("company", "acme", 1, Map.of("name", "Acme", "accountTeam", List.of("ben")));
    return team;
  }

  @Test
  void aNewOwnerOfTheDealBecomesTheRoomsAndNobodyIsTakenOut() {
    Team team = team();
    team.has("deal", "d1", 1, deal("ana", false));
    String id = Crm.of(team, "deal_room", "d1");
    Crm.has(team, id, "user:ana:owner", "user:ben:member", "user:root:member");

    team.tell("deal", "d1", 2, deal("cyd", false));
    Crm.has(team, id, "user:ana:admin", "user:ben:member", "user:cyd:owner", "user:root:member");

    team.tell("company", "acme", 2, Map.of("name", "Acme", "accountTeam", List.of("dan")));
    Crm.has(
        team,
        id,
        "user:ana:admin",
        "user:ben:member",
        "user:cyd:owner",
        "user:dan:member",
        "user:root:member");
  }

  @Test
  void whatPeopleHandOverByHandStaysWhenTheDealChangesOtherwise() {
    Team team = team();
    team.has("deal", "d1", 1, deal("ana", false));
    String id = Crm.of(team, "deal_room", "d1");
    Crm.has(team, id, "user:ana:owner", "user:ben:member", "user:root:member");
    team.as("ana")
        .body(Map.of("role", "owner"))
        .patch("/v1/conversations/" + id + "/members/" + team.memberId(id, "ana", "ben"))
        .then()
        .statusCode(200);
    Map<String, Object> won = deal("ana", false);
    won.put("stage", "won");
    team.tell("deal", "d1", 2, won);
    team.tell("company", "acme", 2, Map.of("accountTeam", List.of("ben", "dan")));
    Crm.has(team, id, "user:ana:admin", "user:ben:owner", "user:dan:member", "user:root:member");
  }

  @Test
  void withTheSettingARoomComesWithAnOpenDealAndNotWithAClosedOne() {
    Team team = team();
    team.has("deal", "before", 1, deal("ana", false));
    Crm.set(team, Map.of("dealRooms.autoCreate", true));
    team.tell("deal", "done", 1, deal("ana", true));
    team.tell("deal", "d1", 1, deal("ana", false));
    List<Envelope> made = Crm.made(team, ConversationType.DEAL_ROOM, 1);
    assertThat(made)
        .extracting(event -> event.data(Conversation.class).recordRefs().get(0).id())
        .containsExactly("d1");
    String id = made.get(0).conversationId().toString();
    assertThat(Crm.of(team, "deal_room", "d1")).isEqualTo(id);
    Crm.has(team, id, "user:ana:owner", "user:ben:member");
  }

  @Test
  void aRoomThatCameWithItsDealIsCalledAfterItForThoseWhoSeeTheDealAlone() {
    Team team = team();
    Crm.set(team, Map.of("dealRooms.autoCreate", true));
    Map<String, Object> secret = deal("ana", false);
    secret.put("visibleTo", List.of("ana"));
    team.tell("deal", "d1", 1, secret);
    Envelope made = Crm.made(team, ConversationType.DEAL_ROOM, 1).get(0);
    assertThat(made.data(Conversation.class).name()).isNull();
    String id = made.conversationId().toString();
    team.get("ana", id).body("title", equalTo("Big")).body("name", nullValue());
    team.get("ben", id).body("title", equalTo("Ana")).body("name", nullValue());
    team.list("ana", "q=big").body("items.id", contains(id));
    team.list("ben", "q=big").body("items", empty());

    team.has("deal", "d1", 2, deal("ana", false));
    team.get("ben", id).body("title", equalTo("Big"));
    team.list("ben", "q=big").body("items.title", contains("Big"));
    rename(team, id, "War room");
    team.get("ben", id).body("title", equalTo("War room"));
    team.list("ben", "q=big").body("items", empty());
  }

  private static void rename(Team team, String id, String name) {
    team.as("ana").body(Map.of("name", name)).patch("/v1/conversations/" + id);
  }

  @Test
  void theRoomOfAClosedDealIsArchivedAfterTheSetTimeOnceAndReopenedWithTheDeal() {
    Team team = team();
    Crm.set(team, Map.of("dealRooms.archiveAfter", "PT1S"));
    team.has("deal", "d1", 1, deal("ana", false));
    String id = Crm.of(team, "deal_room", "d1");
    team.tell("deal", "d1", 2, deal("ana", true));
    soon().until(() -> Crm.state(team, id), "archived"::equals);
    soon().until(() -> Crm.told(id, EventType.CONVERSATION_ARCHIVED) == 1);

    team.as("ana").post("/v1/conversations/" + id + "/unarchive").then().statusCode(200);
    team.tell("deal", "d1", 3, deal("dan", true));
    Crm.has(team, id, "user:ana:admin", "user:ben:member", "user:dan:owner", "user:root:member");
    staysFor(Duration.ofSeconds(2), team, id, "open");
    assertThat(Crm.told(id, EventType.CONVERSATION_ARCHIVED)).isEqualTo(1);
  }

  @Test
  void aDealThatIsOpenAgainBeforeTheTimeKeepsItsRoomAndAnotherSettingMovesTheTime() {
    Team team = team();
    team.has("deal", "d1", 1, deal("ana", false));
    team.has("deal", "d2", 1, deal("ana", false));
    String kept = Crm.of(team, "deal_room", "d1");
    String moved = Crm.of(team, "deal_room", "d2");
    team.tell("deal", "d1", 2, deal("ana", true));
    team.tell("deal", "d1", 3, deal("dan", false));
    team.tell("deal", "d2", 2, deal("dan", true));
    Crm.has(team, kept, "user:ana:admin", "user:ben:member", "user:dan:owner", "user:root:member");
    Crm.has(team, moved, "user:ana:admin", "user:ben:member", "user:dan:owner", "user:root:member");
    assertThat(Crm.state(team, moved)).isEqualTo("open");
    Crm.set(team, Map.of("dealRooms.archiveAfter", "PT0S"));
    soon().until(() -> Crm.state(team, moved), "archived"::equals);
    assertThat(Crm.state(team, kept)).isEqualTo("open");
  }

  @Test
  void theRoomOfADeletedDealIsArchivedAtOnce() {
    Team team = team();
    team.has("deal", "d1", 1, deal("ana", false));
    String id = Crm.of(team, "deal_room", "d1");
    Crm.has(team, id, "user:ana:owner", "user:ben:member", "user:root:member");
    team.tell("deal", "d1", 2, Map.of("op", "delete", "ownerId", "ana"));
    soon().until(() -> Crm.told(id, EventType.CONVERSATION_ARCHIVED) == 1);
    assertThat(team.as("ana").get("/v1/conversations/" + id).<String>path("state"))
        .isEqualTo("archived");
  }

  private static void staysFor(Duration time, Team team, String id, String state) {
    await()
        .during(time)
        .atMost(time.plusSeconds(5))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> Crm.state(team, id), state::equals);
  }
}
