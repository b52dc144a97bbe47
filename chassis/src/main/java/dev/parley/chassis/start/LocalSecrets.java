package dev.parley.chassis.start;

import dev.parley.chassis.page.CursorConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps the local stack's secrets out of production: a service that has one of them refuses to
 * start, unless it is told that it runs locally. Before anything else happens.
 */
@ApplicationScoped
class LocalSecrets {
  private final LocalConfig local;
  private final List<PublishedSecret> secrets;

  LocalSecrets(LocalConfig local, @All List<PublishedSecret> secrets) {
    this.local = local;
    this.secrets = secrets;
  }

  void start(@Observes @Priority(0) StartupEvent event) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      check();
    }
  }

  void check() {
    if (local.enabled()) {
      return;
    }
    List<String> published =
        secrets.stream()
            .filter(PublishedSecret::isKnown)
            .map(PublishedSecret::key)
            .sorted()
            .toList();
    if (!published.isEmpty()) {
      throw new IllegalStateException(
          "Everybody knows the values of "
              + String.join(", ", published)
              + ": set them, or parley.local.enabled=true on a machine that nobody else reaches");
    }
  }

  /** What all services have. */
  static class Own {
    @Produces
    @Singleton
    PublishedSecret cursorKey(CursorConfig cursors) {
      return new PublishedSecret("parley.cursor.key", cursors.key(), CursorConfig.PUBLISHED_KEY);
    }

    @Produces
    @Singleton
    PublishedSecret databasePassword(DatabaseConfig database) {
      return new PublishedSecret("parley.db.password", database.password(), database.name());
    }
  }
}
