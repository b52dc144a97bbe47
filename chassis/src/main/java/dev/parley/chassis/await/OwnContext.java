package dev.parley.chassis.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The way back for a request that somebody else wakes. */
public final class OwnContext {
  private OwnContext() {}

  /**
   * Runs tasks on the Vert.x context of whoever asks now, at once where that is the current one;
   * without one, wherever they are.
   */
  public static Executor executor() {
    Context own = Vertx.currentContext();
    return own == null ? Runnable::run : task -> run(own, task);
  }

  private static void run(Context own, Runnable task) {
    if (Vertx.currentContext() == own) {
      task.run();
    } else {
      own.runOnContext(go -> task.run());
    }
  }
}
