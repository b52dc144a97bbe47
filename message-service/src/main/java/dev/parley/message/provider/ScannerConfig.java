package dev.parley.message.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether uploads are scanned for malware, and by whom. */
@ConfigMapping(prefix = "parley.message.scanner")
public interface ScannerConfig {
  /** {@code host:port} of a ClamAV daemon; without it nothing is scanned. */
  Optional<String> address();

  /** How long one file may take, from the first byte to the verdict. */
  @WithDefault("60s")
  Duration timeout();
}
