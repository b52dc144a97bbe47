package dev.parley.message.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is known what became of scheduled and mass messages. */
@ConfigMapping(prefix = "parley.message.finished")
public interface FinishedConfig {
  /** Since it was sent, failed or was cancelled; the messages themselves stay. */
  @WithDefault("90d")
  Duration keep();

  /** How often each node looks for what is older. */
  @WithDefault("1h")
  Duration sweep();
}
