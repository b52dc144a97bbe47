package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.link.FileLinks;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.Group;
import dev.parley.message.StoredFile;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not what they should be are never sent; files of others are not there. */
@QuarkusTest
class NotUsableFilesTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] SAID = "what was said".getBytes(StandardCharsets.UTF_8);

  @Inject ObjectStorage storage;
  @Inject Attachments attachments;
  @Inject Tx tx;
  @Inject FileLinks links;

  private final Group group = Group.of("ana", "bo");
  private final String token = group.token("ana");

  /** Past the signed address, which a store may or may not enforce: our own check is asked. */
  @ParameterizedTest
  @CsvSource({"something els, checksum_mismatch", "something else, size_mismatch"})
  void otherBytesThanAnnouncedAreRejectedAndNotSent(String bytes, String reason) {
    Response started = Uploads.start(token, "a.txt", "text/plain", SAID);
    String id = started.path("id");
    StoredFile file = find(id);
    storage.put(file.uploadKey(), bytes.getBytes(StandardCharsets.UTF_8), "text/plain");
    Uploads.complete(token, id)
        .statusCode(200)
        .body("state", is("rejected"))
        .body("reason", is(reason));
    notSent(id);
    assertThat(storage.size(file.key())).isEmpty();
    assertThat(storage.size(file.uploadKey())).isEmpty();
  }

  @Test
  void whatIsStillBeingScannedIsNotSentAndNotGivenOut() {
    String id = Uploads.ready(token, "a.txt", "text/plain", SAID);
    state(id, "scanning");
    notSent(id);
    state(id, "ready");
    send(id).statusCode(201);
  }

  @Test
  void smallPicturesAreGivenToWhoSeesTheMessageAlone() {
    String id = Uploads.ready(token, "p.png", "image/png", Uploads.png(8, 8));
    String message = send(id).statusCode(201).extract().path("id");
    Uploads.download(group.token("bo"), id, true).statusCode(200);
    for (String stranger : List.of(group.token("cy"), Tokens.user("t" + Ids.next(), "bo"))) {
      Uploads.download(stranger, id, true).statusCode(404);
    }
    group.remove("bo");
    Uploads.download(group.token("bo"), id, true).statusCode(404);
    group.as("ana").delete("/v1/messages/" + message).then().statusCode(204);
    Uploads.download(token, id, true).statusCode(404);
  }

  @Test
  void nothingOfAnotherTenantIsThereByAnyCall() {
    String id = Uploads.ready(token, "a.txt", "text/plain", SAID);
    String sent = Uploads.ready(token, "b.txt", "text/plain", SAID);
    send(sent).statusCode(201);
    String elsewhere = "t" + Ids.next();
    for (String other : List.of(Tokens.user(elsewhere, "ana"), Tokens.admin(elsewhere, "ana"))) {
      for (String file : List.of(id, sent)) {
        Uploads.complete(other, file).statusCode(404);
        Uploads.download(other, file, false).statusCode(404);
        as(other).delete("/v1/attachments/" + file).then().statusCode(404);
      }
      as(other).get("/v1/timelines/" + group.id() + "/attachments").then().statusCode(404);
    }
    FileLinks.Link link = new FileLinks.Link(elsewhere, UUID.fromString(sent));
    String sealed = links.seal(link, Instant.now().plusSeconds(60));
    given().get("/v1/attachments/shared/" + sealed).then().statusCode(404);
    Group other = Group.of("ana");
    other
        .send("ana", Map.of("clientMsgId", "c", "body", "x", "attachments", List.of(id)))
        .statusCode(422)
        .body("code", is("attachment_not_usable"));
    Uploads.download(token, id, false).statusCode(200);
  }

  private void notSent(String id) {
    send(id)
        .statusCode(422)
        .body("code", is("attachment_not_usable"))
        .body("violations[0].field", is("attachments[0]"));
    Uploads.download(token, id, false).statusCode(422).body("code", is("attachment_not_usable"));
    group.page("bo", Map.of()).body("items", hasSize(0));
  }

  private ValidatableResponse send(String file) {
    return group.send(
        "ana", Map.of("clientMsgId", "c" + Ids.next(), "body", "x", "attachments", List.of(file)));
  }

  private StoredFile find(String id) {
    return attachments.find(group.tenant(), UUID.fromString(id)).await().atMost(SOON).orElseThrow();
  }

  private void state(String id, String state) {
    tx.in(group.tenant())
        .read(
            "update attachment set state = $3, due_at = now() + interval '1 day'"
                + " where tenant = $1 and id = $2",
            Tuple.of(group.tenant(), UUID.fromString(id), state))
        .await()
        .atMost(SOON);
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }
}
