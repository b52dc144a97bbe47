package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientChannelsTest extends WithBackEnds {
  private static Map<String, Object> client(String name, String company, String owner) {
    return Map.of("name", name, "client", true, "companyId", company, "ownerId", owner);
  }

  @Test
  void aClientsChannelComesWithTheClientAndGreetsOnce() {
    Team team = Team.of("ana", "ben");
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    Crm.set(team, Map.of("welcome.text", "Hello {client} of {company}!"));
    team.tell("contact", "carla", 1, client("Carla", "acme", "ana"));

    Envelope made = Crm.made(team, ConversationType.CLIENT, 1).get(0);
    Conversation told = made.data(Conversation.class);
    assertThat(told.welcome()).isEqualTo("Hello Carla of Acme!");
    assertThat(told.contactId()).isEqualTo("carla");
    assertThat(told.contactOwnerId()).isEqualTo("ana");
    assertThat(told.createdBy()).isEqualTo("system");
    assertThat(made.rights()).extracting(Right::kind).containsExactly("client", "user");
    assertThat(made.rights()).allMatch(right -> right.visibleFromSeq() == 1);

    String id = made.conversationId().toString();
    Crm.open(team, Map.of("type", "client", "members", List.of("carla")))
        .statusCode(200)
        .body("id", equalTo(id))
        .body("title", equalTo("Carla"))
        .body("memberCount", equalTo(2));
    Crm.has(team, id, "client:carla", "user:ana");
    assertThat(Crm.told(id, EventType.CONVERSATION_CREATED)).isEqualTo(1);
    assertThat(Crm.told(id, EventType.MEMBER_ADD_REQUESTED)).isZero();
  }

  @Test
  void staffHaveItInTheirListsOnceItIsUsedAndTheClientFromTheBeginning() {
    Team team = Team.of("ana");
    Crm.set(team, Map.of("welcome.enabled", false));
    team.tell("contact", "carla", 1, Map.of("client", true, "ownerId", "ana"));
    String id = Crm.made(team, ConversationType.CLIENT, 1).get(0).conversationId().toString();
    Crm.has(team, id, "client:carla", "user:ana");
    team.as("ana").get("/v1/conversations").then().body("items", hasSize(0));
    team.as("carla", Map.of("roles", "client"))
        .get("/v1/conversations")
        .then()
        .body("items.id", contains(id));
    soon().until(() -> PlayedMessageService.say(id, "ana", "Hello") > 0);
    soon()
        .until(() -> team.as("ana").get("/v1/conversations").path("items.id"), List.of(id)::equals);
  }

  @Test
  void nobodyIsGreetedWhereTheTenantDoesNotAndContactsWhoAreNoClientsHaveNoChannel() {
    Team team = Team.of("ana");
    Crm.set(team, Map.of("welcome.enabled", false));
    team.tell("contact", "plain", 1, Map.of("name", "Plain"));
    team.tell("contact", "carla", 1, Map.of("name", "Carla", "client", true));
    Envelope made = Crm.made(team, ConversationType.CLIENT, 1).get(0);
    assertThat(made.data(Conversation.class).welcome()).isNull();
    assertThat(made.data(Conversation.class).contactId()).isEqualTo("carla");
    Crm.open(team, Map.of("type", "client", "members", List.of("plain")))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("members[0]"));
    Crm.open(team, Map.of("type", "client"))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
  }

  @Test
  void theClientsPeopleComeAndGoWithTheRecords() {
    Team team = Team.of("ana", "ben", "cyd", "dan");
    team.tell(
        "contact",
        "carla",
        1,
        Map.of("client", true, "ownerId", "ana", "followers", List.of("ben")));
    String id = Crm.made(team, ConversationType.CLIENT, 1).get(0).conversationId().toString();
    Crm.has(team, id, "client:carla", "user:ana", "user:ben");
    String first = team.memberId(id, "ana", "ana");

    team.tell(
        "contact",
        "carla",
        2,
        Map.of("client", true, "ownerId", "cyd", "assignees", List.of("dan")));
    Crm.has(team, id, "client:carla", "user:cyd", "user:dan");
    team.get("ana", id).body("contactOwnerId", equalTo("cyd"));

    team.tell("user", "dan", 2, Map.of("name", "Dan", "active", false));
    Crm.has(team, id, "client:carla", "user:cyd");
    team.tell("user", "dan", 3, Map.of("name", "Dan"));
    Crm.has(team, id, "client:carla", "user:cyd", "user:dan");

    team.tell("contact", "carla", 3, Map.of("client", true, "ownerId", "ana"));
    Crm.has(team, id, "client:carla", "user:ana");
    assertThat(team.memberId(id, "ana", "ana")).isNotEqualTo(first);
    team.as("ana").delete("/v1/conversations/" + id + "/members/me").then().statusCode(not(204));

    team.tell("contact", "carla", 4, Map.of("op", "delete"));
    Crm.has(team, id);
  }

  @Test
  void withTheSettingTheFirstClientMakesTheCompanysChannelAndOthersJoinIt() {
    Team team = Team.of("ana", "ben", "cyd");
    Crm.set(team, Map.of("channels.defaultClientChannel", "company"));
    team.has(
        "company",
        "acme",
        1,
        Map.of("name", "Acme", "ownerId", "ana", "accountTeam", List.of("ben")));
    team.tell("contact", "c1", 1, client("One", "acme", "cyd"));
    Envelope made = Crm.made(team, ConversationType.COMPANY, 1).get(0);
    String id = made.conversationId().toString();
    Crm.has(team, id, "client:c1", "user:ana", "user:ben");
    team.tell(
        "contact",
        "c2",
        1,
        Map.of("client", true, "companyId", "acme", "assignees", List.of("cyd")));
    Crm.has(team, id, "client:c1", "client:c2", "user:ana", "user:ben", "user:cyd");
    team.tell("contact", "alone", 1, Map.of("client", true));
    assertThat(Crm.made(team, ConversationType.CLIENT, 1))
        .extracting(event -> event.data(Conversation.class).contactId())
        .containsExactly("alone");
  }

  @Test
  void aClientWhoChangesCompanyLeavesTheOldOnesChannelAndComesBackAnew() {
    Team team = Team.of("ana", "ben");
    team.has("company", "acme", 1, Map.of("name", "Acme", "ownerId", "ana"));
    team.has("company", "globex", 1, Map.of("name", "Globex", "ownerId", "ben"));
    team.has("contact", "c1", 1, client("One", "acme", "ana"));
    String acme = Crm.of(team, "company", "acme");
    String globex = Crm.of(team, "company", "globex");
    Crm.has(team, acme, "client:c1", "user:ana");
    Crm.has(team, globex, "user:ben");
    String before = clientMember(team, acme);

    team.tell("contact", "c1", 2, client("One", "globex", "ana"));
    Crm.has(team, acme, "user:ana");
    Crm.has(team, globex, "client:c1", "user:ben");

    team.tell("contact", "c1", 3, client("One", "acme", "ana"));
    Crm.has(team, acme, "client:c1", "user:ana");
    Crm.has(team, globex, "user:ben");
    assertThat(clientMember(team, acme)).isNotEqualTo(before);
  }

  @Test
  void aDeletedCompanysChannelIsArchivedAndComesBackWithIt() {
    Team team = Team.of("ana");
    team.has("company", "acme", 1, Map.of("name", "Acme", "ownerId", "ana"));
    String id = Crm.of(team, "company", "acme");
    team.tell("company", "acme", 2, Map.of("op", "delete"));
    soon().until(() -> Crm.state(team, id), "archived"::equals);
    team.tell("company", "acme", 3, Map.of("name", "Acme", "ownerId", "ana"));
    soon().until(() -> Crm.state(team, id), "open"::equals);
    Crm.has(team, id, "user:ana");
  }

  private static String clientMember(Team team, String id) {
    return team.admin("root")
        .get("/v1/conversations/" + id + "/members")
        .path("items.find { it.kind == 'client' }.id");
  }

  @Test
  void aClientWhoWritesOpensItAgainAndWhatWasWrittenBeforeDoesNot() {
    Team team = Team.of("ana");
    Crm.set(team, Map.of("welcome.enabled", false));
    team.has("contact", "carla", 1, Map.of("client", true, "ownerId", "ana"));
    String id = Crm.of(team, "client", "carla");
    Crm.has(team, id, "client:carla", "user:ana");
    Instant before = Instant.now().minusSeconds(5);
    team.as("ana").post("/v1/conversations/" + id + "/close").then().statusCode(200);
    PlayedMessageService.clientSays(id, "carla", before);
    team.say(id, "ana", "a mark behind it", "ana");
    assertThat(Crm.state(team, id)).isEqualTo("closed");
    PlayedMessageService.clientSays(id, "carla", Instant.now().plusSeconds(1));
    soon().until(() -> Crm.state(team, id), "open"::equals);
    assertThat(Crm.told(id, EventType.CONVERSATION_OPENED)).isEqualTo(1);
    soon().until(() -> Crm.told(id, EventType.PILL_REQUESTED) == 2);
  }
}
