package dev.parley.conversation.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CreateConversationTest extends WithBackEnds {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                         | type",
        "{'type': 'salon'}                                                          | type",
        "{'type': 'group', 'members': ['ben', 'cyd']}                               | name",
        "{'type': 'group', 'name': '  ', 'members': ['ben', 'cyd']}                 | name",
        "{'type': 'group', 'name': '\\u200b', 'members': ['ben', 'cyd']}             | name",
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
}
