package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.link.FileLinks;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.AttachmentState;
import dev.parley.message.Attachments;
import dev.parley.message.FakeClamd;
import dev.parley.message.Group;
import dev.parley.message.StoredFile;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.provider.Scanning;
import dev.parley.message.provider.Workers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TendFilesTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** A node with such a clock takes what the service under test leaves alone. */
  private static final Duration AHEAD = Duration.ofMinutes(30);

  @Inject Vertx vertx;
  @Inject Tx tx;
  @Inject Attachments attachments;
  @Inject DueFiles due;
  @Inject Inspection inspection;
  @Inject ObjectStorage storage;
  @Inject Workers workers;
  @Inject AttachmentConfig config;
  @Inject Clock clock;
  @Inject FileLinks links;

  private final String tenant = "t" + Ids.next();
  private final String token = Tokens.user(tenant, "ana");

  @Test
  void whatWasNeverFinishedOrNeverSentIsRemovedWithItsBytes() {
    String ready = file("kept for a while");
    byte[] bytes = "half".getBytes(StandardCharsets.UTF_8);
    var started = Uploads.start(token, "a.txt", "text/plain", bytes);
    Uploads.put(started, bytes);
    for (String id : List.of(ready, started.<String>path("id"))) {
      StoredFile file = find(id);
      sql("update attachment set due_at = now() where tenant = $1 and id = $2", id);
      await().atMost(SOON).until(() -> row(id).isEmpty());
      assertThat(storage.size(file.key())).isEmpty();
      assertThat(storage.size(file.uploadKey())).isEmpty();
      Uploads.download(token, id, false).statusCode(404);
    }
  }

  @Test
  void whatWasSentStaysUntilItsMessageIsDeleted() {
    Group group = Group.of("ana", "bo");
    String id =
        Uploads.ready(
            group.token("ana"), "a.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
    String message =
        group
            .send("ana", Map.of("clientMsgId", "c1", "body", "", "attachments", List.of(id)))
            .statusCode(201)
            .extract()
            .path("id");
    StoredFile file =
        attachments.find(group.tenant(), UUID.fromString(id)).await().atMost(SOON).orElseThrow();
    String link =
        links.seal(new FileLinks.Link(group.tenant(), file.id()), Instant.now().plusSeconds(60));
    shared(link).statusCode(200);
    given()
        .auth()
        .oauth2(group.token("ana"))
        .delete("/v1/messages/" + message)
        .then()
        .statusCode(204);
    Uploads.download(group.token("bo"), id, false).statusCode(404);
    shared(link).statusCode(404);
    await().atMost(SOON).until(() -> storage.size(file.key()).isEmpty());
  }

  @Test
  void aLinkGivesTheFileAsADownloadUntilItEnds() {
    String id = file("for outsiders");
    FileLinks.Link link = new FileLinks.Link(tenant, UUID.fromString(id));
    String good = links.seal(link, Instant.now().plusSeconds(60));
    ValidatableResponse answer =
        shared(good)
            .statusCode(200)
            .header("Content-Type", is("application/octet-stream"))
            .header("X-Content-Type-Options", is("nosniff"))
            .header(
                "Content-Disposition",
                is("attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"));
    assertThat(answer.extract().asString()).isEqualTo("for outsiders");
    shared(links.seal(link, Instant.now().minusSeconds(1))).statusCode(404);
    shared(good.substring(0, good.length() - 2) + "AA").statusCode(404);
    shared("nonsense").statusCode(404);
    shared(
            links.seal(
                new FileLinks.Link("other", link.attachmentId()), Instant.now().plusSeconds(60)))
        .statusCode(404);
  }

  @Test
  void anAddressStopsWorking() {
    String id = file("short lived");
    String url =
        storage.download(find(id).key(), "text/plain", "attachment", Duration.ofSeconds(2));
    assertThat(Uploads.get(url).statusCode()).isEqualTo(200);
    await().atMost(SOON).until(() -> Uploads.get(url).statusCode() == 403);
    String given = Uploads.download(token, id, false).extract().path("url");
    assertThat(given).contains("X-Amz-Expires=300");
    assertThat(Uploads.get(given.replace("Expires=300", "Expires=3000")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aScannedFileIsReadyOrRejectedAndWaitsWhileTheScannerIsAway() throws Exception {
    String clean = file("clean");
    String evil = file("with " + FakeClamd.VIRUS);
    try (FakeClamd clamd = new FakeClamd()) {
      TendFiles tend = tending(clamd, AHEAD);
      clamd.answer("busy");
      scanning(clean);
      scanning(evil);
      tend.turn().await().atMost(SOON);
      assertThat(find(clean).state()).isEqualTo("scanning");
      Uploads.download(token, clean, false).statusCode(422);
      clamd.answer(null);
      await()
          .atMost(SOON)
          .until(
              () -> {
                again();
                tend.turn().await().atMost(SOON);
                return find(clean).isReady() && "rejected".equals(find(evil).state());
              });
      assertThat(find(evil).reason()).isEqualTo("malware");
      List<Envelope> told =
          Wire.await(Topics.MESSAGE_PERSONAL, 2, SOON, event -> event.tenant().equals(tenant));
      told.forEach(event -> Schemas.validate(Json.bytes(event)));
      assertThat(told)
          .allMatch(event -> event.to().equals(List.of(Recipient.user("ana"))))
          .extracting(event -> event.data(Attachment.class))
          .extracting(Attachment::state, Attachment::reason)
          .containsExactlyInAnyOrder(
              tuple(AttachmentState.READY, null), tuple(AttachmentState.REJECTED, "malware"));
      Uploads.complete(token, evil).body("state", is("rejected")).body("reason", is("malware"));
      Uploads.download(token, evil, false).statusCode(422);
    }
  }

  @Test
  void whatTheScannerCannotJudgeIsRejectedAndHoldsNobodyUp() throws Exception {
    String large = file("too large for it");
    String clean = file("clean");
    try (FakeClamd clamd = new FakeClamd()) {
      clamd.answer("INSTREAM size limit exceeded. ERROR");
      scanning(large);
      TendFiles tend = tending(clamd, AHEAD);
      await().atMost(SOON).until(() -> done(tend, large).equals("rejected"));
      assertThat(find(large).reason()).isEqualTo("not_scanned");
      Envelope told =
          Wire.await(Topics.MESSAGE_PERSONAL, 1, SOON, event -> event.tenant().equals(tenant))
              .get(0);
      assertThat(told.data(Attachment.class).state()).isEqualTo(AttachmentState.REJECTED);
      assertThat(told.data(Attachment.class).reason()).isEqualTo("not_scanned");

      clamd.answer("busy");
      scanning(clean);
      tend.turn().await().atMost(SOON);
      assertThat(find(clean).state()).isEqualTo("scanning");
      TendFiles nextDay = tending(clamd, Duration.ofHours(25));
      await().atMost(SOON).until(() -> done(nextDay, clean).equals("rejected"));
      assertThat(find(clean).reason()).isEqualTo("not_scanned");
    }
  }

  private String done(TendFiles tend, String id) {
    again();
    tend.turn().await().atMost(SOON);
    return find(id).state();
  }

  private TendFiles tending(FakeClamd clamd, Duration ahead) {
    return new TendFiles(
        vertx,
        tx,
        attachments,
        due,
        inspection,
        storage,
        Scanning.by(clamd.address()),
        workers,
        config,
        Clock.offset(clock, ahead));
  }

  private void scanning(String id) {
    sql("update attachment set state = 'scanning' where tenant = $1 and id = $2", id);
    again();
  }

  /** Due for the node that is ahead and for no other, whoever has put it off. */
  private void again() {
    tx.in(tenant)
        .read(
            "update attachment set due_at = now() + interval '10 minutes'"
                + " where tenant = $1 and state = 'scanning'",
            Tuple.of(tenant))
        .await()
        .atMost(SOON);
  }

  private String file(String text) {
    return Uploads.ready(token, "a.txt", "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private StoredFile find(String id) {
    return row(id).orElseThrow();
  }

  private java.util.Optional<StoredFile> row(String id) {
    return attachments.find(tenant, UUID.fromString(id)).await().atMost(SOON);
  }

  private void sql(String statement, String id) {
    tx.in(tenant).read(statement, Tuple.of(tenant, UUID.fromString(id))).await().atMost(SOON);
  }

  private static ValidatableResponse shared(String link) {
    return RestAssured.get("/v1/attachments/shared/" + link).then();
  }
}
