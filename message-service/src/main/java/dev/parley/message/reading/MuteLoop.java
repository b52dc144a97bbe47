package dev.parley.message.reading;

import dev.parley.message.DueLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Looks every second for mutes that have run out, also while no node ran. */
@ApplicationScoped
class MuteLoop {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final EndMutes end;
  private DueLoop loop;

  MuteLoop(Vertx vertx, EndMutes end) {
    this.vertx = vertx;
    this.end = end;
  }

  void start(@Observes @Priority(300) StartupEvent event) {
    loop =
        DueLoop.start(
            vertx,
            "ends of mutes",
            EVERY,
            () -> end.turn().map(done -> done < EndMutes.AT_ONCE ? EVERY : Duration.ZERO));
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }
}
