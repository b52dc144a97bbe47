package dev.parley.message.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where files are kept: anything that speaks S3. */
@ConfigMapping(prefix = "parley.s3")
public interface S3Config {
  /** The store's address, as this service reaches it. */
  @WithDefault("http://localhost:19000")
  String url();

  /** The store's address as browsers reach it, where that is another one. */
  Optional<String> publicUrl();

  @WithDefault("us-east-1")
  String region();

  @WithDefault("parley-attachments")
  String bucket();

  @WithDefault("parley")
  String accessKey();

  @WithDefault("parley-local")
  String secretKey();
}
