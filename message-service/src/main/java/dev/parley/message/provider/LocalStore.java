package dev.parley.message.provider;

import dev.parley.chassis.start.PublishedSecret;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The local stack's store, which the defaults of {@link S3Config} reach. */
class LocalStore {
  @Produces
  @Singleton
  PublishedSecret secretKey(S3Config store) {
    return new PublishedSecret(
        "parley.s3.secret-key", store.secretKey(), S3Config.PUBLISHED_SECRET);
  }
}
