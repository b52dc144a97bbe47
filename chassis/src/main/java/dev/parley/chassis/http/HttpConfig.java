package dev.parley.chassis.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a service's HTTP server uses its sockets. */
@ConfigMapping(prefix = "parley.http")
public interface HttpConfig {
  /**
   * How much the kernel takes of an answer before its reader has acknowledged any of it; a limit,
   * not a reservation. By itself it takes so little that an answer of 300 kB waits for
   * acknowledgements, which a reader on the same machine may delay for 40 ms each.
   */
  @WithDefault("1M")
  MemorySize sendBuffer();
}
