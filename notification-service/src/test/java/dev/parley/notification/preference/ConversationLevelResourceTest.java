package dev.parley.notification.preference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.LevelUpdated;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConversationLevelResourceTest extends WithBackEnds {
  private static final String PATH = "/v1/notification-preferences/conversations";
  private static final String LATER = "2040-01-01T08:00:00.000Z";

  @Test
  void whoChoseNothingHasTheLevelOfTheType() {
    UUID group = create(ConversationType.GROUP);
    get("ana", group)
        .statusCode(200)
        .body("conversationId", equalTo(group.toString()))
        .body("level", equalTo("all"))
        .body("inherited", equalTo(true))
        .body("muteUntil", nullValue());
    get("ana", create(ConversationType.CHANNEL)).body("level", equalTo("mentions"));

    as("ana")
        .contentType("application/json")
        .body("{\"default\": \"none\"}")
        .put("/v1/notification-preferences")
        .then()
        .statusCode(200);
    get("ana", group).body("level", equalTo("none")).body("inherited", equalTo(true));
  }

  @Test
  void aChoiceIsItsOwnersAndToldToThemAlone() {
    UUID group = create(ConversationType.GROUP);
    put("ana", group, "{\"level\": \"mentions\", \"muteUntil\": \"" + LATER + "\"}")
        .statusCode(200)
        .body("level", equalTo("mentions"))
        .body("inherited", nullValue())
        .body("muteUntil", equalTo(LATER));
    get("ana", group).body("level", equalTo("mentions")).body("muteUntil", equalTo(LATER));
    get("ben", group).body("level", equalTo("all")).body("muteUntil", nullValue());

    put("ana", group, "{}").statusCode(200).body("level", equalTo("all"));
    get("ana", group).body("inherited", equalTo(true)).body("muteUntil", nullValue());

    List<Envelope> told = told(group, 2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told)
        .extracting(event -> event.data(LevelUpdated.class))
        .containsExactly(
            new LevelUpdated(Level.MENTIONS, Instant.parse(LATER), 1),
            new LevelUpdated(null, null, 2));
    assertThat(told).extracting(Envelope::to).containsOnly(List.of(Recipient.user("ana")));
  }

  @Test
  void aMuteEndsWhenItsOwnerSaidToTheLastMoment() {
    UUID group = create(ConversationType.GROUP);
    String last = "9999-12-31T23:59:59.999Z";
    put("ana", group, "{\"muteUntil\": \"" + last + "\"}")
        .statusCode(200)
        .body("muteUntil", equalTo(last));
    get("ana", group).body("muteUntil", equalTo(last));
    assertThat(told(group, 1).get(0).data(LevelUpdated.class).muteUntil()).isEqualTo(last);
    put("ana", group, "{\"muteUntil\": \"+10000-01-01T00:00:00Z\"}").statusCode(400);
  }

  @Test
  void whatHasPassedIsNotMuted() {
    UUID group = create(ConversationType.GROUP);
    put("ana", group, "{\"muteUntil\": \"2001-01-01T00:00:00Z\"}")
        .statusCode(200)
        .body("muteUntil", nullValue());
    assertThat(told(group, 1).get(0).data(LevelUpdated.class).muteUntil()).isNull();

    put("ana", group, "{\"muteUntil\": \"" + Instant.now().plusMillis(700) + "\"}");
    await()
        .atMost(SOON)
        .until(() -> get("ana", group).statusCode(200).extract().path("muteUntil") == null);
    list("ana", Map.of()).body("items", empty());
  }

  @Test
  void theListHasWhatWasChosenPageByPage() {
    UUID one = create(ConversationType.GROUP);
    UUID two = create(ConversationType.CHANNEL);
    UUID untouched = create(ConversationType.GROUP);
    get("ana", untouched).statusCode(200);
    put("ana", two, "{\"level\": \"none\"}").statusCode(200);
    put("ana", one, "{\"muteUntil\": \"" + LATER + "\"}").statusCode(200);

    list("ana", Map.of())
        .body("items.conversationId", contains(one.toString(), two.toString()))
        .body("items.level", contains("all", "none"))
        .body("next", nullValue());
    String next =
        list("ana", Map.of("limit", 1))
            .body("items.conversationId", contains(one.toString()))
            .extract()
            .path("next");
    list("ana", Map.of("limit", 1, "cursor", next))
        .body("items.conversationId", contains(two.toString()))
        .body("next", nullValue());
    list("ben", Map.of()).body("items", empty());
    as("ben").queryParam("cursor", next).get(PATH).then().statusCode(400);
    as("ana").queryParam("limit", 201).get(PATH).then().statusCode(400);
  }

  @Test
  void whatOneDoesNotSeeIsNotThere() {
    TimelineLog log =
        known("ben", TimelineLog.create(tenant, ConversationType.GROUP, "G", "ana", "ben"));
    UUID group = log.id();
    put("ben", group, "{\"level\": \"none\"}").statusCode(200);

    get("cy", group).statusCode(404).body("code", equalTo("not_found"));
    put("cy", group, "{}").statusCode(404);
    get("ana", Ids.next()).statusCode(404);
    as("ana").get(PATH + "/nonsense").then().statusCode(404);
    given()
        .auth()
        .oauth2(Tokens.user("t" + Ids.next(), "ana"))
        .get(PATH + "/" + group)
        .then()
        .statusCode(404);

    log.remove("ben");
    await().atMost(SOON).until(() -> get("ben", group).extract().statusCode() == 404);
    list("ben", Map.of()).body("items", empty());
  }

  @Test
  void staffChooseForCustomersTheySeeAndClientsForTheirOwnChannel() {
    UUID channel =
        known(
                "ana",
                TimelineLog.create(tenant, ConversationType.CLIENT, null, "ana", "client:carl"))
            .id();
    UUID group = create(ConversationType.GROUP);
    get("cy", channel).statusCode(200).body("level", equalTo("all"));
    asClient("dora").get(PATH + "/" + channel).then().statusCode(404);
    asClient("carl").get(PATH + "/" + group).then().statusCode(404);

    asClient("carl")
        .contentType("application/json")
        .body("{\"level\": \"none\"}")
        .put(PATH + "/" + channel)
        .then()
        .statusCode(200)
        .body("level", equalTo("none"));
    assertThat(told(channel, 1).get(0).to()).containsExactly(new Recipient("client", "carl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"level\": \"loud\"} | level",
        "{\"level\": 3.5} | level",
        "{\"muteUntil\": \"tomorrow\"} | muteUntil",
        "{\"muteUntil\": [1]} | muteUntil",
        "nonsense | $",
      })
  void aWrongValueIsNamed(String body, String field) {
    put("ana", create(ConversationType.GROUP), body)
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void aTokenIsNeeded() {
    String one = PATH + "/" + Ids.next();
    given().get(PATH).then().statusCode(401).body("code", equalTo("unauthenticated"));
    given().get(one).then().statusCode(401);
    given().contentType("application/json").body("{}").put(one).then().statusCode(401);
  }

  @Test
  void nobodyReadsOrChangesThemWhileLoggedInAsAnother() {
    UUID group = create(ConversationType.GROUP);
    String root = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    var as = given().auth().oauth2(root).contentType("application/json");
    as.get(PATH).then().statusCode(403).body("code", equalTo("impersonation_forbidden"));
    as.get(PATH + "/" + group).then().statusCode(403);
    as.body("{\"level\": \"none\"}").put(PATH + "/" + group).then().statusCode(403);
    get("ana", group).body("inherited", equalTo(true));
  }

  @Test
  void aMutedConversationMailsNothingNotEvenWhoIsMeant() {
    users("ana", "ben", "cleo");
    TimelineLog log = known("ben", group("ana", "ben", "cleo"));
    put("ben", log.id(), "{\"level\": \"all\", \"muteUntil\": \"" + LATER + "\"}").statusCode(200);

    log.say("ana", "hello", "ben", "cleo");

    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).isEmpty();
  }

  @Test
  void mutingHoldsBackMailsThatAlreadyWait() {
    users("ana", "ben", "cleo");
    TimelineLog log = known("ben", group("ana", "ben", "cleo"));
    log.say("ana", "hello");
    await().atMost(SOON).until(() -> due("1 hour") == 2);

    put("ben", log.id(), "{\"muteUntil\": \"" + LATER + "\"}").statusCode(200);
    assertThat(due("0 hours")).isEqualTo(2);

    awaitMails("cleo", 1);
    awaitQuiet();
    assertThat(mails("ben")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"group", "channel"})
  void theConversationsLevelStandsBeforeThatOfTheType(String type) {
    users("ana", "ben", "cleo", "dee");
    ConversationType of = ConversationType.of(type);
    TimelineLog log =
        known("ben", TimelineLog.create(tenant, of, "C", "ana", "ben", "cleo", "dee"));
    put("ben", log.id(), "{\"level\": \"all\"}").statusCode(200);
    put("cleo", log.id(), "{\"level\": \"none\"}").statusCode(200);
    put("dee", log.id(), "{\"level\": \"mentions\"}").statusCode(200);

    log.say("ana", "hello", "cleo");

    awaitMails("ben", 1);
    awaitQuiet();
    assertThat(mails("cleo")).isEmpty();
    assertThat(mails("dee")).isEmpty();
  }

  private UUID create(ConversationType type) {
    return known("ana", TimelineLog.create(tenant, type, "C", "ana", "ben")).id();
  }

  /** Waits until the service knows that the person sees it. */
  private TimelineLog known(String id, TimelineLog log) {
    await().atMost(SOON).until(() -> get(id, log.id()).extract().statusCode() == 200);
    return log;
  }

  /** Has the mails that wait be due then; how many they are. */
  private int due(String in) {
    return rows(
            "update mail set due_at = now() + $2::text::interval"
                + " where tenant = $1 and state = 'waiting' returning id",
            tenant,
            in)
        .size();
  }

  private TimelineLog group(String... members) {
    return TimelineLog.create(tenant, ConversationType.GROUP, "G", members);
  }

  private RequestSpecification asClient(String id) {
    return given().auth().oauth2(Tokens.of(tenant, id, Map.of("roles", "client")));
  }

  private ValidatableResponse get(String id, UUID conversation) {
    return as(id).get(PATH + "/" + conversation).then();
  }

  private ValidatableResponse put(String id, UUID conversation, String body) {
    return as(id).contentType("application/json").body(body).put(PATH + "/" + conversation).then();
  }

  private ValidatableResponse list(String id, Map<String, ?> query) {
    return as(id).queryParams(query).get(PATH).then().statusCode(200);
  }

  private static List<Envelope> told(UUID conversation, int count) {
    return Wire.await(
        Topics.NOTIFICATION, count, SOON, event -> conversation.equals(event.conversationId()));
  }
}
