package dev.parley.conversation.records;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields of a record are taken as they come, and which are refused by name. */
@QuarkusTest
class CrmFieldsTest extends WithBackEnds {
  private static final Map<String, String> SERVICE = Map.of("roles", "service");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contact/c1 | {}                                              | version",
        "contact/c1 | {'version': '1'}                                | version",
        "contact/c1 | {'version': 1.5}                                | version",
        "contact/c1 | {'version': -1}                                 | version",
        "contact/c1 | {'version': 9007199254740992}                   | version",
        "contact/c1 | {'version': 1, 'name': 5}                       | name",
        "contact/c1 | {'version': 1, 'phones': ['555']}               | phones[0]",
        "contact/c1 | {'version': 1, 'phones': ['+1 555 010 0002']}   | phones[0]",
        "contact/c1 | {'version': 1, 'ownerId': 'a b'}                | ownerId",
        "contact/c1 | {'version': 1, 'followers': ['me']}             | followers",
        "user/ana   | {'version': 1, 'roles': ['user', 'cook']}       | roles[1]",
        "user/ana   | {'version': 1, 'roles': [null]}                 | roles[0]",
        "user/ana   | {'version': 1, 'timezone': 'Europe/Bielefeld'}  | timezone",
        "user/ana   | {'version': 1, 'name': 'Ana\\nAmes'}             | name",
        "user/ana   | {'version': 1, 'name': 'Ana\\u202eAmes'}         | name",
        "deal/d1    | {'version': 1, 'stage': 'won\\r'}               | stage",
        "contact/me | {'version': 1}                                  | id",
        "1x/c1      | {'version': 1}                                  | type"
      })
  void whatIsWrongIsNamed(String record, String body, String field) {
    Team.of()
        .as("crm", SERVICE)
        .body(body.replace('\'', '"'))
        .put("/v1/crm/records/" + record)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void namesOfAllScriptsRolesAndZonesAreTaken() {
    Team team = Team.of("ana");
    for (String name : List.of("Ana d'Ámes-Øberg", "محمد", "山田 太郎", "A\u200dB")) {
      Map<String, Object> user =
          Map.of(
              "version",
              1,
              "name",
              name,
              "roles",
              List.of("user", "admin", "supervisor", "agency"),
              "timezone",
              "America/Argentina/Buenos_Aires");
      team.as("crm", SERVICE).body(user).put("/v1/crm/records/user/u1").then().statusCode(202);
    }
  }

  @Test
  void aRecordThatBringsNoAddressHasTheOneThatTheTenantHasSet() {
    Team team = Team.of("ana");
    team.admin("root")
        .body(Map.of("links.record", "https://crm.example/{type}/{id}"))
        .put("/v1/tenant/settings")
        .then()
        .statusCode(200);
    team.has("deal", "d1", 1, Map.of("name", "One"));
    team.has("deal", "d2", 1, Map.of("name", "Two", "url", "https://else.example/2"));
    String[] expected = {"https://crm.example/deal/d1", "https://else.example/2"};
    team.as("ana")
        .get("/v1/records?refs=deal:d1,deal:d2")
        .then()
        .body("items.url", contains(expected));
    team.as("ana").get("/v1/records?type=deal").then().body("items.url", contains(expected));
    team.as("ana").get("/v1/records?refs=deal:none").then().body("items[0].url", nullValue());
  }
}
