package dev.parley.message;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows nothing is as empty as nothing is (product.md §4, Body). */
@QuarkusTest
class InvisibleTest extends WithBackEnds {
  private static final String IN_A_DAY = Json.time(Instant.now().plus(1, ChronoUnit.DAYS));

  private final Group client = Group.of(ConversationType.CLIENT, "ana", "client:carla");

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u00a0", "\u200b\u2060", "\ufeff\u00ad", "\u3164", "\u2800"})
  void noTextIsMadeOfIt(String blank) {
    String message = client.said("ana", "seen");
    refuses(client.send("ana", id(), blank));
    refuses(
        client.send("ana", Map.of("clientMsgId", id(), "body", blank, "visibility", "internal")));
    refuses(edit(message, blank));
    refuses(plan(blank));
    refuses(post("/v1/canned-responses", canned(blank)));
    refuses(post("/v1/broadcasts", Map.of("body", blank, "audience", Map.of("all", true))));
    client.message("ana", message).body("body", is("seen"));
  }

  /** As it is without a note, and without a draft. */
  @Test
  void nothingIsKeptOfIt() {
    String message = client.said("ana", "seen");
    post("/v1/messages/" + message + "/bookmarks", Map.of("type", "decision", "note", "\u200b"))
        .statusCode(201)
        .body("note", nullValue());
    client
        .as("ana")
        .body(Map.of("body", "\u3164"))
        .put("/v1/drafts/" + client.id())
        .then()
        .statusCode(200);
    client.as("ana").get("/v1/drafts").then().body("items.size()", is(0));
    post(
            "/v1/attachments",
            Map.of(
                "fileName",
                "\u2060",
                "size",
                1,
                "contentType",
                "text/plain",
                "sha256",
                "0".repeat(64)))
        .statusCode(400)
        .body("violations.field", contains("fileName"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b.", "👩\u200d👩\u200d👧", "❤\ufe0f", "می\u200cخواهم"})
  void whatIsSeenStaysAsItWasSent(String text) {
    String message = client.said("ana", text);
    client.message("ana", message).body("body", is(text));
    edit(message, "." + text).statusCode(200).body("body", is("." + text));
    plan(text).statusCode(201).body("body", is(text));
    post("/v1/canned-responses", canned(text)).statusCode(201).body("body", is(text));
  }

  private ValidatableResponse edit(String message, String body) {
    return client
        .as("ana")
        .header("If-Match", "*")
        .body(Map.of("body", body))
        .patch("/v1/messages/" + message)
        .then();
  }

  private ValidatableResponse plan(String body) {
    return post(
        "/v1/scheduled-messages",
        Map.of("conversationId", client.id(), "body", body, "sendAt", IN_A_DAY, "zone", "UTC"));
  }

  private ValidatableResponse post(String path, Map<String, ?> request) {
    return client.as("ana").body(request).post(path).then();
  }

  private static Map<String, String> canned(String body) {
    return Map.of("shortCode", id(), "body", body, "scope", "user");
  }

  private static void refuses(ValidatableResponse answer) {
    answer
        .statusCode(400)
        .body("code", is("invalid_request"))
        .body("violations.field", contains("body"));
  }

  private static String id() {
    return "c" + Ids.next();
  }
}
