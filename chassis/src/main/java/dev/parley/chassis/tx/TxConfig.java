package dev.parley.chassis.tx;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How statements that are their own transaction go to the database. */
@ConfigMapping(prefix = "parley.tx")
public interface TxConfig {
  /**
   * How long what comes while a transaction of its tenant is under way on this node waits for that
   * to end, at most. Then it goes beside it, together with what has gathered. 0 for the lowest
   * latency.
   */
  @WithDefault("5ms")
  Duration gather();
}
