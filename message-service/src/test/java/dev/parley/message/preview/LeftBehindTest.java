package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.tx.Tx;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node leaves that dies at work. */
@QuarkusTest
class LeftBehindTest extends WithBackEnds {
  private static final Duration BOUND = Duration.ofSeconds(15);

  @Inject Vertx vertx;
  @Inject Tx tx;
  @Inject PreviewJobs jobs;
  @Inject MakePreviews previews;
  @Inject Clock clock;
  private final Web web = new Web();

  @BeforeEach
  void reachOurOwnWeb() {
    QuarkusMock.installMockForType(
        new PageFetcher(vertx, new Names().with("a.example", "127.0.0.1"), Limits.at(web.place())),
        PageFetcher.class);
  }

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void isTakenByAnotherOneAndByOneAlone() {
    web.page("/p", "Found");
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "no link yet");
    String link = "http://a.example:" + web.port() + "/p";
    PreviewJobs.Wanted wanted =
        new PreviewJobs.Wanted(group.tenant(), UUID.fromString(id), group.id());
    Instant far = clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    add(wanted, far);
    Instant later = far.plusSeconds(60);
    List<PreviewJobs.Job> mine = take(far, later, wanted);
    assertThat(mine).hasSize(1);
    assertThat(take(far, later, wanted)).isEmpty();

    // The node that took it has died; the message says something else meanwhile.
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", link))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200);
    await()
        .atMost(BOUND)
        .untilAsserted(() -> group.message("bo", id).body("previews[0].title", is("Found")));
    await().atMost(BOUND).untilAsserted(() -> assertThat(left(wanted)).isZero());
    // What the dead one would have finished is no longer its to finish.
    add(wanted, far);
    jobs.done(mine.get(0)).await().atMost(BOUND);
    assertThat(left(wanted)).isEqualTo(1);
    add(wanted, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    previews.poke();
    await().atMost(BOUND).untilAsserted(() -> assertThat(left(wanted)).isZero());
    assertThat(web.asked()).containsExactly("/p");
  }

  private void add(PreviewJobs.Wanted wanted, Instant due) {
    tx.in(wanted.tenant())
        .write(work -> jobs.add(work, List.of(wanted), due))
        .await()
        .atMost(BOUND);
  }

  private List<PreviewJobs.Job> take(Instant now, Instant again, PreviewJobs.Wanted wanted) {
    return jobs.take(now, again, 1_000).await().atMost(BOUND).stream()
        .filter(job -> job.message().equals(wanted))
        .toList();
  }

  private long left(PreviewJobs.Wanted wanted) {
    return tx.in(wanted.tenant())
        .read(
            "select count(*) as n from preview_job where tenant = $1 and message_id = $2",
            Tuple.of(wanted.tenant(), wanted.messageId()))
        .await()
        .atMost(BOUND)
        .iterator()
        .next()
        .getLong("n");
  }
}
