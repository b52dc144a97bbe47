package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is planned again is planned once: by its {@code Idempotency-Key} and its clientMsgId. */
@QuarkusTest
class RepeatedPlanTest extends WithBackEnds {
  private static final String PATH = "/v1/scheduled-messages";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant FAR =
      Instant.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.MILLIS);

  private final Group group = Group.of("ana", "bo");

  @Test
  void aRepeatIsAnsweredWhenItsTimeHasPassed() {
    Map<String, ?> soon =
        Map.of(
            "conversationId",
            group.id(),
            "body",
            "Later",
            "sendAt",
            Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(2).toString(),
            "zone",
            "UTC");
    String planned = plan("k1", soon).statusCode(201).extract().path("id");
    group.log(2);
    plan("k1", soon).statusCode(201).body("id", is(planned));
    plan("k2", soon).statusCode(400).body("violations.field", contains("sendAt"));
    plan(null, soon).statusCode(400).body("violations.field", contains("sendAt"));
    group.page("bo", Map.of()).body("items", hasSize(1));
  }

  @Test
  void anEqualPlanUnderItsIdIsTheSamePlan() {
    Map<String, Object> one = named("same", "one");
    String id = plan(null, one).statusCode(201).extract().path("id");
    plan(null, one).statusCode(200).header("ETag", is("\"1\"")).body("id", is(id));
    Map<String, Object> said = new HashMap<>(one);
    said.putAll(Map.of("mentions", List.of(), "confirm", false, "visibility", "all"));
    plan(null, said).statusCode(200).body("id", is(id));
    for (Map<String, ?> other :
        List.of(
            Map.of("body", "two"),
            Map.of("sendAt", Json.time(FAR.plusSeconds(1))),
            Map.of("zone", "Europe/Vienna"),
            Map.of("mentions", List.of("bo")))) {
      Map<String, Object> different = new HashMap<>(one);
      different.putAll(other);
      reused(different);
    }
    group.as("ana").body(Map.of("body", "three")).patch(PATH + "/" + id).then().statusCode(200);
    plan(null, one).statusCode(200).body("body", is("three")).body("version", is(2));
    plan("k", one).statusCode(200).body("id", is(id));
    plan("k", named("same", "two")).statusCode(409).body("code", is("idempotency_key_reused"));
    listed().body("items.id", contains(id));
  }

  @Test
  void anotherAuthorAndAnotherConversationHaveTheirOwnIds() {
    Map<String, Object> one = named("same", "one");
    plan(null, one).statusCode(201);
    group.as("bo").body(named("same", "two")).post(PATH).then().statusCode(201);
    Group other = Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
    Map<String, Object> there = named("same", "three");
    there.put("conversationId", other.id().toString());
    plan(null, there).statusCode(201);
    listed().body("items", hasSize(2));
  }

  @Test
  void whatWasCancelledIsNotPlannedAnew() {
    Map<String, Object> one = named("same", "one");
    String id = plan(null, one).statusCode(201).extract().path("id");
    group.as("ana").delete(PATH + "/" + id).then().statusCode(204);
    plan(null, one)
        .statusCode(200)
        .header("ETag", is("\"2\""))
        .body("id", is(id))
        .body("state", is("cancelled"));
    reused(named("same", "two"));
    assertThat(atOnce(i -> one))
        .allSatisfy(
            answer -> answer.statusCode(200).body("id", is(id)).body("state", is("cancelled")));
    assertThat(atOnce(i -> named("same", "m" + i)))
        .allSatisfy(answer -> answer.statusCode(409).body("code", is("client_msg_id_reused")));
    listed().body("items", hasSize(0));
    group.as("ana").body(Map.of("body", "x")).patch(PATH + "/" + id).then().statusCode(404);
    group.as("ana").delete(PATH + "/" + id).then().statusCode(404);
    plan(null, named("next", "one")).statusCode(201);
  }

  @Test
  void ofRepeatsBesideACancellationNoneIsPlannedAnew() {
    Map<String, Object> one = named("same", "one");
    String id = plan(null, one).statusCode(201).extract().path("id");
    CompletableFuture<Integer> cancelled =
        CompletableFuture.supplyAsync(
            () -> group.as("ana").delete(PATH + "/" + id).then().extract().statusCode());
    assertThat(atOnce(i -> one)).allSatisfy(answer -> answer.statusCode(200).body("id", is(id)));
    assertThat(cancelled.join()).isEqualTo(204);
    listed().body("items", hasSize(0));
  }

  @Test
  void whatWasSentUnderTheIdIsFoundToo() {
    Map<String, Object> soon = named("planned", "one");
    soon.put("sendAt", Json.time(Instant.now().plusSeconds(2)));
    String id = plan(null, soon).statusCode(201).extract().path("id");
    group.log(2);
    await().atMost(SOON).until(() -> state(soon).equals("sent"));
    plan(null, soon).statusCode(200).body("id", is(id)).body("messageId", notNullValue());
    reused(named("planned", "two"));
    group.send("ana", "said", "one").statusCode(201);
    reused(named("said", "one"));
    reused(named("said", "two"));
    listed().body("items", hasSize(0));
  }

  @Test
  void aRepeatIsAnsweredWhereNothingCanBePlannedAnyMore() {
    Map<String, Object> one = named("same", "one");
    String id = plan(null, one).statusCode(201).extract().path("id");
    group.placed(group.tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null));
    plan(null, one).statusCode(200).body("id", is(id));
    reused(named("same", "two"));
    plan(null, named("other", "one")).statusCode(409).body("code", is("conversation_closed"));
    group.remove("ana");
    await().atMost(SOON).until(() -> plan(null, one).extract().statusCode() == 404);
  }

  @Test
  void ofManyAtOnceOneIsPlannedAndTheOthersAreAnsweredWithIt() {
    Map<String, Object> one = named("same", "one");
    List<ValidatableResponse> answers = atOnce(i -> one);
    assertThat(answers)
        .extracting(answer -> answer.extract().statusCode())
        .containsOnly(200, 201)
        .containsOnlyOnce(201);
    assertThat(answers.stream().map(answer -> answer.extract().<String>path("id")).distinct())
        .hasSize(1);
    assertThat(atOnce(i -> named("differing", "m" + i)))
        .extracting(answer -> answer.extract().statusCode())
        .containsOnly(409, 201)
        .containsOnlyOnce(201);
    listed().body("items", hasSize(2));
  }

  private List<ValidatableResponse> atOnce(IntFunction<Map<String, ?>> message) {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      return IntStream.range(0, 10)
          .mapToObj(i -> CompletableFuture.supplyAsync(() -> plan(null, message.apply(i)), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    } finally {
      threads.shutdown();
    }
  }

  private String state(Map<String, ?> message) {
    return plan(null, message).statusCode(200).extract().path("state");
  }

  private void reused(Map<String, ?> message) {
    plan(null, message)
        .statusCode(409)
        .body("code", is("client_msg_id_reused"))
        .body("violations.field", contains("clientMsgId"));
  }

  private Map<String, Object> named(String clientMsgId, String body) {
    return new HashMap<>(
        Map.of(
            "conversationId",
            group.id().toString(),
            "clientMsgId",
            clientMsgId,
            "body",
            body,
            "sendAt",
            Json.time(FAR),
            "zone",
            "UTC"));
  }

  private ValidatableResponse listed() {
    return group.as("ana").get(PATH).then().statusCode(200);
  }

  private ValidatableResponse plan(String key, Map<String, ?> message) {
    RequestSpecification request = group.as("ana").body(message);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.post(PATH).then();
  }
}
