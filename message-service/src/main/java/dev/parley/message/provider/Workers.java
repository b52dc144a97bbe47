package dev.parley.message.provider;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for what blocks: the store, the scanner, images. Few, so that a burst of uploads
 * takes neither the memory nor the processors from the messages; the others wait.
 */
@ApplicationScoped
public class Workers {
  private static final int THREADS = 4;

  private final WorkerExecutor executor;

  Workers(Vertx vertx) {
    executor = vertx.createSharedWorkerExecutor("files", THREADS, 5, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    executor.close();
  }

  /** Runs it on a worker thread; what follows runs where it was asked for. */
  public <T> Uni<T> run(Callable<T> work) {
    return Uni.createFrom()
        .completionStage(() -> executor.executeBlocking(work, false).toCompletionStage());
  }
}
