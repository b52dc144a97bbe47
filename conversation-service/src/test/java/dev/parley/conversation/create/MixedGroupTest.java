package dev.parley.conversation.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Outside numbers in groups: each with one of our numbers belongs to one live conversation. */
@QuarkusTest
class MixedGroupTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ZOE = "+15550100002";
  private static final String YAN = "+15550100003";

  @Test
  void aGroupTakesOutsideNumbersAndTheirTextsComeThere() {
    Team team = Team.of("ana", "ben");
    String ours = team.number(null);
    team.has("contact", "c1", 1, Map.of("name", "Zoe", "phones", List.of(ZOE)));
    String group =
        group(team, Map.of("externalNumbers", List.of("+1 555 010 0002", ZOE), "ownNumber", ours))
            .statusCode(201)
            .body("ownNumber", equalTo(ours))
            .body("externalNumbers", contains(ZOE))
            .body("memberCount", equalTo(3))
            .body("participants.kind", contains("user", "user", "phone"))
            .extract()
            .path("id");
    Team.told(group);
    assertThat(PlayedMessageService.told(group).get(0).rights())
        .extracting(Right::kind)
        .containsExactly("user", "user", "phone");
    team.as("ana").post("/v1/conversations/" + group + "/close").then().statusCode(200);

    text(team, ours, ZOE, "ana");
    InboundBound bound = bound(team);
    assertThat(bound.conversationId()).hasToString(group);
    assertThat(bound.authorName()).isEqualTo("Zoe");
    team.get("ana", group).body("state", equalTo("open"));
    team.list("ana", "type=sms").body("items", empty());
    team.list("ana", "q=0100002").body("items.id", contains(group));
  }

  @Test
  void aNumberInUseIsRefusedUnlessItsSmsConversationGivesWay() {
    Team team = Team.of("ana", "ben");
    String ours = team.number(null);
    String sms = sms(team, ours).statusCode(201).extract().path("id");
    Map<String, Object> numbers = Map.of("externalNumbers", List.of(ZOE), "ownNumber", ours);
    group(team, numbers)
        .statusCode(409)
        .body("code", equalTo("number_in_use"))
        .body("violations[0].field", equalTo("externalNumbers"));
    Map<String, Object> takeOver = new LinkedHashMap<>(numbers);
    takeOver.put("takeOver", true);
    String group = group(team, takeOver).statusCode(201).extract().path("id");
    team.get("ana", sms).body("state", equalTo("archived"));
    group(team, takeOver).statusCode(409).body("code", equalTo("number_in_use"));
    sms(team, ours).statusCode(409).body("code", equalTo("number_in_use"));
    team.admin("root")
        .post("/v1/conversations/" + sms + "/unarchive")
        .then()
        .statusCode(409)
        .body("code", equalTo("number_in_use"));

    team.as("ana").post("/v1/conversations/" + group + "/archive").then().statusCode(200);
    sms(team, ours).statusCode(201);
    team.as("ana")
        .post("/v1/conversations/" + group + "/unarchive")
        .then()
        .statusCode(409)
        .body("code", equalTo("number_in_use"));
  }

  @Test
  void anotherNumberThatOneHoldsIsTakenInstead() {
    Team team = Team.of("ana", "ben");
    group(team, Map.of("externalNumbers", List.of(ZOE)))
        .statusCode(422)
        .body("code", equalTo("no_sms_number"))
        .body("violations[0].field", equalTo("ownNumber"));
    team.as("ana").get("/v1/me").then().body("numbers", empty());
    String nobodys = team.number(null);
    String anas = team.number("ana");
    team.as("ana").get("/v1/me").then().body("numbers", contains(anas));
    sms(team, nobodys).statusCode(201);
    group(team, Map.of("externalNumbers", List.of(ZOE), "ownNumber", nobodys))
        .statusCode(201)
        .body("ownNumber", equalTo(anas));
  }

  @Test
  void aGroupStandsOnNoNumberOfOthers() {
    Team team = Team.of("ana", "ben");
    String bens = team.number("ben");
    String strangers = Team.of("ana").number(null);
    group(team, Map.of("externalNumbers", List.of(ZOE), "ownNumber", bens))
        .statusCode(422)
        .body("code", equalTo("no_sms_number"))
        .body("violations[0].field", equalTo("ownNumber"));
    group(team, Map.of("externalNumbers", List.of(ZOE), "ownNumber", strangers))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("ownNumber"));
  }

  @Test
  void numbersComeAndGo() {
    Team team = Team.of("ana", "ben", "cyd");
    String ours = team.number(null);
    String plain = team.group("ana", "ben", "cyd");
    team.add("ana", plain, Map.of("phoneNumber", YAN))
        .statusCode(422)
        .body("code", equalTo("no_sms_number"));
    String group =
        group(team, Map.of("externalNumbers", List.of(ZOE), "ownNumber", ours))
            .extract()
            .path("id");
    team.add("ana", group, Map.of("phoneNumber", YAN))
        .statusCode(201)
        .body("items[0].phoneNumber", equalTo(YAN))
        .body("items[0].kind", equalTo("phone"));
    team.get("ana", group)
        .body("externalNumbers", contains(ZOE, YAN))
        .body("version", equalTo(2))
        .body("memberCount", equalTo(4));
    String yan =
        team.as("ana")
            .get("/v1/conversations/" + group + "/members")
            .path("items.find { it.phoneNumber == '" + YAN + "' }.id");
    team.as("ana").delete("/v1/conversations/" + group + "/members/" + yan).then().statusCode(204);
    assertThat(
            PlayedMessageService.told(group).stream()
                .filter(event -> event.type().equals(EventType.PILL_REQUESTED))
                .map(event -> event.data(Pill.class)))
        .containsExactly(
            new Pill("outsider_added", Map.of("number", YAN, "by", "ana")),
            new Pill("member_removed", Map.of("member", YAN, "by", "ana")));
    team.get("ana", group).body("externalNumbers", contains(ZOE)).body("memberCount", equalTo(3));
    group(team, Map.of("externalNumbers", List.of(YAN), "ownNumber", ours)).statusCode(201);
  }

  @Test
  void ofTwentyGroupsForOneNumberAtOnceOneIsMade() {
    Team team = Team.of("ana", "ben");
    String ours = team.number(null);
    Map<String, Object> numbers = Map.of("externalNumbers", List.of(ZOE, YAN), "ownNumber", ours);
    List<Integer> statuses =
        java.util.stream.IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> group(team, numbers).extract().statusCode())
            .toList();
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(19);
    team.list("ana", "").body("items", hasSize(1));
  }

  @Test
  void whatIsWrongIsNamed() {
    Team team = Team.of("ana", "ben");
    String ours = team.number(null);
    group(team, Map.of("externalNumbers", List.of("5"), "ownNumber", ours))
        .statusCode(400)
        .body("violations[0].field", equalTo("externalNumbers[0]"));
    group(team, Map.of("externalNumbers", List.of(ours), "ownNumber", ours))
        .statusCode(400)
        .body("violations[0].field", equalTo("externalNumbers[0]"));
    group(team, Map.of("externalNumbers", List.of(ZOE), "ownNumber", "x"))
        .statusCode(400)
        .body("violations[0].field", equalTo("ownNumber"));
  }

  private static ValidatableResponse group(Team team, Map<String, Object> numbers) {
    Map<String, Object> body =
        new LinkedHashMap<>(Map.of("type", "group", "name", "Mixed", "members", List.of("ben")));
    body.putAll(numbers);
    return team.create("ana", body);
  }

  private static ValidatableResponse sms(Team team, String ours) {
    return team.create(
        "ana", Map.of("type", "sms", "externalNumbers", List.of(ZOE), "ownNumber", ours));
  }

  private static void text(Team team, String ours, String theirs, String holder) {
    String sid = Ids.next().toString();
    SmsReceived sms =
        new SmsReceived(
            Ids.named(Instant.now(), "twilio", sid),
            "twilio",
            sid,
            ours,
            theirs,
            "hello",
            List.of(),
            holder,
            Instant.parse("2026-03-01T09:30:00.123Z"));
    Wire.publish(
        Topics.SMS_INBOUND,
        team.tenant() + "|" + ours + "|" + theirs,
        Envelope.of(
            EventType.SMS_RECEIVED,
            team.tenant(),
            null,
            new Actor(theirs, "phone", null, null),
            sms.receivedAt(),
            sms));
  }

  private static InboundBound bound(Team team) {
    return Wire.await(
            Topics.CONVERSATION_INBOUND, 1, SOON, event -> event.tenant().equals(team.tenant()))
        .get(0)
        .data(InboundBound.class);
  }
}
