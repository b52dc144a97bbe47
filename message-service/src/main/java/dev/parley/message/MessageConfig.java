package dev.parley.message;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** Configuration of message-service. */
@ConfigMapping(prefix = "parley.message")
public interface MessageConfig {
  /** Edits. */
  Edit edit();

  /** Edits. */
  interface Edit {
    /** How long after it was sent a message may be edited; for ever when absent. */
    Optional<Duration> window();
  }
}
