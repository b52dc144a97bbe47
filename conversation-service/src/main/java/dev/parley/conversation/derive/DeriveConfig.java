package dev.parley.conversation.derive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what follows from records is brought up to date. */
@ConfigMapping(prefix = "parley.derive")
public interface DeriveConfig {
  /** How often a node looks for what is due, besides when it has stored records itself. */
  @WithDefault("500ms")
  Duration sweep();

  /** How many conversations are computed in one transaction. */
  @WithDefault("50")
  int batch();

  /** How long one that could not be computed is left. */
  @WithDefault("10s")
  Duration backoff();
}
