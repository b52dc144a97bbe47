package dev.parley.local.process;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Work that mostly waits, done for several things at the same time, each on a thread of its own.
 */
public final class Together {
  private Together() {}

  /** Returns when it is done for all. */
  public static <T> void each(Collection<? extends T> things, Consumer<T> work) {
    List<Thread> threads =
        things.stream().map(thing -> new Thread(() -> work.accept(thing))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
