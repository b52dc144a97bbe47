package dev.parley.message.send.schedule;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could never be sent is refused when it is planned, and when the plan is changed. */
@QuarkusTest
class ScheduleRefusalsTest extends WithBackEnds {
  private static final String PATH = "/v1/scheduled-messages";
  private static final String FAR =
      Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS).toString();

  private final Group group = Group.of("ana", "bo");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"body\": \" \"|body",
        "\"body\": \"a\\u0000\"|body",
        "\"body\": 7.5|body",
        "\"clientMsgId\": \"\"|clientMsgId",
        "\"mentions\": [\"a b\"]|mentions[0]",
        "\"mentions\": \"bo\"|mentions",
        "\"recordRefs\": [{\"type\": \"deal\"}]|recordRefs[0].id",
        "\"recordRefs\": [{\"type\": \"D\", \"id\": \"d1\"}]|recordRefs[0].type",
        "\"attachments\": [\"x\"]|attachments[0]",
        "\"visibility\": \"some\"|visibility",
        "\"threadRoot\": \"x\"|threadRoot",
        "\"sendAt\": \"2020-01-01T00:00:00Z\"|sendAt",
        "\"zone\": \"Mars/Base\"|zone",
        "\"confirm\": \"perhaps\"|confirm",
      })
  void badInputIsNamedWhenPlannedAndWhenChanged(String part, String field) {
    plan("{" + part + "," + rest(part) + "}")
        .statusCode(400)
        .body("violations[0].field", is(field));
    String id = planned(Map.of());
    group
        .as("ana")
        .body("{" + part + "}")
        .patch(PATH + "/" + id)
        .then()
        .statusCode(400)
        .body("violations[0].field", is(field));
    list().body("items", hasSize(1)).body("items[0].version", is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conversationId", "clientMsgId", "threadRoot", "visibility"})
  void whatIsForGoodIsNotSilentlyKept(String field) {
    String id = planned(Map.of("clientMsgId", "mine"));
    String value = field.equals("visibility") ? "internal" : Ids.next().toString();
    change(id, Map.of("body", "y", field, value))
        .statusCode(400)
        .body("code", is("invalid_request"))
        .body("violations.field", contains(field))
        .body("violations.message", contains("cannot be changed"));
    list().body("items[0].version", is(1)).body("items[0].body", is("x"));
    Map<String, Object> absent = new HashMap<>(Map.of("body", "y"));
    absent.put(field, null);
    change(id, absent).statusCode(200).body("clientMsgId", is("mine")).body("body", is("y"));
  }

  @Test
  void whatNoSendWouldTakeIsNotPlanned() {
    plan(Map.of("visibility", "internal"))
        .statusCode(422)
        .body("code", is("not_applicable"))
        .body("violations[0].field", is("visibility"));
    plan(Map.of("threadRoot", Ids.next().toString()))
        .statusCode(400)
        .body("violations[0].field", is("threadRoot"));
    Map<String, ?> unknown =
        Map.of("recordRefs", List.of(Map.of("type", "deal", "id", "none-of-that-name")));
    plan(unknown)
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("recordRefs[0]"));
    Map<String, ?> nobody = Map.of("mentions", List.of("bo", "none-of-that-name"));
    plan(nobody)
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("mentions[1]"));
    String file =
        Uploads.ready(
            group.token("ana"), "a.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
    plan(Map.of("attachments", List.of(file, file)))
        .statusCode(400)
        .body("violations[0].field", is("attachments"));
    List<String> eleven = Collections.nCopies(11, file);
    plan(Map.of("attachments", eleven))
        .statusCode(400)
        .body("violations[0].field", is("attachments"));
    list().body("items", hasSize(0));

    String id = planned(Map.of());
    change(id, unknown).statusCode(422).body("code", is("unknown_reference"));
    change(id, nobody).statusCode(422).body("code", is("unknown_reference"));
    change(id, Map.of("attachments", List.of(file, file))).statusCode(400);
    change(id, Map.of("attachments", eleven)).statusCode(400);
    list().body("items[0].version", is(1));
    String root = group.said("bo", "root");
    plan(Map.of("threadRoot", root, "attachments", List.of(file))).statusCode(201);
    plan(Map.of("mentions", List.of("bo", "channel"))).statusCode(201);
  }

  @Test
  void textsTakeNeitherThreadsNorFiles() {
    Group sms = Group.of(ConversationType.SMS, "ana", "+15550100");
    String noted = sms.noted("ana", "note");
    plan(sms, Map.of("threadRoot", noted, "visibility", "internal"))
        .statusCode(422)
        .body("violations[0].field", is("threadRoot"));
    plan(sms, Map.of("attachments", List.of(Ids.next().toString())))
        .statusCode(422)
        .body("violations[0].field", is("attachments"));
    plan(sms, Map.of("body", "x".repeat(1_601))).statusCode(400).body("code", is("sms_too_long"));
    plan(sms, Map.of("visibility", "internal")).statusCode(201);
  }

  @Test
  void aRepetitionIsAnsweredThoughItCouldNotBePlannedAnyMore() {
    String root = group.said("bo", "root");
    Map<String, ?> reply = Map.of("threadRoot", root);
    String key = Ids.next().toString();
    String id = keyed(key, reply).statusCode(201).extract().path("id");
    plan(Map.of("threadRoot", Ids.next().toString())).statusCode(400);
    keyed(key, reply).statusCode(201).body("id", is(id));
    keyed(key, Map.of("threadRoot", Ids.next().toString()))
        .statusCode(409)
        .body("code", is("idempotency_key_reused"));
  }

  @Test
  void aChangeUponAnOlderVersionIsRefusedWithTheNewer() {
    ValidatableResponse made = plan(Map.of("body", "one")).statusCode(201);
    made.header("ETag", is("\"1\""));
    String id = made.extract().path("id");
    on("\"1\"")
        .body(Map.of("body", "two"))
        .patch(PATH + "/" + id)
        .then()
        .statusCode(200)
        .header("ETag", is("\"2\""));
    on("\"1\"")
        .body(Map.of("body", "three"))
        .patch(PATH + "/" + id)
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.body", is("two"))
        .body("current.version", is(2));
    on("\"1\"").delete(PATH + "/" + id).then().statusCode(409).body("code", is("version_conflict"));
    on("two")
        .delete(PATH + "/" + id)
        .then()
        .statusCode(400)
        .body("violations[0].field", is("If-Match"));
    change(id, Map.of("body", "last wins")).statusCode(200);
    on("\"3\"").delete(PATH + "/" + id).then().statusCode(204);
  }

  @Test
  void nobodyElseAndNobodyWithoutATokenChangesOrCancels() {
    String id = planned(Map.of());
    String other = Tokens.user("t" + Ids.next(), "ana");
    for (String token : List.of(group.token("bo"), other)) {
      as(token).body(Map.of("body", "x")).patch(PATH + "/" + id).then().statusCode(404);
      as(token).delete(PATH + "/" + id).then().statusCode(404);
    }
    as(other).body(request(group, Map.of())).post(PATH).then().statusCode(404);
    given().get(PATH).then().statusCode(401);
    given()
        .contentType("application/json")
        .body("{}")
        .patch(PATH + "/" + id)
        .then()
        .statusCode(401);
    given().delete(PATH + "/" + id).then().statusCode(401);
    list().body("items[0].version", is(1));
  }

  /** The fields that are not in question, so that one is wrong. */
  private String rest(String part) {
    StringBuilder rest = new StringBuilder();
    Map.of(
            "conversationId",
            group.id().toString(),
            "body",
            "x",
            "sendAt",
            FAR,
            "zone",
            "Europe/Vienna")
        .forEach(
            (name, value) -> {
              if (!part.contains("\"" + name + "\"")) {
                rest.append(rest.isEmpty() ? "" : ",");
                rest.append("\"" + name + "\":\"" + value + "\"");
              }
            });
    return rest.toString();
  }

  private String planned(Map<String, ?> more) {
    return plan(more).statusCode(201).extract().path("id");
  }

  private ValidatableResponse plan(String json) {
    return group.as("ana").body(json).post(PATH).then();
  }

  private ValidatableResponse plan(Map<String, ?> more) {
    return plan(group, more);
  }

  private static ValidatableResponse plan(Group group, Map<String, ?> more) {
    return group.as("ana").body(request(group, more)).post(PATH).then();
  }

  private ValidatableResponse keyed(String key, Map<String, ?> more) {
    return group
        .as("ana")
        .header("Idempotency-Key", key)
        .body(request(group, more))
        .post(PATH)
        .then();
  }

  private static Map<String, Object> request(Group group, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    body.put("body", "x");
    body.put("sendAt", FAR);
    body.putAll(more);
    return body;
  }

  private ValidatableResponse change(String id, Map<String, ?> patch) {
    return group.as("ana").body(patch).patch(PATH + "/" + id).then();
  }

  private RequestSpecification on(String version) {
    return group.as("ana").header("If-Match", version);
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  private ValidatableResponse list() {
    return group.as("ana").get(PATH).then().statusCode(200);
  }
}
