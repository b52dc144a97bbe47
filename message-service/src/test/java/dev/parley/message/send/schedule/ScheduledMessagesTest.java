package dev.parley.message.send.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.ScheduledMessage;
import dev.parley.contracts.event.ScheduledState;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ScheduledMessagesTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Tx tx;
  @Inject Nodes nodes;
  @Inject Clock clock;

  private final Group group = Group.of("ana", "bo");

  @Test
  void aPlannedMessageIsSentInTimeAndItsAuthorIsTold() {
    Instant at = in(2);
    String id =
        plan("ana", Map.of("body", "Later", "sendAt", at.toString()))
            .statusCode(201)
            .body("state", is("scheduled"))
            .body("zone", is("Europe/Vienna"))
            .body("sendAt", is(Json.time(at)))
            .body("version", is(1))
            .extract()
            .path("id");
    list("ana").body("items.id", is(List.of(id)));
    list("bo").body("items", hasSize(0));
    Envelope sent = group.log(2).get(1);
    Message message = sent.data(Message.class);
    assertThat(message.body()).isEqualTo("Later");
    assertThat(message.clientMsgId()).isEqualTo("scheduled-" + id);
    assertThat(message.at()).isBetween(at, at.plusSeconds(5));
    List<Envelope> told = told(2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told).allMatch(event -> event.to().equals(List.of(Recipient.user("ana"))));
    ScheduledMessage last = told.get(1).data(ScheduledMessage.class);
    assertThat(last.state()).isEqualTo(ScheduledState.SENT);
    assertThat(last.messageId()).isEqualTo(message.id());
    list("ana").body("items", hasSize(0));
    change("ana", id, Map.of("body", "x")).statusCode(409).body("code", is("already_sent"));
    cancel("ana", id).statusCode(409).body("code", is("already_sent"));
  }

  @Test
  void whereNothingCanBeSentNothingIsPlannedButARepeatIsAnswered() {
    Map<String, ?> later = Map.of("body", "Later", "sendAt", in(3600).toString());
    String key = Ids.next().toString();
    String planned = keyed(key, later).statusCode(201).extract().path("id");
    group.placed(group.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    plan("ana", later).statusCode(409).body("code", is("conversation_closed"));
    keyed(key, later).statusCode(201).body("id", is(planned));
    plan("stranger", later).statusCode(404);
    group.archive();
    plan("ana", later).statusCode(409).body("code", is("conversation_archived"));
    group.placed(group.tell(EventType.CONVERSATION_OPENED, ConversationState.OPEN, null));
    plan("ana", later).statusCode(201);
    list("ana").body("items", hasSize(2));
  }

  private ValidatableResponse keyed(String key, Map<String, ?> request) {
    Map<String, Object> body = new HashMap<>(request);
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    return group
        .as("ana")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/v1/scheduled-messages")
        .then();
  }

  @Test
  void competingSchedulersSendEachMessageOnce() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(
          plan("ana", Map.of("body", "m" + i, "sendAt", in(3600).toString()))
              .statusCode(201)
              .extract()
              .path("id"));
    }
    Instant at = Instant.now();
    tx.in(group.tenant())
        .read(
            "update scheduled_message set due_at = now() where tenant = $1",
            Tuple.of(group.tenant()))
        .await()
        .atMost(SOON);
    List<SendDue> three = List.of(nodes.node(clock), nodes.node(clock), nodes.node(clock));
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Uni.join()
                  .all(three.stream().map(SendDue::turn).toList())
                  .andFailFast()
                  .await()
                  .atMost(SOON);
              return list("ana").extract().<List<?>>path("items").isEmpty();
            });
    List<Message> messages =
        group.log(31).stream().skip(1).map(event -> event.data(Message.class)).toList();
    assertThat(messages)
        .extracting(Message::clientMsgId)
        .containsExactlyInAnyOrderElementsOf(ids.stream().map(id -> "scheduled-" + id).toList());
    assertThat(messages).allMatch(message -> message.at().isBefore(at.plusSeconds(5)));
    group.page("bo", Map.of("limit", 200)).body("items", hasSize(30));
  }

  @Test
  void whatANodeLeftBehindWhenItWasKilledIsSentOnce() {
    Map<String, String> far = Map.of("body", "x", "sendAt", in(3600).toString());
    String taken = plan("ana", far).statusCode(201).extract().path("id");
    String placed = plan("ana", far).statusCode(201).extract().path("id");
    String message =
        group.send("ana", "scheduled-" + placed, "x").statusCode(201).extract().path("id");
    for (String id : List.of(taken, placed)) {
      tx.in(group.tenant())
          .read(
              "update scheduled_message set state = 'sending', due_at = now() where tenant = $1"
                  + " and id = $2",
              Tuple.of(group.tenant(), UUID.fromString(id)))
          .await()
          .atMost(SOON);
    }
    await().atMost(SOON).until(() -> list("ana").extract().<List<?>>path("items").isEmpty());
    group.page("bo", Map.of()).body("items", hasSize(2));
    assertThat(told(4))
        .extracting(event -> event.data(ScheduledMessage.class))
        .anyMatch(
            m -> m.id().toString().equals(placed) && String.valueOf(m.messageId()).equals(message));
  }

  @Test
  void lostAccessIsRespectedAndReported() {
    String id =
        plan("bo", Map.of("body", "x", "sendAt", in(2).toString()))
            .statusCode(201)
            .extract()
            .path("id");
    group.remove("bo");
    failed("bo", id, "not_found");
    Group closing = Group.of("ana", "bo");
    String late =
        plan(closing, "ana", Map.of("body", "x", "sendAt", in(2).toString()))
            .statusCode(201)
            .extract()
            .path("id");
    closing.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null);
    await()
        .atMost(SOON)
        .until(
            () ->
                "conversation_closed"
                    .equals(list(closing, "ana").extract().path("items[0].reason")));
    assertThat(closing.log(2)).hasSize(2);
    given()
        .auth()
        .oauth2(closing.token("ana"))
        .delete("/v1/scheduled-messages/" + late)
        .then()
        .statusCode(204);
  }

  @Test
  void aDeactivatedAuthorSendsNothing() {
    String id =
        plan("ana", Map.of("body", "x", "sendAt", in(3).toString()))
            .statusCode(201)
            .extract()
            .path("id");
    new CrmUser(group.tenant(), "ana").tell(1, Map.of("active", false));
    assertThat(
            Wire.await(
                    Topics.MESSAGE_PERSONAL,
                    2,
                    SOON,
                    event -> event.tenant().equals(group.tenant()))
                .get(1)
                .data(ScheduledMessage.class))
        .matches(m -> m.id().toString().equals(id) && "forbidden".equals(m.reason()));
    group.page("bo", Map.of()).body("items", hasSize(0));
  }

  @Test
  void itCanBeChangedAndCancelledUntilItIsSent() {
    String id =
        plan("ana", Map.of("body", "First", "sendAt", in(3600).toString()))
            .statusCode(201)
            .extract()
            .path("id");
    change("bo", id, Map.of("body", "x")).statusCode(404);
    cancel("bo", id).statusCode(404);
    change("ana", id, Map.of("body", "Second", "zone", "Asia/Tokyo"))
        .statusCode(200)
        .body("body", is("Second"))
        .body("zone", is("Asia/Tokyo"))
        .body("version", is(2));
    change("ana", id, Map.of("sendAt", in(1).toString())).statusCode(200);
    assertThat(group.log(2).get(1).data(Message.class).body()).isEqualTo("Second");
    String other =
        plan("ana", Map.of("body", "Never", "sendAt", in(2).toString()))
            .statusCode(201)
            .extract()
            .path("id");
    cancel("ana", other).statusCode(204);
    cancel("ana", other).statusCode(404);
    await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> count() == 1);
  }

  @Test
  void filesWaitForTheirMessage() {
    String file =
        Uploads.ready(
            group.token("ana"), "a.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
    plan("ana", Map.of("body", "", "sendAt", in(1).toString(), "attachments", List.of(file)))
        .statusCode(201);
    assertThat(group.log(2).get(1).data(Message.class).attachments().get(0).id()).hasToString(file);
    plan(
            "ana",
            Map.of(
                "body",
                "",
                "sendAt",
                in(9).toString(),
                "attachments",
                List.of(Ids.next().toString())))
        .statusCode(422)
        .body("code", is("attachment_not_usable"))
        .body("violations[0].field", is("attachments[0]"));
  }

  @ParameterizedTest
  @CsvSource({
    "body,,body",
    "sendAt,2020-01-01T00:00:00Z,sendAt",
    "sendAt,soon,sendAt",
    "sendAt,2999-01-01T00:00:00Z,sendAt",
    "zone,Mars/Base,zone",
    "zone,,zone",
    "conversationId,x,conversationId",
    "clientMsgId,' ',clientMsgId",
  })
  void badInputIsRefusedByTheFieldsName(String field, String value, String named) {
    Map<String, Object> request = new HashMap<>();
    request.put("body", "x");
    request.put("sendAt", in(60).toString());
    request.put(field, value);
    plan("ana", request).statusCode(400).body("violations[0].field", is(named));
  }

  @Test
  void onlyWhoMayPostTherePlans() {
    Map<String, String> request = Map.of("body", "x", "sendAt", in(60).toString());
    plan("zed", request).statusCode(404);
    given().post("/v1/scheduled-messages").then().statusCode(401);
    String client = Tokens.of(group.tenant(), "cli", Map.of("roles", "client"));
    given()
        .auth()
        .oauth2(client)
        .get("/v1/scheduled-messages")
        .then()
        .statusCode(403)
        .body("code", is("forbidden"));
    list("ana").body("next", nullValue());
  }

  private void failed(String user, String id, String reason) {
    await().atMost(SOON).until(() -> "failed".equals(list(user).extract().path("items[0].state")));
    list(user).body("items[0].id", is(id)).body("items[0].reason", is(reason));
  }

  private int count() {
    return group.page("bo", Map.of()).extract().<List<?>>path("items").size();
  }

  private List<Envelope> told(int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        SOON,
        event ->
            group.id().equals(event.conversationId())
                && event.type().equals(EventType.SCHEDULED_UPDATED));
  }

  private static Instant in(int seconds) {
    return Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.MILLIS);
  }

  private ValidatableResponse plan(String user, Map<String, ?> request) {
    return plan(group, user, request);
  }

  private static ValidatableResponse plan(Group group, String user, Map<String, ?> request) {
    Map<String, Object> body = new HashMap<>();
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    body.putAll(request);
    return given()
        .auth()
        .oauth2(group.token(user))
        .contentType("application/json")
        .body(body)
        .post("/v1/scheduled-messages")
        .then();
  }

  private ValidatableResponse list(String user) {
    return list(group, user);
  }

  private static ValidatableResponse list(Group group, String user) {
    return given().auth().oauth2(group.token(user)).get("/v1/scheduled-messages").then();
  }

  private ValidatableResponse change(String user, String id, Map<String, ?> patch) {
    return given()
        .auth()
        .oauth2(group.token(user))
        .contentType("application/json")
        .body(patch)
        .patch("/v1/scheduled-messages/" + id)
        .then();
  }

  private ValidatableResponse cancel(String user, String id) {
    return given().auth().oauth2(group.token(user)).delete("/v1/scheduled-messages/" + id).then();
  }
}
