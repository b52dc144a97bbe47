package dev.parley.message.attachment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.StoredFile;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.provider.Workers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever repeats the end of an upload, also at once, gets the first one's answer. */
@QuarkusTest
class CompleteAtOnceTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] SAID = "what was said".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "something els".getBytes(StandardCharsets.UTF_8);

  @Inject ObjectStorage storage;
  @Inject Attachments attachments;
  @Inject Workers workers;
  @Inject Tx tx;

  private final String tenant = "t" + Ids.next();
  private final String token = Tokens.user(tenant, "ana");
  private final ExecutorService many = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    many.shutdownNow();
  }

  @Test
  void manyAtOnceAndARepeatAreAnsweredAlike() {
    byte[] png = Uploads.png(1600, 1200);
    StoredFile file = uploaded("plan.png", "image/png", png);
    List<String> answers = atOnce(file, 8, () -> claimed(file));
    String again = answer(file);
    assertThat(answers).hasSize(8).containsOnly(again);
    assertThat(again).startsWith("200 ").contains("\"state\":\"ready\"", "\"width\":1600");
    assertThat(download(file)).isEqualTo(png);
    assertThat(storage.size(file.uploadKey())).isEmpty();
  }

  @Test
  void manyAtOnceAreToldTheSameRejection() {
    StoredFile file = uploaded("cat.png", "image/png", "<html></html>".getBytes());
    List<String> answers = atOnce(file, 4, () -> claimed(file));
    assertThat(answers).hasSize(4).containsOnly(answer(file));
    assertThat(answers.get(0)).startsWith("200 ").contains("\"reason\":\"type_mismatch\"");
    assertThat(storage.size(file.key())).isEmpty();
  }

  @Test
  void manyAtOnceBeforeTheBytesCameAreAllRefused() {
    Response started = Uploads.start(token, "a.txt", "text/plain", SAID);
    StoredFile file = find(started.path("id"));
    assertThat(atOnce(file, 4, () -> true)).hasSize(4).allMatch(one -> one.startsWith("422 "));
    Uploads.put(started, SAID);
    assertThat(answer(file)).startsWith("200 ").contains("\"state\":\"ready\"");
  }

  @Test
  void whatAnotherNodeIsLookingAtIsNotCopiedAgain() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    storage.put(file.key(), SAID, "text/plain");
    storage.put(file.uploadKey(), OTHER, "text/plain");
    sql(file, "set claimed_until = now() + interval '1 minute'");
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> answer(file), many);
    sql(file, "set state = 'ready', claimed_until = null");
    assertThat(waiting.orTimeout(30, TimeUnit.SECONDS).join()).contains("\"state\":\"ready\"");
    assertThat(answer(file)).contains("\"state\":\"ready\"");
    assertThat(download(file)).isEqualTo(SAID);
  }

  @Test
  void whatANodeThatDiedWasLookingAtIsLookedAtAgain() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    sql(file, "set claimed_until = now() - interval '1 second'");
    assertThat(answer(file)).contains("\"state\":\"ready\"");
    assertThat(download(file)).isEqualTo(SAID);
  }

  @Test
  void whatANodeHeldThatDiesIsLookedAtSoonByWhoeverWaits() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    sql(file, "set claim = gen_random_uuid(), claimed_until = now() + interval '2 seconds'");
    assertThat(answer(file)).startsWith("200 ").contains("\"state\":\"ready\"");
    assertThat(download(file)).isEqualTo(SAID);
  }

  @Test
  void aClaimIsShortAndRenewedWhileItsNodeIsAtIt() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    List<String> answers =
        atOnce(
            file,
            2,
            () -> {
              if (!claimed(file)) {
                return false;
              }
              assertThat(is(file, "claimed_until <= now() + interval '10 seconds'")).isTrue();
              sql(file, "set claimed_until = now() + interval '5 seconds'");
              await()
                  .atMost(SOON)
                  .until(() -> is(file, "claimed_until > now() + interval '6 seconds'"));
              return true;
            });
    assertThat(answers).hasSize(2).containsOnly(answer(file));
    assertThat(answers.get(0)).startsWith("200 ").contains("\"state\":\"ready\"");
  }

  @Test
  void whoHasLostTheClaimWritesNothingDown() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    List<String> answers =
        atOnce(
            file,
            1,
            () -> {
              if (!claimed(file)) {
                return false;
              }
              // As another node leaves it that has been faster.
              sql(file, "set claim = gen_random_uuid(), state = 'rejected', reason = 'malware'");
              return true;
            });
    assertThat(answers.get(0)).contains("\"reason\":\"malware\"");
    assertThat(find(file.id().toString()).state()).isEqualTo("rejected");
  }

  @Test
  void itIsEndedThoughWhoeverAskedHasGone() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    CountDownLatch held = hold();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + complete(file)))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    var asking =
        HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding());
    await().atMost(SOON).until(() -> claimed(file));
    asking.cancel(true);
    held.countDown();
    await().atMost(SOON).until(() -> find(file.id().toString()).isReady());
    assertThat(answer(file)).contains("\"state\":\"ready\"");
  }

  @Test
  void whatIsTakenBackMeanwhileLeavesNothingInTheStore() {
    StoredFile file = uploaded("a.txt", "text/plain", SAID);
    List<String> answers =
        atOnce(
            file,
            2,
            () -> {
              if (claimed(file)) {
                // As the sweep leaves it, but for the bytes that are being copied.
                tx.in(tenant)
                    .change(
                        "delete from attachment where tenant = $1 and id = $2",
                        Tuple.of(tenant, file.id()))
                    .await()
                    .atMost(SOON);
                return true;
              }
              return false;
            });
    assertThat(answers).hasSize(2).allMatch(one -> one.startsWith("404 "));
    assertThat(storage.size(file.key())).isEmpty();
    assertThat(storage.size(file.uploadKey())).isEmpty();

    StoredFile deleted = uploaded("a.txt", "text/plain", SAID);
    assertThat(atOnce(deleted, 1, () -> claimed(deleted) && delete(deleted) == 204))
        .allMatch(one -> one.startsWith("404 "));
    await().atMost(SOON).until(() -> storage.size(deleted.key()).isEmpty());
    assertThat(storage.size(deleted.uploadKey())).isEmpty();
  }

  /** So many at once, none of which gets to the bytes before that is so. */
  private List<String> atOnce(StoredFile file, int count, Supplier<Boolean> first) {
    CountDownLatch held = hold();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        answers.add(CompletableFuture.supplyAsync(() -> answer(file), many));
      }
      await().atMost(SOON).until(first::get);
    } finally {
      held.countDown();
    }
    return answers.stream().map(one -> one.orTimeout(30, TimeUnit.SECONDS).join()).toList();
  }

  /** Keeps all threads busy that look at files. */
  private CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      workers
          .run(() -> held.await(30, TimeUnit.SECONDS))
          .subscribe()
          .with(ended -> {}, failed -> {});
    }
    return held;
  }

  private StoredFile uploaded(String name, String type, byte[] bytes) {
    Response started = Uploads.start(token, name, type, bytes);
    assertThat(Uploads.put(started, bytes)).isEqualTo(200);
    return find(started.path("id"));
  }

  private String answer(StoredFile file) {
    Response answer = given().auth().oauth2(token).post(complete(file));
    return answer.statusCode() + " " + answer.asString();
  }

  private static String complete(StoredFile file) {
    return "/v1/attachments/" + file.id() + "/complete";
  }

  private byte[] download(StoredFile file) {
    String id = file.id().toString();
    return Uploads.get(Uploads.download(token, id, false).statusCode(200).extract().path("url"))
        .body();
  }

  private int delete(StoredFile file) {
    return given().auth().oauth2(token).delete("/v1/attachments/" + file.id()).statusCode();
  }

  private boolean claimed(StoredFile file) {
    return is(file, "claimed_until > now()");
  }

  private boolean is(StoredFile file, String condition) {
    return tx.in(tenant)
            .read(
                "select from attachment where tenant = $1 and id = $2 and " + condition,
                Tuple.of(tenant, file.id()))
            .await()
            .atMost(SOON)
            .rowCount()
        == 1;
  }

  private void sql(StoredFile file, String change) {
    tx.in(tenant)
        .change(
            "update attachment " + change + " where tenant = $1 and id = $2",
            Tuple.of(tenant, file.id()))
        .await()
        .atMost(SOON);
  }

  private StoredFile find(String id) {
    return attachments.find(tenant, UUID.fromString(id)).await().atMost(SOON).orElseThrow();
  }
}
