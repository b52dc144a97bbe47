package dev.parley.message.send.broadcast;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How fast mass messages go out. */
@ConfigMapping(prefix = "parley.message.broadcast")
public interface BroadcastConfig {
  /** How often each node looks for mass messages while none is under way. */
  @WithDefault("1s")
  Duration tick();

  /** Recipients of one mass message a second, on however many nodes. */
  @WithDefault("100")
  int perSecond();

  /** Recipients that one node sends to a second, of however many mass messages. */
  @WithDefault("200")
  int nodePerSecond();

  /** Recipients of one mass message. */
  @WithDefault("100000")
  int atMost();

  /** Mass messages of one person that are under way at once. */
  @WithDefault("20")
  int atOnce();

  /** How long a client's channel that is to be made is waited for. */
  @WithDefault("24h")
  Duration giveUp();
}
