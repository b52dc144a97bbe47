package dev.parley.conversation.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which SMS conversation a pair of numbers has, and on which of our numbers it may stand. */
@QuarkusTest
class SmsConversationTest extends WithBackEnds {
  private static final String THEIRS = "+15550100002";

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
  void withoutANumberItStandsOnOnesOwn() {
    Team team = Team.of("ana", "ben");
    String ours = team.number("ana");
    String id =
        sms(team, "ana", null)
            .statusCode(201)
            .body("ownNumber", equalTo(ours))
            .extract()
            .path("id");
    sms(team, "ana", ours).statusCode(200).body("id", equalTo(id));
    refused(sms(team, "ben", null), "no_sms_number");
  }

  @Test
  void ofSeveralTheFirstIsOnesOwn() {
    Team team = Team.of("ana");
    String first = team.number("ana");
    String second = team.number("ana");
    sms(team, "ana", second).statusCode(201).body("ownNumber", equalTo(second));
    sms(team, "ana", null).statusCode(201).body("ownNumber", equalTo(first));
  }

  @Test
  void aNumberOfSomebodyElseOrOfAnotherTenantIsRefused() {
    Team team = Team.of("ana", "ben");
    String anas = team.number("ana");
    String nobodys = team.number(null);
    String others = Team.of("ana").number("ana");
    sms(team, "ana", anas).statusCode(201);
    sms(team, "ben", nobodys).statusCode(201);
    refused(sms(team, "ben", anas), "no_sms_number");
    refused(sms(team, "ana", others), "unknown_reference");
    refused(sms(team, "ana", "+15559999999"), "unknown_reference");
  }

  @Test
  void aNumberThatSendsNoTextsIsRefusedAndANewHolderMayUseItAtOnce() {
    Team team = Team.of("ana", "ben");
    String ours = team.number("ana");
    sms(team, "ana", ours).statusCode(201);
    team.number(ours, false, "ana", 2);
    refused(sms(team, "ana", ours), "no_sms_number");
    team.number(ours, true, "ben", 3);
    sms(team, "ben", ours).statusCode(200);
    refused(sms(team, "ana", ours), "no_sms_number");
  }

  private static ValidatableResponse sms(Team team, String user, String ours) {
    Map<String, Object> body = new HashMap<>();
    body.put("type", "sms");
    body.put("externalNumbers", List.of(THEIRS));
    body.put("ownNumber", ours);
    return team.create(user, body);
  }

  private static void refused(ValidatableResponse answer, String code) {
    answer
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("violations[0].field", equalTo("ownNumber"));
  }
}
