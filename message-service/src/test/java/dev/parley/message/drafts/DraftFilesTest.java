package dev.parley.message.drafts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The files of a draft come and go: on other devices, and with other messages. */
@QuarkusTest
class DraftFilesTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);

  @Inject Tx tx;
  @Inject ObjectStorage storage;

  private final Group group = Group.of("ana", "bo");

  @Test
  void aDraftTakesItsWritersFilesAndNoOthers() {
    String uploading = uploading("ana").path("id");
    String ready = ready();
    saved("x", uploading, ready).statusCode(200).body("attachments", contains(uploading, ready));
    for (String file : List.of(Ids.next().toString(), uploading("bo").<String>path("id"))) {
      saved("y", ready, file)
          .statusCode(422)
          .body("code", is("attachment_not_usable"))
          .body("violations.field", contains("attachments[1]"));
    }
    saved("y", ready, ready).statusCode(400).body("violations.field", contains("attachments"));
    drafts()
        .body("items.body", contains("x"))
        .body("items.attachments", contains(List.of(uploading, ready)));
  }

  @Test
  void whatIsGoneIsLeftOutAndStopsNoSave() {
    String rejected = uploading("ana").path("id");
    String sent = ready();
    String deleted = ready();
    String ready = ready();
    saved("x", rejected, sent, deleted, ready).statusCode(200);
    storage.put("uploads/" + group.tenant() + "/" + rejected, new byte[1], "text/plain");
    Uploads.complete(group.token("ana"), rejected).body("state", is("rejected"));
    Group.create(group.tenant(), group.type(), Posting.ALL, "ana", "bo")
        .send("ana", Map.of("clientMsgId", "s", "body", "x", "attachments", List.of(sent)))
        .statusCode(201);
    delete(deleted).statusCode(204);
    drafts().body("items.attachments", contains(List.of(ready)));
    await().atMost(SOON).until(() -> isForgotten(deleted));
    for (String body : List.of("xy", "xyz")) {
      saved(body, rejected, sent, deleted, ready)
          .statusCode(200)
          .body("body", is(body))
          .body("attachments", contains(ready));
      drafts()
          .body("items.body", contains(body))
          .body("items.attachments", contains(List.of(ready)));
    }
    saved("z", deleted, uploading("bo").path("id"))
        .statusCode(422)
        .body("violations.field", contains("attachments[1]"));
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "z"))
        .put("/v1/drafts/" + group.id())
        .then()
        .statusCode(409)
        .body("current.attachments", contains(ready));
    saved("xyz", ready).statusCode(200);
    saved("xyz", deleted).statusCode(422);
  }

  @Test
  void aDraftOfFilesThatAreGoneIsNone() {
    String file = ready();
    saved("", file).statusCode(200).body("attachments", contains(file));
    delete(file).statusCode(204);
    drafts().body("items", empty());
    saved("", file).statusCode(200).body("deleted", is(true));
    drafts().body("items", empty());
  }

  @Test
  void ofSavesBesideADeletionNoneFails() {
    String file = ready();
    saved("x", file).statusCode(200);
    ExecutorService threads = Executors.newFixedThreadPool(11);
    try {
      CompletableFuture<Integer> deleted =
          CompletableFuture.supplyAsync(() -> delete(file).extract().statusCode(), threads);
      assertThat(
              IntStream.range(0, 30)
                  .mapToObj(
                      i ->
                          CompletableFuture.supplyAsync(
                              () -> saved("x" + i, file).extract().statusCode(), threads))
                  .toList()
                  .stream()
                  .map(CompletableFuture::join))
          .containsOnly(200);
      assertThat(deleted.join()).isEqualTo(204);
    } finally {
      threads.shutdown();
    }
    drafts().body("items.attachments", contains(empty()));
  }

  private boolean isForgotten(String file) {
    return tx.in(group.tenant())
            .read(
                "select from attachment where tenant = $1 and id = $2",
                Tuple.of(group.tenant(), UUID.fromString(file)))
            .await()
            .atMost(SOON)
            .size()
        == 0;
  }

  private Response uploading(String who) {
    return Uploads.start(group.token(who), "a.txt", "text/plain", BYTES);
  }

  private String ready() {
    return Uploads.ready(group.token("ana"), "a.txt", "text/plain", BYTES);
  }

  private ValidatableResponse delete(String file) {
    return group.as("ana").delete("/v1/attachments/" + file).then();
  }

  private ValidatableResponse saved(String body, String... files) {
    return group
        .as("ana")
        .body(Map.of("body", body, "attachments", List.of(files)))
        .put("/v1/drafts/" + group.id())
        .then();
  }

  private ValidatableResponse drafts() {
    return group.as("ana").get("/v1/drafts").then().statusCode(200);
  }
}
