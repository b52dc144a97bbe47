package dev.parley.chassis.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether this is a machine that nobody else reaches. */
@ConfigMapping(prefix = "parley.local")
public interface LocalConfig {
  /**
   * Whether secrets may have the values that are published with the sources. Without it a service
   * that is not run by its tests or in development refuses to start with any of them.
   */
  @WithDefault("false")
  boolean enabled();
}
