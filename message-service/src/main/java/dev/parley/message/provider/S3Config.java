package dev.parley.message.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where files are kept: anything that speaks S3. */
@ConfigMapping(prefix = "parley.s3")
public interface S3Config {
  /** The default of {@link #secretKey}: the local stack's. */
  String PUBLISHED_SECRET = "parley-local";

  /** The store's address, as this service reaches it. */
  @WithDefault("http://localhost:19000")
  String url();

  /** The store's address as browsers reach it, where that is another one. */
  Optional<String> publicUrl();

  /** The store's region; part of what a signed address says. */
  @WithDefault("us-east-1")
  String region();

  /** The bucket of the files. It must exist. */
  @WithDefault("parley-attachments")
  String bucket();

  /** Who we are at the store. */
  @WithDefault("parley")
  String accessKey();

  /** What we sign with. With the default the service starts on a local machine only. */
  @WithDefault(PUBLISHED_SECRET)
  String secretKey();
}
