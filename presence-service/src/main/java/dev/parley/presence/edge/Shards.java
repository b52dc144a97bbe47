package dev.parley.presence.edge;

import dev.parley.chassis.record.RecordsChanged;
import dev.parley.chassis.user.UsersChanged;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One {@link Shard} for each event loop of the node. */
@ApplicationScoped
class Shards {
  private final VertxInternal vertx;
  private final Station station;
  private volatile List<Shard> all = List.of();

  Shards(Vertx vertx, Station station) {
    this.vertx = (VertxInternal) vertx;
    this.station = station;
  }

  /** Makes them; from then on sockets may come. */
  void begin(LogStart start) {
    List<Shard> made = new ArrayList<>();
    for (EventExecutor executor : vertx.getEventLoopGroup()) {
      made.add(new Shard((EventLoop) executor, station, start));
    }
    all = List.copyOf(made);
  }

  /** The shard of that event loop, or null before the log has been found. */
  Shard of(EventExecutor loop) {
    for (Shard shard : all) {
      if (shard.loop() == loop) {
        return shard;
      }
    }
    return null;
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  void feed(Batch batch) {
    all.forEach(shard -> shard.feed(batch));
  }

  int waiting() {
    return all.stream().mapToInt(Shard::waiting).max().orElse(0);
  }

  void changed(@Observes RecordsChanged event) {
    each(shard -> shard.sights.changed(event.records()));
  }

  void changed(@Observes UsersChanged event) {
    each(shard -> shard.dismiss(event.tenants()));
  }

  /** Has each shard do it on its own loop. */
  void each(Consumer<Shard> action) {
    all.forEach(shard -> shard.run(() -> action.accept(shard)));
  }
}
