package dev.parley.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people write comes back as they wrote it, by whichever way; NUL alone is refused. */
@QuarkusTest
class AsWrittenTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NUL = "a\u0000b";

  /** A file's name has no path, is one line, and looks like what it is. */
  private static final Pattern NO_NAME =
      Pattern.compile("[/\\\\\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private final Group group = Group.of(ConversationType.GROUP, "ana", "bo");

  static Stream<Arguments> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("a family in one letter", "👩‍👩‍👧‍👦 and 👍🏽");
    texts.put("flags of letters and of tags", "🇦🇹🇯🇵 🏴󠁧󠁢󠁥󠁮󠁧󠁿");
    texts.put("keycaps", "1️⃣#️⃣ ©️");
    texts.put("from right to left, isolated", "a \u2067שלום عليكم\u2069 b \u200f!");
    texts.put("overridden", "\u202eabc\u202c \u2068x\u2069");
    texts.put("beyond the first plane", "𠮷野家 𝒳 𓀀");
    texts.put("not composed", "e\u0301 ≠ é, ﬁ, Å, q\u0323\u0307");
    texts.put("joined and not", "नमस्ते क\u200dष க்ஷ می\u200cخواهم");
    texts.put("hardly to be seen", "\ufeffa\u00a0b\u200bc\u2028d\u00ad\ufffd\uffff");
    texts.put("of programs", "<b>&amp;\"'\\u0041\\ %s ${x} {{y}} '; drop table x --");
    return texts.entrySet().stream().map(text -> Arguments.of(text.getKey(), text.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void itComesBack(String kind, String text) {
    message(text);
    scheduled(text);
    draft(text);
    canned(text);
    bookmark(text);
    file(NO_NAME.matcher(text).replaceAll("_"));
  }

  /** The event of the edit has it as well. */
  private void message(String text) {
    String id = group.said("ana", text + " one");
    group.message("bo", id).body("body", is(text + " one"));
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", text + " two"))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200)
        .body("body", is(text + " two"));
    group.page("bo", Map.of()).body("items[-1].body", is(text + " two"));
    group
        .as("ana")
        .get("/v1/messages/" + id + "/history")
        .then()
        .statusCode(200)
        .body("items.body", is(List.of(text + " one", text + " two")));
    Message told =
        Wire.await(
                Topics.TIMELINE,
                1,
                SOON,
                event ->
                    group.id().equals(event.conversationId())
                        && EventType.MESSAGE_UPDATED.equals(event.type()))
            .get(0)
            .data(Message.class);
    assertThat(told.body()).isEqualTo(text + " two");
  }

  private void scheduled(String text) {
    String id = plan(text).statusCode(201).body("body", is(text)).extract().path("id");
    as().get("/v1/scheduled-messages").then().body("items.body", hasItem(text));
    as().body(Map.of("body", text + "!"))
        .patch("/v1/scheduled-messages/" + id)
        .then()
        .body("body", is(text + "!"));
  }

  private void draft(String text) {
    keep(text).statusCode(200).body("body", is(text));
    as().get("/v1/drafts").then().body("items.body", is(List.of(text)));
  }

  private void canned(String text) {
    can(text).statusCode(201).body("body", is(text));
    as().get("/v1/canned-responses").then().body("items.body", hasItem(text));
  }

  private void bookmark(String text) {
    String id = group.said("ana", "marked");
    mark(id, text).statusCode(201).body("note", is(text));
    as().get("/v1/bookmarks").then().body("items.note", hasItem(text));
  }

  private void file(String name) {
    String id =
        Uploads.ready(group.token("ana"), name, "text/plain", "x".getBytes(StandardCharsets.UTF_8));
    group
        .send("ana", Map.of("clientMsgId", "f" + id, "body", "", "attachments", List.of(id)))
        .statusCode(201)
        .body("attachments[0].fileName", is(name));
    String url = Uploads.download(group.token("bo"), id, false).extract().path("url");
    String disposition = Uploads.get(url).headers().firstValue("Content-Disposition").orElseThrow();
    String encoded = disposition.substring(disposition.indexOf("filename*=UTF-8''") + 17);
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(name);
    assertThat(disposition).matches("[ -~]*");
  }

  @Test
  void nulIsRefusedByEachOfThemNamingTheField() {
    String id = group.said("ana", "x");
    refused("body", group.send("ana", "c1", NUL));
    refused("clientMsgId", group.send("ana", NUL, "x"));
    refused(
        "body",
        as().header("If-Match", "\"1\"")
            .body(Map.of("body", NUL))
            .patch("/v1/messages/" + id)
            .then());
    refused("body", plan(NUL));
    refused("body", keep(NUL));
    refused("body", can(NUL));
    refused("note", mark(id, NUL));
    refused(
        "fileName", Uploads.start(group.token("ana"), NUL, "text/plain", new byte[] {1}).then());
    refused(
        "fileName",
        Uploads.start(group.token("ana"), "gpj\u202eexe.", "text/plain", new byte[] {1}).then());
    refused(
        "body",
        as().body(Map.of("body", NUL, "audience", Map.of("all", true)))
            .post("/v1/broadcasts")
            .then());
    group.message("ana", id).body("body", is("x")).body("version", is(1));
  }

  private static void refused(String field, ValidatableResponse answer) {
    answer.statusCode(400).body("violations[0].field", is(field));
  }

  private ValidatableResponse plan(String text) {
    return as().body(
            Map.of(
                "conversationId",
                group.id().toString(),
                "body",
                text,
                "sendAt",
                Instant.now().plus(Duration.ofDays(1)).toString(),
                "zone",
                "Europe/Vienna"))
        .post("/v1/scheduled-messages")
        .then();
  }

  private ValidatableResponse keep(String text) {
    return as().body(Map.of("body", text)).put("/v1/drafts/" + group.id()).then();
  }

  private ValidatableResponse can(String text) {
    String code = "c" + Ids.next();
    return as().body(Map.of("shortCode", code, "body", text, "scope", "user"))
        .post("/v1/canned-responses")
        .then();
  }

  private ValidatableResponse mark(String message, String text) {
    return as().body(Map.of("type", "decision", "note", text))
        .post("/v1/messages/" + message + "/bookmarks")
        .then();
  }

  private RequestSpecification as() {
    return given()
        .auth()
        .oauth2(Tokens.user(group.tenant(), "ana"))
        .contentType("application/json; charset=utf-8");
  }
}
