package dev.parley.conversation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.OpenApiSnapshot;
import dev.parley.chassis.RequestExamples;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.WrongRequests;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ConversationApiTest extends WithBackEnds {
  private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }

  /** But a batch of records may be their array alone. */
  @Test
  void whatIsNoRequestIsRefusedEverywhereAlike() {
    String token = Tokens.admin("t" + Ids.next(), "ana");
    assertThat(WrongRequests.notRefused(() -> given().auth().oauth2(token)))
        .allMatch(fault -> fault.startsWith("POST /v1/crm/records:batch [] names a field:"));
  }

  @Test
  void everyExampleOfARequestIsRead() {
    String token = Tokens.admin("t" + Ids.next(), "ana");
    assertThat(
            RequestExamples.unreadable(
                () -> given().auth().oauth2(token), text -> text.replace("{type}", "contact")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/me",
    "GET, /v1/tenant/settings",
    "PUT, /v1/tenant/settings",
    "GET, /v1/directory",
    "GET, /v1/records?type=deal",
    "PUT, /v1/crm/records/user/ana",
    "DELETE, /v1/crm/records/user/ana?version=1",
    "POST, /v1/crm/records:batch",
    "GET, /v1/crm/records",
    "GET, /v1/conversations",
    "POST, /v1/conversations",
    "GET, /v1/conversations/{id}",
    "PATCH, /v1/conversations/{id}",
    "POST, /v1/conversations/{id}/close",
    "POST, /v1/conversations/{id}/open",
    "POST, /v1/conversations/{id}/archive",
    "POST, /v1/conversations/{id}/unarchive",
    "GET, /v1/conversations/{id}/members",
    "POST, /v1/conversations/{id}/members",
    "PATCH, /v1/conversations/{id}/members/{id}",
    "DELETE, /v1/conversations/{id}/members/me",
    "GET, /v1/conversations/{id}/context",
    "PUT, /v1/conversations/{id}/context",
    "GET, /v1/conversations/{id}/leases",
    "POST, /v1/conversations/{id}/leases/context",
    "DELETE, /v1/conversations/{id}/leases/context",
    "PUT, /v1/conversations/{id}/assignment",
    "GET, /v1/crm/timeline",
    "GET, /v1/inboxes/team",
    "GET, /v1/inboxes/assigned",
    "GET, /v1/inboxes/internal",
    "GET, /v1/inboxes/counts",
    "PUT, /v1/conversations/{id}/preferences",
    "GET, /v1/channels",
    "POST, /v1/channels/{id}/join"
  })
  void withoutATokenEveryCallIs401(Method method, String path) {
    given()
        .contentType("application/json")
        .body("{}")
        .urlEncodingEnabled(false)
        .request(method, path.replace("{id}", ID))
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /v1/conversations/{id}              | {}",
        "PATCH  | /v1/conversations/{id}              | {\"name\": \"x\"}",
        "POST   | /v1/conversations/{id}/close        | {}",
        "POST   | /v1/conversations/{id}/open         | {}",
        "POST   | /v1/conversations/{id}/archive      | {}",
        "POST   | /v1/conversations/{id}/unarchive    | {}",
        "GET    | /v1/conversations/{id}/members      | {}",
        "POST   | /v1/conversations/{id}/members      | {\"userId\": \"ana\"}",
        "PATCH  | /v1/conversations/{id}/members/{id} | {\"role\": \"admin\"}",
        "DELETE | /v1/conversations/{id}/members/{id} | {}",
        "DELETE | /v1/conversations/{id}/members/me   | {}",
        "GET    | /v1/conversations/{id}/context        | {}",
        "PUT    | /v1/conversations/{id}/context        | {\"topic\": \"x\"}",
        "GET    | /v1/conversations/{id}/leases         | {}",
        "POST   | /v1/conversations/{id}/leases/context | {}",
        "DELETE | /v1/conversations/{id}/leases/context | {}",
        "PUT    | /v1/conversations/{id}/assignment     | {\"followers\": []}",
        "PUT    | /v1/conversations/{id}/preferences  | {\"starred\": true}",
        "POST   | /v1/channels/{id}/join              | {}"
      })
  void anotherTenantsAnInvisibleAndAnUnknownConversationAreAlike404(
      Method method, String path, String body) {
    Team team = Team.of("ana", "ben", "cyd", "eve");
    String group = team.group("ana", "ben", "cyd");
    refused(team, "eve", method, path, body, group);
    refused(Team.of("ana"), "ana", method, path, body, group);
    refused(team, "ana", method, path, body, ID);
    refused(team, "ana", method, path, body, "no-uuid");
  }

  private static void refused(
      Team team, String user, Method method, String path, String body, String id) {
    team.as(user)
        .body(body)
        .request(method, path.replace("{id}", id))
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"))
        .body("detail", equalTo("There is no such thing, or you may not see it."));
  }
}
