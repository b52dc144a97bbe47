package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.app.Things;
import dev.parley.chassis.observe.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes of a service: the application's relay, and a second one over its own connections. */
@QuarkusTest
class TwoRelaysTest extends ProbeTest {
  private static final String HOLDERS =
      """
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and classid = 2828 and granted and pid <> pg_backend_pid()
      """;

  @Inject Things things;
  @Inject Vertx vertx;
  @Inject Clock clock;
  @Inject Spans spans;
  @Inject MeterRegistry ownMeters;
  @Inject OutboxConfig config;
  @Inject Shards shards;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String url;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private Pool pool;
  private Broker broker;
  private Relay second;

  @BeforeEach
  void aSecondNode() {
    pool = pool();
    broker = new Broker(kafka);
    second =
        new Relay(
            vertx,
            pool,
            broker,
            config,
            shards,
            new RelayCycle(pool, broker, clock, meters, spans, shards, "message-service"),
            meters);
    second.start(null);
  }

  @AfterEach
  void end() {
    second.stop(null);
    broker.stop(null);
    get(pool.close());
  }

  @Test
  void everyRowIsSentByOneOfThemOnceAndInOrder() throws Exception {
    double own = published(ownMeters);
    Writers writers = new Writers(things, tenant, 20);

    // As if every second commit were the second node's.
    AtomicInteger turn = new AtomicInteger();
    writers.write(
        8,
        100,
        () -> {
          if (turn.incrementAndGet() % 2 == 0) {
            second.poke();
          }
        });

    Published published = new Published(tenant).await(800);
    assertThat(published.size()).isEqualTo(800);
    writers.assertInOrder(published.numbersByKey());
    assertThat(published(ownMeters) - own).isPositive();
    assertThat(published(meters)).isPositive();
    for (String stage : List.of("written-taken", "taken-published")) {
      assertThat(meters.timer("parley.outbox.stage", "stage", stage).count()).isPositive();
    }
  }

  @Test
  void whenTheHolderDiesInACycleTheOtherGoesOnAndOrderIsKept() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger killed = new AtomicInteger();
    Pool killer = pool();
    Thread crashes =
        new Thread(
            () -> {
              while (writing.get()) {
                killed.addAndGet(get(killer.query(HOLDERS).execute()).size());
              }
            });
    crashes.start();
    Writers writers = new Writers(things, tenant, 10);
    try {
      writers.write(4, 250, second::poke);
      await().atMost(Duration.ofSeconds(30)).until(() -> killed.get() >= 5);
    } finally {
      writing.set(false);
      crashes.join();
      get(killer.close());
    }

    Published published = new Published(tenant).await(writers.committed());
    writers.assertInOrder(published.firstNumbersByKey());
    assertThat(killed.get()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void anIdleRelayLooksOnlyAsOftenAsTheSweep() {
    AtomicInteger cycles = new AtomicInteger();
    RelayCycle counting =
        new RelayCycle(pool, broker, clock, meters, spans, shards, "message-service") {
          @Override
          Uni<Outcome> run(int shard) {
            cycles.incrementAndGet();
            return super.run(shard);
          }
        };
    Relay idle = new Relay(vertx, pool, broker, swept(100), shards, counting, meters);
    long began = clock.millis();
    idle.start(null);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> clock.millis() - began >= 1_000);
    int seen = cycles.get();
    long millis = clock.millis() - began;
    idle.stop(null);

    assertThat(seen).isBetween(3, (int) (millis / 100) + 1);
  }

  private static double published(MeterRegistry meters) {
    return meters.counter("parley.outbox.published").count();
  }

  private Pool pool() {
    PgConnectOptions options =
        PgConnectOptions.fromUri(url).setUser("message").setPassword("message");
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(2))
        .connectingTo(options)
        .using(io.vertx.mutiny.core.Vertx.newInstance(vertx))
        .build();
  }

  private OutboxConfig swept(long millis) {
    return new OutboxConfig() {
      @Override
      public int shards() {
        return 1;
      }

      @Override
      public Duration pace() {
        return Duration.ZERO;
      }

      @Override
      public Duration retry() {
        return Duration.ofMillis(3);
      }

      @Override
      public Duration backoff() {
        return Duration.ofMillis(300);
      }

      @Override
      public Duration sweep() {
        return Duration.ofMillis(millis);
      }
    };
  }
}
