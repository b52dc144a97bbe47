package dev.parley.message.reading;

import dev.parley.contracts.Recipient;
import dev.parley.message.CountLog;
import dev.parley.message.CountLog.News;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * When people are told what is unread: the first news of a conversation at once, then once a second
 * as long as there are more, the last of them in any case.
 *
 * <p>News that wait for their second are in memory. So that none is lost with the node, their
 * events count as done only when they have been told ({@link #settled}): the node that comes after
 * reads them again.
 */
@ApplicationScoped
class Pace {
  private static final Logger LOG = Logger.getLogger(Pace.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final CountLog log;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<UUID, Waiting> waiting = new HashMap<>();
  private final Map<UUID, Instant> told = new HashMap<>();
  private final List<Waiting> underWay = new ArrayList<>();
  private long batches;
  private boolean ticking;

  Pace(CountLog log, Vertx vertx, Clock clock) {
    this.log = log;
    this.vertx = vertx;
    this.clock = clock;
  }

  private static final class Waiting {
    private News news;
    private long since;
    private boolean urgent;
  }

  /** What is added from now on comes of another batch of events. */
  synchronized void begin() {
    batches++;
  }

  /** Whether all that has come up to now is told. */
  synchronized BooleanSupplier settled() {
    long batch = batches;
    return () -> batch <= done();
  }

  private synchronized long done() {
    return Stream.concat(waiting.values().stream(), underWay.stream())
        .mapToLong(entry -> entry.since - 1)
        .min()
        .orElse(batches);
  }

  /** Something has happened; it is told by a {@link #flush} that finds its time come. */
  synchronized void add(News news, boolean urgent) {
    add(news, urgent, batches);
  }

  private void add(News news, boolean urgent, long since) {
    Waiting entry = waiting.computeIfAbsent(news.conversation(), id -> new Waiting());
    entry.since = entry.news == null ? since : Math.min(entry.since, since);
    entry.news = entry.news == null ? news : merge(entry.news, news);
    entry.urgent |= urgent;
  }

  /** Tells all whose time has come, and sees to it that the others are told at theirs. */
  Uni<Void> flush() {
    List<Waiting> due = due();
    if (due.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return log.tell(due.stream().map(entry -> entry.news).toList())
        .onTermination()
        .invoke((done, failure, cancelled) -> settle(due, failure == null && !cancelled));
  }

  private synchronized void settle(List<Waiting> due, boolean isTold) {
    underWay.removeAll(due);
    if (!isTold) {
      due.forEach(entry -> add(entry.news, true, entry.since));
    }
  }

  private synchronized List<Waiting> due() {
    Instant now = clock.instant();
    Instant recent = now.minus(INTERVAL);
    told.values().removeIf(at -> !at.isAfter(recent));
    List<Waiting> due = new ArrayList<>();
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              if (!entry.getValue().urgent && told.containsKey(entry.getKey())) {
                return false;
              }
              due.add(entry.getValue());
              told.put(entry.getKey(), now);
              return true;
            });
    underWay.addAll(due);
    if (!waiting.isEmpty() && !ticking) {
      ticking = true;
      vertx.setTimer(next(now), timer -> tick());
    }
    return due;
  }

  private long next(Instant now) {
    Instant first = waiting.keySet().stream().map(told::get).min(Instant::compareTo).orElse(now);
    return Math.max(1, Duration.between(now, first.plus(INTERVAL)).toMillis() + 1);
  }

  private void tick() {
    synchronized (this) {
      ticking = false;
    }
    flush()
        .subscribe()
        .with(
            done -> {},
            failure -> {
              LOG.warnf("counts are told later: %s", failure.getClass().getName());
              retry();
            });
  }

  private synchronized void retry() {
    if (!ticking) {
      ticking = true;
      vertx.setTimer(INTERVAL.toMillis(), timer -> tick());
    }
  }

  private static News merge(News older, News newer) {
    return new News(
        newer.tenant(),
        newer.conversation(),
        older.audience().and(newer.audience()),
        Math.max(older.place(), newer.place()),
        latest(older.named(), newer.named()),
        both(older.moved(), newer.moved()));
  }

  private static Map<Recipient, Long> latest(
      Map<Recipient, Long> some, Map<Recipient, Long> others) {
    Map<Recipient, Long> all = new HashMap<>(some);
    others.forEach((one, place) -> all.merge(one, place, Math::max));
    return all;
  }

  private static Set<Recipient> both(Set<Recipient> some, Set<Recipient> others) {
    Set<Recipient> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
