package dev.parley.chassis.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How committed events get to Kafka. */
@ConfigMapping(prefix = "parley.outbox")
public interface OutboxConfig {
  /**
   * Into how many independent streams the outbox is split by key, each sent by one node at a time.
   * Equal on all nodes of a service; changed only while the outbox is empty.
   */
  @WithDefault("1")
  int shards();

  /**
   * The least time from the beginning of one cycle of a shard to that of the next. What comes after
   * a pause goes at once; under load cycles share their price among what gathers meanwhile, which
   * waits half of this in the middle. 0 for the lowest latency.
   */
  @WithDefault("4ms")
  Duration pace();

  /** The pause before another try while another node holds a shard. */
  @WithDefault("3ms")
  Duration retry();

  /** The pause after the broker refused or did not answer. */
  @WithDefault("300ms")
  Duration backoff();

  /** How often a node looks for what a crash left behind. */
  @WithDefault("1s")
  Duration sweep();
}
