package dev.parley.notification.preference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.PresenceState;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PreferenceResourceTest extends WithBackEnds {
  private static final String PATH = "/v1/notification-preferences";

  @Test
  void whoChoseNothingGetsTheDefaults() {
    as("ana")
        .get(PATH)
        .then()
        .statusCode(200)
        .body("default", equalTo("all"))
        .body("byType", aMapWithSize(2))
        .body("byType.channel", equalTo("mentions"))
        .body("byType.deal_room", equalTo("mentions"))
        .body("email", equalTo("when_inactive"))
        .body("sound", equalTo(true));
  }

  @Test
  void whatIsChosenIsGivenBackToItsOwnerAlone() {
    put(
        "ana",
        "{\"default\": \"mentions\", \"byType\": {\"sms\": \"all\"}, \"email\": \"never\", \"sound\": false}",
        200);

    as("ana")
        .get(PATH)
        .then()
        .body("default", equalTo("mentions"))
        .body("byType", equalTo(Map.of("sms", "all")))
        .body("email", equalTo("never"))
        .body("sound", equalTo(false));
    as("ben").get(PATH).then().body("email", equalTo("when_inactive"));
    given()
        .auth()
        .oauth2(Tokens.user("t" + Ids.next(), "ana"))
        .get(PATH)
        .then()
        .body("email", equalTo("when_inactive"));
    given()
        .auth()
        .oauth2(Tokens.of(tenant, "ana", Map.of("roles", "client")))
        .get(PATH)
        .then()
        .body("email", equalTo("when_inactive"));

    put("ana", "{}", 200);
    as("ana")
        .get(PATH)
        .then()
        .body("default", equalTo("all"))
        .body("email", equalTo("when_inactive"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"email\": \"sometimes\"} | email",
        "{\"default\": \"loud\"} | default",
        "{\"sound\": \"yes\"} | sound",
        "{\"byType\": {\"letter\": \"all\"}} | byType.letter",
        "{\"byType\": {\"sms\": null}} | byType.sms",
        "{\"byType\": \"all\"} | byType",
        "nonsense | $",
      })
  void aWrongValueIsNamed(String body, String field) {
    as("ana")
        .contentType("application/json")
        .body(body)
        .put(PATH)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void aTokenIsNeeded() {
    given().get(PATH).then().statusCode(401).body("code", equalTo("unauthenticated"));
    given().contentType("application/json").body("{}").put(PATH).then().statusCode(401);
  }

  @Test
  void nobodyChangesThemWhileLoggedInAsAnother() {
    String root = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));

    given()
        .auth()
        .oauth2(root)
        .contentType("application/json")
        .body("{\"email\": \"never\"}")
        .put(PATH)
        .then()
        .statusCode(403)
        .body("code", equalTo("impersonation_forbidden"));
    as("ana").get(PATH).then().body("email", equalTo("when_inactive"));
  }

  @Test
  void neverMeansNoMailAndAlwaysMeansOneWhileThere() {
    users("ana", "ben", "cleo", "dee");
    put("ben", "{\"email\": \"never\"}", 200);
    put("cleo", "{\"email\": \"always\"}", 200);
    put("dee", "{\"byType\": {\"group\": \"none\"}}", 200);
    presence("cleo", PresenceState.ONLINE);

    TimelineLog.create(tenant, ConversationType.GROUP, "Chosen", "ana", "ben", "cleo", "dee")
        .say("ana", "hello");

    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).isEmpty();
    assertThat(mails("dee")).isEmpty();
  }

  @Test
  void aChoiceBindsForMailsThatAlreadyWait() {
    users("ana", "ben", "cleo");
    TimelineLog.create(tenant, ConversationType.GROUP, "Waiting", "ana", "ben", "cleo")
        .say("ana", "hello");
    awaitRows(2, "select id from mail where tenant = $1 and state = 'waiting'");

    put("ben", "{\"email\": \"never\"}", 200);

    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).isEmpty();
  }

  private void put(String id, String body, int status) {
    as(id).contentType("application/json").body(body).put(PATH).then().statusCode(status);
  }
}
