package dev.parley.message.send.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When scheduled messages are looked for. */
@ConfigMapping(prefix = "parley.message.scheduled")
public interface ScheduleConfig {
  /** How often each node looks for messages that are due. */
  @WithDefault("1s")
  Duration tick();

  /** How far ahead a message may be scheduled. */
  @WithDefault("366d")
  Duration atMost();
}
