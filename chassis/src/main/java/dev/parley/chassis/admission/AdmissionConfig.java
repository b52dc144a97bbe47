package dev.parley.chassis.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much a node takes on at once. */
@ConfigMapping(prefix = "parley.admission")
public interface AdmissionConfig {
  /** Requests under way at the same time; one more is 503. Open sockets do not count. */
  @WithDefault("400")
  int maxRequests();

  /** What the refused are told to wait; whole seconds. */
  @WithDefault("1s")
  Duration retryAfter();
}
