package dev.parley.conversation.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.Conversation;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CreateConversationTest extends WithBackEnds {
  @Test
  void aGroupIsCreatedWithItsMembersAndToldOnceWithTheirRights() {
    Team team = Team.of("ana", "ben", "cyd");
    String id =
        team.create(
                "ana", Map.of("type", "group", "name", " Sales ", "members", List.of("ben", "cyd")))
            .statusCode(201)
            .header("ETag", "\"1\"")
            .body("type", equalTo("group"))
            .body("name", equalTo("Sales"))
            .body("title", equalTo("Sales"))
            .body("state", equalTo("open"))
            .body("createdBy", equalTo("ana"))
            .body("version", equalTo(1))
            .body("lastSeq", equalTo(0))
            .body("lastMessage", nullValue())
            .body("memberCount", equalTo(3))
            .body("participants.displayName", contains("Ana", "Ben", "Cyd"))
            .body("myRole", equalTo("owner"))
            .body("mySource", equalTo("manual"))
            .body("visibleFromSeq", equalTo(1))
            .body("starred", equalTo(false))
            .body("recordRefs", hasSize(0))
            .extract()
            .path("id");

    Envelope told = told(id);
    assertThat(told.type()).isEqualTo(EventType.CONVERSATION_CREATED);
    assertThat(told.tenant()).isEqualTo(team.tenant());
    assertThat(told.id()).isEqualTo(Ids.named("conversation.created", id));
    assertThat(told.actor().id()).isEqualTo("ana");
    assertThat(told.data(Conversation.class).memberCount()).isEqualTo(3);
    assertThat(told.rights())
        .extracting(Right::id, Right::role, Right::granted, Right::effectiveSeq)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ana", "owner", true, 0L),
            org.assertj.core.groups.Tuple.tuple("ben", "member", true, 0L),
            org.assertj.core.groups.Tuple.tuple("cyd", "member", true, 0L));
    assertThat(told.rights()).allMatch(right -> right.visibleFromSeq() == 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                         | type",
        "{'type': 'salon'}                                                          | type",
        "{'type': 'group', 'members': ['ben', 'cyd']}                               | name",
        "{'type': 'group', 'name': '  ', 'members': ['ben', 'cyd']}                 | name",
        "{'type': 'group', 'name': 'x', 'members': ['ben']}                         | members",
        "{'type': 'group', 'name': 'x', 'members': ['ben', 'ana', 'ben']}           | members",
        "{'type': 'group', 'name': 'x', 'members': ['ben', 'a b']}                  | members[1]",
        "{'type': 'group', 'name': 'x', 'members': ['ben', 'here']}                 | members[1]",
        "{'type': 'group', 'name': 'x', 'members': 'ben'}                           | members",
        "{'type': 'group', 'name': 7, 'members': ['ben', 'cyd']}                    | name",
        "{'type': 'direct'}                                                         | members",
        "{'type': 'direct', 'members': ['ana']}                                     | members",
        "{'type': 'direct', 'members': ['ben', 'cyd']}                              | members",
        "{'type': 'channel', 'name': 'Not A Slug'}                                  | name",
        "{'type': 'channel'}                                                        | name",
        "{'type': 'group', 'name': 'x', 'posting': 'all', 'members': ['ben','cyd']} | posting",
        "{'type': 'subject'}                                                        | subject",
        "{'type': 'subject', 'subject': 'Two\\nlines'}                              | subject",
        "{'type': 'group', 'name': 'a\\u202eb', 'members': ['ben', 'cyd']}           | name",
        "{'type': 'internal_chat'}                                                  | members",
        "{'type': 'deal_room'}                                                      | recordRefs",
        "{'type': 'subject', 'subject': 's', 'recordRefs': [{'type': 'deal'}]}      |"
            + " recordRefs[0]",
        "{'type': 'sms', 'ownNumber': '+15550100001'}                               |"
            + " externalNumbers",
        "{'type': 'sms', 'externalNumbers': [], 'ownNumber': '+15550100001'}           |"
            + " externalNumbers",
        "{'type': 'sms', 'externalNumbers': ['+15550100002'], 'ownNumber': '5'}     | ownNumber",
        "{'type': 'sms', 'externalNumbers': ['5'], 'ownNumber': '+15550100001'}     |"
            + " externalNumbers[0]"
      })
  void whatIsMissingOrWrongIsNamed(String body, String field) {
    Team team = Team.of();
    team.as("ana")
        .body(body.replace('\'', '"'))
        .post("/v1/conversations")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void aGroupOfTwoHundredIsCreatedAndOneMoreIsNot() {
    Team team = Team.of("ana");
    String[] others = IntStream.range(0, 199).mapToObj(i -> "u" + i).toArray(String[]::new);
    for (String other : others) {
      team.tell("user", other, 1, Map.of("name", other));
    }
    team.known(others);
    List<String> all = List.of(others);
    String full =
        team.create("ana", Map.of("type", "group", "name", "x", "members", all))
            .statusCode(201)
            .body("memberCount", equalTo(200))
            .body("participants", hasSize(8))
            .extract()
            .path("id");
    team.tell("user", "late", 1, Map.of("name", "Late"));
    team.add("ana", full, Map.of("userId", "late"))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
    team.as("u0").delete("/v1/conversations/" + full + "/members/me").then().statusCode(204);
    team.add("ana", full, Map.of("userId", "late")).statusCode(201);
    List<String> more = new java.util.ArrayList<>(all);
    more.add("one-more");
    team.create("ana", Map.of("type", "group", "name", "x", "members", more))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
  }

  @Test
  void anUnknownMemberIsNamedAndOneToldOfMeanwhileIsWaitedFor() {
    Team team = Team.of("ana", "ben");
    Map<String, Object> body =
        Map.of("type", "group", "name", "x", "members", List.of("ben", "cyd"));
    team.create("ana", body)
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("members[1]"));
    team.tell("user", "cyd", 1, Map.of("name", "Cyd"));
    team.create("ana", body).statusCode(201).body("memberCount", equalTo(3));
  }

  @Test
  void somebodyInactiveOrOfAnotherTenantIsUnknown() {
    Team team = Team.of("ana", "ben");
    Team.of("zed");
    team.tell("user", "cyd", 1, Map.of("name", "Cyd", "active", false));
    team.known("cyd");
    for (String unknown : List.of("cyd", "zed")) {
      team.create("ana", Map.of("type", "direct", "members", List.of(unknown)))
          .statusCode(422)
          .body("violations[0].field", equalTo("members[0]"));
    }
  }

  @Test
  void aChannelsNameIsTakenOncePerTenant() {
    Map<String, Object> body = Map.of("type", "channel", "name", "general");
    Team team = Team.of("ana", "ben");
    team.create("ana", body).statusCode(201).body("posting", equalTo("all"));
    team.create("ben", body)
        .statusCode(409)
        .body("code", equalTo("name_taken"))
        .body("violations[0].field", equalTo("name"));
    Team.of("ana").create("ana", body).statusCode(201);
  }

  @Test
  void aSubjectAndAnInternalChatAreCreated() {
    Team team = Team.of("ana", "ben");
    team.create("ana", Map.of("type", "subject", "subject", "Invoice 7"))
        .statusCode(201)
        .body("title", equalTo("Invoice 7"))
        .body("memberCount", equalTo(1));
    team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
        .statusCode(201)
        .body("title", equalTo("Ben"))
        .body("subject", nullValue());
  }

  @Test
  void nobodyImpersonatingOpensAnInternalChat() {
    Team team = Team.of("ana", "ben");
    team.as("ana", Map.of("roles", "user", "impersonator", "boss"))
        .body(Map.of("type", "internal_chat", "members", List.of("ben")))
        .post("/v1/conversations")
        .then()
        .statusCode(403)
        .body("code", equalTo("impersonation_forbidden"));
  }

  @Test
  void clientsAndMachinesCreateNothing() {
    Team team = Team.of("ana");
    for (String role : List.of("client", "service")) {
      team.as("ana", Map.of("roles", role))
          .body(Map.of("type", "subject", "subject", "x"))
          .post("/v1/conversations")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
    }
  }

  @Test
  void aDealHasOneRoomWithItsOwnerAndAccountTeam() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("company", "acme", 1, Map.of("name", "Acme", "accountTeam", List.of("cyd")));
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ben", "companyId", "acme"));
    Map<String, Object> body =
        Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1")));
    String id =
        team.create("ana", body)
            .statusCode(201)
            .body("memberCount", equalTo(3))
            .body("myRole", equalTo("member"))
            .body("participants.id", contains("ben", "cyd", "ana"))
            .extract()
            .path("id");
    team.create("cyd", body).statusCode(200).body("id", equalTo(id));
    team.get("ben", id).body("myRole", equalTo("owner")).body("mySource", equalTo("derived"));
    team.create(
            "ana",
            Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d2"))))
        .statusCode(404);
  }

  @Test
  void anUnknownRecordIsNamed() {
    Team.of("ana")
        .create(
            "ana",
            Map.of(
                "type",
                "subject",
                "subject",
                "x",
                "recordRefs",
                List.of(Map.of("type", "deal", "id", "gone"))))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("recordRefs[0]"));
  }

  @Test
  void aPhonePairHasOneLiveConversationThatTakesTheContactsPeopleIn() {
    Team team = Team.of("ana", "ben");
    String ours = team.number(null);
    team.has(
        "contact",
        "c1",
        1,
        Map.of("name", "Zoe", "phones", List.of("+15550100002"), "ownerId", "ben"));
    Map<String, Object> body =
        Map.of("type", "sms", "externalNumbers", List.of("+1 555 010 0002"), "ownNumber", ours);
    String id =
        team.create("ana", body)
            .statusCode(201)
            .body("title", equalTo("Zoe"))
            .body("contactId", equalTo("c1"))
            .body("contactOwnerId", equalTo("ben"))
            .body("ownNumber", equalTo(ours))
            .body("externalNumbers", contains("+15550100002"))
            .body("mySource", equalTo("derived"))
            .body("myRole", nullValue())
            .body("participants.kind", contains("phone", "user", "user"))
            .extract()
            .path("id");
    team.create("ben", body).statusCode(200).body("id", equalTo(id));
    team.admin("root").post("/v1/conversations/" + id + "/archive").then().statusCode(200);
    String next = team.create("ana", body).statusCode(201).extract().path("id");
    assertThat(next).isNotEqualTo(id);
    team.admin("root")
        .post("/v1/conversations/" + id + "/unarchive")
        .then()
        .statusCode(409)
        .body("code", equalTo("number_in_use"));
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameConversation() {
    Team team = Team.of("ana");
    Map<String, Object> body = Map.of("type", "subject", "subject", "Once");
    String first = keyed(team, body, 201);
    assertThat(keyed(team, body, 201)).isEqualTo(first);
    team.as("ana")
        .header("Idempotency-Key", "k1")
        .body(Map.of("type", "subject", "subject", "Twice"))
        .post("/v1/conversations")
        .then()
        .statusCode(409)
        .body("code", equalTo("idempotency_key_reused"));
    team.as("ana").get("/v1/conversations").then().body("items", hasSize(1));
  }

  @Test
  void aChannelForAClientWhomTheCrmDoesNotKnowIsRefused() {
    Team.of("ana")
        .create("ana", Map.of("type", "client", "members", List.of("c1")))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("members[0]"));
  }

  private static String keyed(Team team, Map<String, Object> body, int status) {
    return team.as("ana")
        .header("Idempotency-Key", "k1")
        .body(body)
        .post("/v1/conversations")
        .then()
        .statusCode(status)
        .extract()
        .path("id");
  }

  private static Envelope told(String id) {
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    await().atMost(Duration.ofSeconds(10)).until(() -> !PlayedMessageService.told(id).isEmpty());
    return PlayedMessageService.told(id).get(0);
  }
}
