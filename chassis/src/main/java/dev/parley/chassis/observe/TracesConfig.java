package dev.parley.chassis.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where spans go. */
@ConfigMapping(prefix = "parley.traces")
public interface TracesConfig {
  /** OTLP over HTTP, with its path, as {@code http://collector:4318/v1/traces}; none: no spans. */
  Optional<URI> endpoint();

  /** Which part of the requests that bring no trace of their own is traced, from 0 to 1. */
  @WithDefault("0.01")
  double ratio();

  /** How long an ended span may wait for others to leave with. */
  @WithDefault("5s")
  Duration delay();
}
