package dev.parley.message.attachment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large and how old files may be. */
@ConfigMapping(prefix = "parley.message.attachments")
public interface AttachmentConfig {
  /** The largest file, where the tenant has set nothing. */
  @WithDefault("104857600")
  long maxBytes();

  /** How long an address to upload to is valid. */
  @WithDefault("15m")
  Duration uploadTtl();

  /** How long an address to download from is valid; at most five minutes (product.md §4). */
  @WithDefault("5m")
  Duration downloadTtl();

  /** After how long an upload that was never completed is removed. */
  @WithDefault("1h")
  Duration unfinishedTtl();

  /** After how long a file that was never sent is removed. */
  @WithDefault("30d")
  Duration unsentTtl();

  /** Images with more pixels get no thumbnail: what is small in bytes may be huge in memory. */
  @WithDefault("40000000")
  long maxImagePixels();

  /** How often it is looked for files that are due: to scan again, to remove. */
  @WithDefault("5s")
  Duration sweep();
}
