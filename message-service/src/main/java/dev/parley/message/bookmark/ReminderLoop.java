package dev.parley.message.bookmark;

import dev.parley.chassis.user.Users;
import dev.parley.message.DueLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Looks every second for bookmarks that are due. The times are in the database, so what fell due
 * while no node ran is told of at the next start.
 */
@ApplicationScoped
class ReminderLoop {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RemindDue remind;
  private final Users users;
  private DueLoop loop;

  ReminderLoop(Vertx vertx, RemindDue remind, Users users) {
    this.vertx = vertx;
    this.remind = remind;
    this.users = users;
  }

  void start(@Observes @Priority(300) StartupEvent event) {
    loop = DueLoop.start(vertx, "reminders", EVERY, this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  private Uni<Duration> turn() {
    return users.isKnown()
        ? remind.turn().map(done -> done < RemindDue.AT_ONCE ? EVERY : Duration.ZERO)
        : Uni.createFrom().item(EVERY);
  }
}
