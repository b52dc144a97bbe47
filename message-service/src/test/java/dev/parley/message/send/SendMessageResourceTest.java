package dev.parley.message.send;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.event.Message;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SendMessageResourceTest extends WithBackEnds {
  @Test
  void aSentMessageHasItsPlaceAndIsTold() throws Exception {
    Group group = Group.of("ana", "bo");
    String id =
        group
            .send("ana", "c1", "Hello")
            .statusCode(201)
            .header("Location", containsString("/v1/messages/"))
            .body("seq", is(1))
            .body("rev", is(2))
            .body("body", is("Hello"))
            .body("authorId", is("ana"))
            .body("authorKind", is("user"))
            .body("clientMsgId", is("c1"))
            .body("conversationId", is(group.id().toString()))
            .body("visibility", is("all"))
            .extract()
            .path("id");
    Envelope told = group.log(2).get(1);
    Schemas.validate(Json.bytes(told));
    assertThat(told.type()).isEqualTo(EventType.MESSAGE_CREATED);
    assertThat(told.tenant()).isEqualTo(group.tenant());
    assertThat(told.seq()).isEqualTo(1);
    assertThat(told.rev()).isEqualTo(2);
    assertThat(told.actor().id()).isEqualTo("ana");
    Message message = told.data(Message.class);
    assertThat(message.id()).hasToString(id);
    assertThat(message.seq()).isEqualTo(1);
    assertThat(message.rev()).isEqualTo(2);
    assertThat(message.body()).isEqualTo("Hello");
    assertThat(Json.text(message)).isEqualTo(Json.text(told.data()));
  }

  @Test
  void repeatedSendReturnsTheFirstMessage() {
    Group group = Group.of("ana", "bo");
    String first = group.send("ana", "c1", "Hello").statusCode(201).extract().path("id");
    group.send("ana", "c1", "Hello").statusCode(200).body("id", is(first)).body("seq", is(1));
    group
        .send("ana", "c1", "Other")
        .statusCode(409)
        .body("code", is("client_msg_id_reused"))
        .body("violations[0].field", is("clientMsgId"));
    // Another author's id is another id.
    group.send("bo", "c1", "Hello").statusCode(201).body("seq", is(2));
  }

  @Test
  void theAnswerHasTheVersionAsItIs() {
    Group group = Group.of("ana", "bo");
    String path =
        "/v1/messages/" + group.send("ana", "c1", "x").header("ETag", "\"1\"").extract().path("id");
    group.send("ana", "c1", "x").statusCode(200).header("ETag", "\"1\"");
    group.as("ana").header("If-Match", "\"1\"").body(Map.of("body", "y")).patch(path);
    group.send("ana", "c1", "x").statusCode(200).header("ETag", "\"2\"").body("version", is(2));
    group.as("ana").delete(path).then().statusCode(204);
    group.send("ana", "c1", "x").statusCode(200).header("ETag", nullValue());
  }

  @Test
  void aHundredEqualSendsAtOnceMakeOneMessage() throws Exception {
    Group group = Group.of("ana", "bo");
    group.send("ana", "warm", "x").statusCode(201);
    List<Integer> statuses =
        atOnce(100, i -> group.send("ana", "same", "Hello").extract().statusCode());
    assertThat(statuses).containsOnly(200, 201);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    group.page("bo", Map.of()).body("items", hasSize(2)).body("items[1].seq", is(2));
    group.send("ana", "next", "y").statusCode(201).body("seq", is(3));
    group.send("bo", "same", "Hello").statusCode(201).body("seq", is(4));
    assertThat(atOnce(100, i -> group.send("ana", "same", "Hello").extract().statusCode()))
        .containsOnly(200);
    group.send("ana", "same", "Hello").statusCode(200).body("seq", is(2));
    group.send("ana", "same", "Hallo").statusCode(409).body("code", is("client_msg_id_reused"));
    group.page("bo", Map.of()).body("items.seq", contains(1, 2, 3, 4));
  }

  @Test
  void concurrentSendsLeaveNoGap() throws Exception {
    Group group = Group.of("ana", "bo", "cy");
    String[] users = {"ana", "bo", "cy"};
    CompletableFuture<List<Integer>> forward =
        CompletableFuture.supplyAsync(() -> walk(group, 0, 500));
    CompletableFuture<List<Integer>> around =
        CompletableFuture.supplyAsync(() -> walk(group, around(group), 500));
    List<Integer> seqs =
        atOnce(
            500,
            i -> group.send(users[i % 3], "c" + i, "m" + i).statusCode(201).extract().path("seq"));
    assertThat(seqs)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
    List<Envelope> log = group.log(501);
    assertThat(log.stream().map(Envelope::rev))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 501).mapToObj(i -> (long) i).toList());
    assertThat(log.stream().skip(1).map(Envelope::seq))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 500).mapToObj(i -> (long) i).toList());
    List<Integer> all = IntStream.rangeClosed(1, 500).boxed().toList();
    assertThat(forward.get(60, TimeUnit.SECONDS)).containsExactlyElementsOf(all);
    List<Integer> rest = around.get(60, TimeUnit.SECONDS);
    assertThat(rest).containsExactlyElementsOf(all.subList(500 - rest.size(), 500));
  }

  @Test
  void anUnknownConversationIsNotFoundAndNoTokenIsUnauthenticated() {
    String body = "{\"clientMsgId\":\"c\",\"body\":\"b\"}";
    for (String id : List.of(Ids.next().toString(), "no-uuid")) {
      given()
          .auth()
          .oauth2(Tokens.user("t", "ana"))
          .contentType("application/json")
          .body(body)
          .post("/v1/timelines/" + id + "/messages")
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("code", is("not_found"));
    }
    given()
        .contentType("application/json")
        .body(body)
        .post("/v1/timelines/" + Ids.next() + "/messages")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", is("unauthenticated"));
  }

  @Test
  void anOwnIdHas128CharactersHoweverTheyAreStored() {
    Group group = Group.of("ana", "bo");
    String longest = "😀".repeat(128);
    String id = group.send("ana", longest, "x").statusCode(201).extract().path("id");
    group.send("ana", longest, "x").statusCode(200).body("id", is(id));
    group
        .send("ana", longest + "a", "x")
        .statusCode(400)
        .body("violations[0].field", is("clientMsgId"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"body\":\"x\"}|clientMsgId",
        "{\"clientMsgId\":\"\",\"body\":\"x\"}|clientMsgId",
        "{\"clientMsgId\":7,\"body\":\"x\"}|clientMsgId",
        "{\"clientMsgId\":\"c\"}|body",
        "{\"clientMsgId\":\"c\",\"body\":\"\"}|body",
        "{\"clientMsgId\":\"c\",\"body\":\"a\\u0000b\"}|body",
        "{\"clientMsgId\":\"c\",\"body\":\"a\\ud83d\"}|body",
        "{\"clientMsgId\":\"c\",\"body\":{}}|body",
        "{\"clientMsgId\":\"c\",\"body\":\"x\",\"threadRoot\":\"no\"}|threadRoot",
        "{\"clientMsgId\":\"c\",\"body\":\"x\",\"mentions\":[\"bo\",\"b o\"]}|mentions[1]",
        "{\"clientMsgId\":\"c\",\"body\":\"x\",\"visibility\":\"secret\"}|visibility",
        "{\"clientMsgId\":\"c\",\"body\":\"x\",\"recordRefs\":[{\"type\":\"deal\"}]}|recordRefs[0].id",
        "{\"clientMsgId\":\"c\\u0000\",\"body\":\"x\"}|clientMsgId",
        "{\"clientMsgId\":\"c\",\"body\":\"x\",\"mentions\":[\"b\\u0000o\"]}|mentions[0]",
        "{|$",
      })
  void badInputIsRefusedByTheFieldsName(String body, String field) {
    Group group = Group.of("ana", "bo");
    given()
        .auth()
        .oauth2(group.token("ana"))
        .contentType("application/json")
        .body(body)
        .post("/v1/timelines/" + group.id() + "/messages")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", is("invalid_request"))
        .body("violations[0].field", is(field));
  }

  @Test
  void lengthsAreCountedInCharacters() {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c".repeat(128), "\uD83D\uDC4B".repeat(40_000)).statusCode(201);
    group
        .send("ana", "c1", "x".repeat(40_001))
        .statusCode(400)
        .body("violations[0].field", is("body"));
    group
        .send("ana", "c".repeat(129), "x")
        .statusCode(400)
        .body("violations[0].field", is("clientMsgId"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👩‍👩‍👧‍👦 family",
        "‏مرحبا بالعالم",
        "e\u0301 is not \u00e9",
        "a\tb\r\nc \\ \" / <script>",
        "x\u2028\u2029\uFEFF",
        " kept ",
      })
  void unicodeComesBackAsSent(String body) {
    Group group = Group.of("ana", "bo");
    group.send("ana", "c1", body).statusCode(201).body("body", equalTo(body));
    group.page("bo", Map.of()).body("items[0].body", equalTo(body));
    assertThat(group.log(2).get(1).data(Message.class).body()).isEqualTo(body);
  }

  /** Goes forward page by page until it has the last one, while others write. */
  private static List<Integer> walk(Group group, int from, int last) {
    List<Integer> seen = new java.util.ArrayList<>();
    int at = from;
    for (int pages = 0; at < last && pages < 5_000; pages++) {
      List<Integer> page =
          group
              .page("cy", Map.of("afterSeq", at, "limit", 37))
              .statusCode(200)
              .extract()
              .path("items.seq");
      seen.addAll(page);
      at = page.isEmpty() ? at : page.get(page.size() - 1);
    }
    return seen;
  }

  /** Where a page around something in the middle ends, once it is there. */
  private static int around(Group group) {
    List<Integer> page = List.of();
    for (int asked = 0; page.size() < 10 && asked < 5_000; asked++) {
      page =
          group
              .page("cy", Map.of("around", 100, "limit", 10))
              .statusCode(200)
              .extract()
              .path("items.seq");
    }
    return page.get(page.size() - 1);
  }

  private static <T> List<T> atOnce(int times, java.util.function.IntFunction<T> call)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
