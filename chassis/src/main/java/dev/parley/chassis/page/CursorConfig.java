package dev.parley.chassis.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Sealing of cursors. */
@ConfigMapping(prefix = "parley.cursor")
public interface CursorConfig {
  /**
   * The secret that all nodes of all services share; any text of 16 characters or more. The default
   * is for local use only.
   */
  @WithDefault("local-use-only-change-me")
  String key();
}
