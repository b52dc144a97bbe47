package dev.parley.presence.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import dev.parley.presence.copy.ConversationCopies;
import dev.parley.presence.copy.MemberCopies;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes the rights of the timeline log into the copy, once for all nodes.
 *
 * <p>Most records are messages and carry none: they are not even parsed, and a batch of them writes
 * nothing but, once a second, how far the log has been read. A position that lags is harmless: what
 * lies between is applied again from a node's ring, by {@code rev}.
 */
@ApplicationScoped
class RightsEvents implements BatchConsumer {
  private static final Logger LOG = Logger.getLogger(RightsEvents.class);
  private static final byte[] RIGHTS = "\"rights\"".getBytes(StandardCharsets.US_ASCII);
  private static final long POSITION_EVERY_MS = 1_000;

  private final Tx tx;
  private final MemberCopies copies;
  private final ConversationCopies conversations;
  private final Map<Integer, Long> unwritten = new HashMap<>();

  RightsEvents(Tx tx, MemberCopies copies, ConversationCopies conversations) {
    this.tx = tx;
    this.copies = copies;
    this.conversations = conversations;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(POSITION_EVERY_MS, timer -> writePositions());
  }

  @Override
  public String name() {
    return "rights";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  /** A node's ring bridges from the copy to the present, so nobody waits for it. */
  @Override
  public Duration mayLag() {
    return Duration.ofMillis(500);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<LogRecord> records = new ArrayList<>();
    Map<Integer, Long> positions = new HashMap<>();
    for (Received received : batch) {
      positions.merge(received.partition(), received.offset() + 1, Math::max);
      if (mentionsRights(received.value())) {
        LogRecord record = read(received);
        if (!record.rights().isEmpty()) {
          records.add(record);
        }
      }
    }
    if (records.isEmpty()) {
      remember(positions);
      return Uni.createFrom().voidItem();
    }
    return tx.write(
        work ->
            conversations.apply(work, records).chain(() -> copies.apply(work, records, positions)));
  }

  private void writePositions() {
    Map<Integer, Long> positions = forget();
    if (positions.isEmpty()) {
      return;
    }
    tx.write(work -> copies.apply(work, List.of(), positions))
        .subscribe()
        .with(
            done -> {},
            failure -> {
              LOG.debugf("positions put off: %s", failure.getClass().getName());
              remember(positions);
            });
  }

  private synchronized void remember(Map<Integer, Long> positions) {
    positions.forEach((partition, next) -> unwritten.merge(partition, next, Math::max));
  }

  private synchronized Map<Integer, Long> forget() {
    Map<Integer, Long> positions = Map.copyOf(unwritten);
    unwritten.clear();
    return positions;
  }

  private static LogRecord read(Received received) {
    return LogReader.read(
        received.partition(),
        received.offset(),
        received.publishedAt().toEpochMilli(),
        received.value());
  }

  /** May be wrong for a message that speaks of rights in quotes, never the other way round. */
  private static boolean mentionsRights(byte[] value) {
    outer:
    for (int i = 0; i <= value.length - RIGHTS.length; i++) {
      for (int j = 0; j < RIGHTS.length; j++) {
        if (value[i + j] != RIGHTS[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
