package dev.parley.chassis.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Sealing of cursors. */
@ConfigMapping(prefix = "parley.cursor")
public interface CursorConfig {
  /** The default of {@link #key}: for local use only. */
  String PUBLISHED_KEY = "local-use-only-change-me";

  /**
   * The secret that all nodes of all services share; any text of 16 characters or more. With the
   * default a service starts on a local machine only.
   */
  @WithDefault(PUBLISHED_KEY)
  String key();
}
