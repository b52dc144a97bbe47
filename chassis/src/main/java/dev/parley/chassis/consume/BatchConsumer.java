package dev.parley.chassis.consume;

import dev.parley.contracts.Topic;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a service does with a topic. Implementations are beans; {@link Consumers} runs each on a
 * thread of its own, in a consumer group of its own, shared by all nodes of the service.
 *
 * <p>Records come at least once, in order per key, in batches of up to 500. The effect must be
 * idempotent: a projection by version, anything else behind the {@link
 * dev.parley.chassis.inbox.Inbox}. One transaction per batch, not per record.
 *
 * <p>A batch that fails because a dependency is away is tried again until it is back. One that
 * fails otherwise is tried record by record; a record that fails three times goes to {@code
 * <topic>.dlq.<service>} with the reason, and the others go on.
 */
public interface BatchConsumer {
  /** Names the consumer group within the service; never changed, or everything is read again. */
  String name();

  /** The topics to read. */
  Set<Topic> topics();

  /**
   * How late a record may be taken for the sake of fuller batches. Zero by default: at once. Each
   * poll costs this service and the broker a fraction of a millisecond of CPU, so a consumer that
   * nobody waits for says more.
   */
  default Duration mayLag() {
    return Duration.ZERO;
  }

  /**
   * Handles the batch. Its offsets are told to the broker after the returned Uni has completed,
   * within a quarter of a second: what a crash leaves untold comes again.
   */
  Uni<Void> on(List<Received> batch);

  /**
   * Asked after each batch: tells whether all that was taken so far is done, also what is done
   * later than {@link #on} has completed. The broker is told no further than that, so a crash in
   * between repeats what was still to be done. By default it is.
   */
  default BooleanSupplier settled() {
    return () -> true;
  }
}
