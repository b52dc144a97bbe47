package dev.parley.chassis.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Publishes the outbox: every committed row at least once, per key in the order of commits.
 *
 * <p>A shard is sent by one node at a time, behind a transaction-scoped advisory lock: it vanishes
 * with the node, nothing has to be cleaned up. The node that has just committed tries at once, and
 * again every few milliseconds while another node holds the shard, so no commit waits for another
 * node's timer. The sweep picks up what a crash left.
 *
 * <p>Not guaranteed: exactly once. After a crash or a lost acknowledgement rows are sent again;
 * readers tell repeats by the event's id or the aggregate's version.
 */
@ApplicationScoped
public class Relay {
  private final Vertx vertx;
  private final OutboxConfig config;
  private final List<RelayShard> shards;
  private final AtomicBoolean stopped = new AtomicBoolean();

  Relay(
      Vertx vertx,
      Pool pool,
      Broker broker,
      OutboxConfig config,
      Shards shards,
      RelayCycle cycle,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.config = config;
    this.shards =
        IntStream.range(0, shards.count())
            .mapToObj(shard -> new RelayShard(vertx, config, shard, cycle, stopped))
            .toList();
    meters.gauge("parley.outbox.oldest.age.seconds", cycle, RelayCycle::oldestAgeSeconds);
  }

  /** Says that rows were committed. Cheap; many pokes make one cycle. */
  public void poke() {
    for (RelayShard shard : shards) {
      shard.poke();
    }
  }

  void start(@Observes @Priority(100) StartupEvent event) {
    vertx.setPeriodic(config.sweep().toMillis(), timer -> poke());
  }

  void stop(@Observes ShutdownEvent event) {
    stopped.set(true);
  }
}
