package dev.parley.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who is online. */
@ConfigMapping(prefix = "parley.presence")
public interface PresenceConfig {
  /** How long after the last socket a user is still not offline; also the patience with a node. */
  @WithDefault("45s")
  Duration grace();

  /** How long after a change the next one is told at the soonest. */
  @WithDefault("10s")
  Duration quiet();

  /** How often a node says that it lives. */
  @WithDefault("5s")
  Duration beat();
}
