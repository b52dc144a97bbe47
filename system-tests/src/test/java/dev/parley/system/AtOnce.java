package dev.parley.system;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Calls that begin in the same moment, each on a thread of its own. */
final class AtOnce {
  private AtOnce() {}

  /** The same call so many times; gives what each was answered. */
  static <T> List<T> repeat(int times, Supplier<T> call) {
    return all(IntStream.range(0, times).mapToObj(n -> call).toList());
  }

  /** Gives the answers in the order of the calls. */
  static <T> List<T> all(List<Supplier<T>> calls) {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CountDownLatch ready = new CountDownLatch(calls.size());
    try {
      List<CompletableFuture<T>> answers =
          calls.stream()
              .map(call -> CompletableFuture.supplyAsync(() -> together(ready, call), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static <T> T together(CountDownLatch ready, Supplier<T> call) {
    try {
      ready.countDown();
      ready.await();
      return call.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
