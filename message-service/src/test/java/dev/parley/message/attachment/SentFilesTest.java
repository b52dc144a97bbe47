package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Message;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SentFilesTest extends WithBackEnds {
  @Test
  void aSentFileStandsInTheMessageEverywhere() {
    Group group = Group.of("ana", "bo");
    String picture = Uploads.ready(group.token("ana"), "p.png", "image/png", Uploads.png(10, 20));
    String text = text(group, "ana", "a.txt");
    ValidatableResponse sent =
        group
            .send("ana", message("c1", "", text, picture))
            .statusCode(201)
            .body("attachments", hasSize(2))
            .body("attachments[0].id", is(text))
            .body("attachments[0].fileName", is("a.txt"))
            .body("attachments[0].contentType", is("text/plain"))
            .body("attachments[0].size", is(4))
            .body("attachments[0].state", is("ready"))
            .body("attachments[0].thumbnail", is(false))
            .body("attachments[1].id", is(picture))
            .body("attachments[1].width", is(10))
            .body("attachments[1].height", is(20))
            .body("attachments[1].thumbnail", is(true));
    String id = sent.extract().path("id");
    group
        .page("bo", Map.of())
        .body("items[0].id", is(id))
        .body("items[0].attachments[1].id", is(picture));
    Message told = group.log(2).get(1).data(Message.class);
    assertThat(told.attachments()).hasSize(2);
    Schemas.validate(Json.bytes(group.log(2).get(1)));
    assertThat(told.attachments().get(0).id()).hasToString(text);
    group
        .send("ana", message("c1", "", text, picture))
        .statusCode(200)
        .body("id", is(id))
        .body("attachments", hasSize(2));
    Uploads.download(group.token("bo"), picture, true).statusCode(200);
  }

  @Test
  void aFileIsSentOnce() throws Exception {
    Group group = Group.of("ana", "bo");
    String file = text(group, "ana", "a.txt");
    List<Integer> statuses =
        atOnce(8, i -> group.send("ana", message("c" + i, "x", file)).extract().statusCode());
    assertThat(statuses).containsOnly(201, 422);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    group.page("bo", Map.of()).body("items", hasSize(1)).body("items[0].seq", is(1));
    group
        .send("ana", message("late", "x", text(group, "ana", "b.txt"), file))
        .statusCode(422)
        .body("code", is("attachment_not_usable"))
        .body("violations[0].field", is("attachments[1]"));
  }

  @Test
  void equalSendsAtOnceMakeOneMessage() throws Exception {
    Group group = Group.of("ana", "bo");
    String file = text(group, "ana", "a.txt");
    List<Integer> statuses =
        atOnce(20, i -> group.send("ana", message("same", "x", file)).extract().statusCode());
    assertThat(statuses).containsOnly(200, 201);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
  }

  @Test
  void whatIsNotOnesOwnOrNotReadyIsNotUsable() {
    Group group = Group.of("ana", "bo");
    Group elsewhere = Group.of("ana", "bo");
    byte[] bytes = "half".getBytes(StandardCharsets.UTF_8);
    String unfinished = Uploads.start(group.token("ana"), "a.txt", "text/plain", bytes).path("id");
    for (String wrong :
        List.of(
            text(group, "bo", "b.txt"),
            text(elsewhere, "ana", "c.txt"),
            unfinished,
            Ids.next().toString())) {
      group
          .send("ana", message("c1", "x", wrong))
          .statusCode(422)
          .body("code", is("attachment_not_usable"))
          .body("violations[0].field", is("attachments[0]"));
    }
    String twice = text(group, "ana", "d.txt");
    group
        .send("ana", message("c1", "x", twice, twice))
        .statusCode(400)
        .body("violations[0].field", is("attachments"));
    group
        .send(
            "ana",
            Map.of(
                "clientMsgId",
                "c1",
                "body",
                "x",
                "attachments",
                IntStream.range(0, 11).mapToObj(i -> Ids.next().toString()).toList()))
        .statusCode(400)
        .body("violations[0].field", is("attachments"));
    group.page("ana", Map.of()).body("items", hasSize(0));
  }

  @Test
  void filesDoNotGoOutAsTextsButStandInNotes() {
    Group sms = Group.of(ConversationType.SMS, "ana");
    Map<String, Object> request = new HashMap<>(message("c1", "x", text(sms, "ana", "a.txt")));
    sms.send("ana", request)
        .statusCode(422)
        .body("code", is("not_applicable"))
        .body("violations[0].field", is("attachments"));
    request.put("visibility", "internal");
    sms.send("ana", request).statusCode(201).body("attachments", hasSize(1));
  }

  @Test
  void aRefusedMessageLeavesItsFilesFree() {
    Group group = Group.of("ana", "bo");
    Group other = Group.of("ana", "bo");
    String file = text(group, "ana", "a.txt");
    group.remove("ana");
    group.send("ana", message("c1", "x", file)).statusCode(404);
    Uploads.download(group.token("ana"), file, false).statusCode(200);
    assertThat(other.tenant()).isNotEqualTo(group.tenant());
  }

  @Test
  void whoMayNotSeeTheMessageGetsNoAddress() {
    Group group = Group.of("ana", "bo", "cy");
    String file = text(group, "ana", "a.txt");
    group.send("ana", message("c1", "x", file)).statusCode(201);
    Uploads.download(group.token("bo"), file, false).statusCode(200);
    group.remove("bo");
    group.add("dee", History.FROM_NOW);
    for (String stranger :
        List.of(
            group.token("bo"),
            group.token("dee"),
            group.token("zed"),
            Tokens.user("t" + Ids.next(), "ana"))) {
      Uploads.download(stranger, file, false).statusCode(404);
    }
    files(group, "bo", Map.of()).statusCode(404);
    files(group, "dee", Map.of()).statusCode(200).body("items", hasSize(0));
    files(group, "cy", Map.of()).statusCode(200).body("items", hasSize(1));
  }

  @Test
  void filesAreListedNewestFirstByKindAndPage() {
    Group group = Group.of("ana", "bo");
    String text = text(group, "ana", "a.txt");
    String picture = Uploads.ready(group.token("ana"), "p.png", "image/png", Uploads.png(8, 8));
    String note = text(group, "bo", "b.txt");
    String first =
        group.send("ana", message("c1", "", text, picture)).statusCode(201).extract().path("id");
    group.send("bo", message("c2", "", note)).statusCode(201);
    files(group, "bo", Map.of())
        .body("items.id", is(List.of(note, picture, text)))
        .body("items[2].messageId", is(first))
        .body("items[2].seq", is(1))
        .body("items[2].authorId", is("ana"))
        .body("items[2].fileName", is("a.txt"))
        .body("next", nullValue());
    files(group, "bo", Map.of("type", "image")).body("items.id", is(List.of(picture)));
    files(group, "bo", Map.of("type", "document")).body("items.id", is(List.of(note, text)));
    files(group, "bo", Map.of("type", "nonsense"))
        .statusCode(400)
        .body("violations[0].field", is("type"));
    List<String> walked = new ArrayList<>();
    String cursor = null;
    do {
      Map<String, Object> query =
          cursor == null ? Map.of("limit", 1) : Map.of("limit", 1, "cursor", cursor);
      var page = files(group, "bo", query).statusCode(200).extract();
      walked.addAll(page.path("items.id"));
      cursor = page.path("next");
    } while (cursor != null);
    assertThat(walked).containsExactly(note, picture, text);
    given().get("/v1/timelines/" + group.id() + "/attachments").then().statusCode(401);
  }

  private static ValidatableResponse files(Group group, String user, Map<String, ?> query) {
    return given()
        .auth()
        .oauth2(group.token(user))
        .queryParams(query)
        .get("/v1/timelines/" + group.id() + "/attachments")
        .then();
  }

  private static String text(Group group, String user, String name) {
    return Uploads.ready(
        group.token(user), name, "text/plain", "text".getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> message(String clientMsgId, String body, String... files) {
    return Map.of("clientMsgId", clientMsgId, "body", body, "attachments", List.of(files));
  }

  private static <T> List<T> atOnce(int times, IntFunction<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
