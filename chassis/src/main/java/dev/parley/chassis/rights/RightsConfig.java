package dev.parley.chassis.rights;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the service keeps a copy of the rights. */
@ConfigMapping(prefix = "parley.rights")
public interface RightsConfig {
  /** Whether the table {@code right_copy} exists in the service's database. */
  @WithDefault("false")
  boolean copied();
}
