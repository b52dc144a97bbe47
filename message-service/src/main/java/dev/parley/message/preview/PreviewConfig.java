package dev.parley.message.preview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What of the web may be looked at, and for how long. */
@ConfigMapping(prefix = "parley.message.previews")
public interface PreviewConfig {
  /** Whether links are looked at. */
  @WithDefault("true")
  boolean enabled();

  /** How long one page may take, with all that it redirects to, and then its picture. */
  @WithDefault("5s")
  Duration timeout();

  /** The largest page, and the largest picture. */
  @WithDefault("1048576")
  int maxBytes();

  /**
   * Places inside that may be looked at all the same, as {@code address:port}, such as a wiki that
   * everybody who writes here may read.
   */
  Optional<List<String>> exempt();

  /** How often each node looks for links that another one has left behind. */
  @WithDefault("5s")
  Duration sweep();
}
