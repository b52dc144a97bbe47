package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.app.Things;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** One node: what commits is published, in order, whatever happens to the broker. */
@QuarkusTest
class OutboxTest extends ProbeTest {
  @Inject Tx tx;
  @Inject Things things;

  @Test
  void workThatIsRolledBackPublishesNothing() {
    assertThatThrownBy(
            () ->
                get(
                    tx.write(
                        work ->
                            things
                                .next(work, tenant, "a", Map.of())
                                .invoke(
                                    () -> {
                                      throw new IllegalStateException("changed my mind");
                                    }))))
        .hasMessage("changed my mind");
    get(things.next(tenant, "a", Map.of()));

    Published published = new Published(tenant).await(1);

    // The number was rolled back too: the event of the second try is the first one.
    assertThat(published.numbers("a")).containsExactly(1L);
    assertThat(published.size()).isOne();
  }

  @Test
  void workThatThrowsInsteadOfAnsweringGivesItsConnectionBack() {
    // More often than there are connections.
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(
              () ->
                  get(
                      tx.write(
                          work -> {
                            throw new IllegalStateException("at once");
                          })))
          .hasMessage("at once");
    }

    assertThat(get(things.next(tenant, "a", Map.of()))).isOne();
  }

  @Test
  void whatManyWritersCommitArrivesOncePerKeyInTheOrderOfCommits() throws Exception {
    Writers writers = new Writers(things, tenant, 20);
    writers.write(16, 50, () -> {});

    Published published = new Published(tenant).await(800);

    assertThat(published.size()).isEqualTo(800);
    writers.assertInOrder(published.numbersByKey());
    assertThat(left()).isZero();
  }

  @Test
  void whatTheBrokerWillNeverTakeIsParkedAndTheOthersGoOn() {
    get(things.next(tenant, "a", Map.of()));
    get(things.next(tenant, "a", "x".repeat(1_000_000)));
    get(things.next(tenant, "a", Map.of()));
    get(things.next(tenant, "b", Map.of()));

    Published published = new Published(tenant).await(3);

    assertThat(published.numbers("a")).containsExactly(1L, 3L);
    assertThat(published.numbers("b")).containsExactly(1L);
    await().atMost(Duration.ofSeconds(30)).until(() -> left() == 0);
    assertThat(parked()).containsExactly("RecordTooLargeException");
    String management = ConfigProvider.getConfig().getValue("test.management.url", String.class);
    RestAssured.get(management + "/health/well")
        .then()
        .statusCode(503)
        .body(
            "checks.find { it.name == 'no event is parked' }.data.parked", greaterThanOrEqualTo(1));
    RestAssured.get(management + "/health/ready").then().statusCode(200);
  }

  @Test
  void aBrokerThatDiesLosesNothingAndStopsNoCommit() throws Exception {
    Writers writers = new Writers(things, tenant, 10);
    AtomicInteger written = new AtomicInteger();
    Thread crash =
        new Thread(
            () -> {
              await().atMost(Duration.ofSeconds(30)).until(() -> written.get() >= 200);
              BackEnds.command("kill kafka");
            });
    crash.start();
    // Each commit is awaited for at most two seconds, broker or not.
    writers.write(4, 250, written::incrementAndGet);
    crash.join();
    assertThat(left()).isPositive();

    BackEnds.command("start kafka");

    Published published = new Published(tenant).await(writers.committed());
    writers.assertInOrder(published.firstNumbersByKey());
    await().atMost(Duration.ofSeconds(30)).until(() -> left() == 0);
  }

  @Test
  void theRequestsTrailTravelsWithTheEvent() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    asUser()
        .header("X-Request-Id", "req-42")
        .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
        .post("/v1/probes/a/events")
        .then()
        .statusCode(200);

    Published published = new Published(tenant).await(1);

    assertThat(published.header(0, "x-request-id")).isEqualTo("req-42");
    assertThat(published.header(0, "traceparent"))
        .matches("00-" + trace + "-[0-9a-f]{16}-01")
        .doesNotContain("b7ad6b7169203331");
    assertThat(published.header(0, "ce_type")).isEqualTo("probe.written");
    assertThat(published.header(0, "ce_source")).isEqualTo("/message-service");
    assertThat(published.header(0, "ce_specversion")).isEqualTo("1.0");
    assertThat(published.header(0, "ce_id")).isEqualTo(published.value(0).get("id").asText());
  }

  private int left() {
    return get(
        tx.read(
                "select count(*)::int from outbox where topic = $1 and record_key like $2",
                Tuple.of(Topics.TIMELINE.name(), tenant + "%"))
            .map(rows -> rows.iterator().next().getInteger(0)));
  }

  private List<String> parked() {
    return get(
        tx.read(
                "select array_agg(reason) from outbox_parked where record_key like $1",
                Tuple.of(tenant + "%"))
            .map(rows -> List.of(rows.iterator().next().getArrayOfStrings(0))));
  }
}
