package dev.parley.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * Calls over kept-alive connections. At a fixed rate, whatever the server does: call k is due at
 * start + k/rate, and its latency counts from that time. Or in a closed loop.
 */
final class Calls implements AutoCloseable {
  private static final long TIMEOUT_MS = 15_000;
  private static final long TOP_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final HttpClient http;
  private final ProcessTable processes;

  Calls(String origin, ProcessTable processes) {
    URI uri = URI.create(origin);
    this.processes = processes;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(uri.getHost())
                .setDefaultPort(uri.getPort())
                .setTcpNoDelay(true)
                .setKeepAliveTimeout(30)
                .setMaxPoolSize(256));
  }

  /**
   * One call.
   *
   * @param body JSON, or null
   */
  record Call(HttpMethod method, String path, String token, String body) {}

  /**
   * What became of them.
   *
   * @param micros from when each was due to its whole answer
   * @param statuses how often each was answered; 0 for none
   * @param cpu seconds that the system used, by process, until all was answered
   * @param foreignPercent of the machine that neither system nor generator used
   */
  record Outcome(
      int count,
      double seconds,
      Histogram micros,
      Map<Integer, Integer> statuses,
      Map<String, Double> cpu,
      double foreignPercent) {
    double ms(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /** CPU milliseconds of the system for each call. */
    double cpuMs() {
      return 1000 * cpu.values().stream().mapToDouble(Double::doubleValue).sum() / count;
    }
  }

  /** Makes so many calls at that rate and waits for their answers. */
  Outcome run(int rate, int count, IntFunction<Call> calls) {
    Tally tally = new Tally(count);
    ProcessTable.Shot from = processes.shot();
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    for (int k = 0; k < count; k++) {
      long due = start + (long) (k * 1e9 / rate);
      Call call = calls.apply(k);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      loop.runOnContext(go -> send(call, status -> tally.answered(status, due)));
    }
    return outcome(count, tally, from);
  }

  /**
   * Makes so many calls, that many at once: each next one is made when one is answered.
   *
   * @param calls asked on another thread than the caller's, one after the other
   */
  Outcome closed(int atOnce, int count, IntFunction<Call> calls) {
    Tally tally = new Tally(count);
    int[] made = {0};
    ProcessTable.Shot from = processes.shot();
    loop.runOnContext(
        go -> {
          for (int i = 0; i < Math.min(atOnce, count); i++) {
            next(made, count, calls, tally);
          }
        });
    return outcome(count, tally, from);
  }

  private void next(int[] made, int count, IntFunction<Call> calls, Tally tally) {
    if (made[0] < count) {
      long at = System.nanoTime();
      send(
          calls.apply(made[0]++),
          status -> {
            tally.answered(status, at);
            next(made, count, calls, tally);
          });
    }
  }

  private Outcome outcome(int count, Tally tally, ProcessTable.Shot from) {
    awaitAll(tally.open);
    ProcessTable.Shot to = processes.shot();
    double seconds = (to.nanos() - from.nanos()) / 1e9;
    Map<String, Double> cpu = to.since(from);
    double used =
        cpu.values().stream().mapToDouble(Double::doubleValue).sum() + to.self() - from.self();
    double capacity = seconds * Runtime.getRuntime().availableProcessors();
    double foreign = 100 * (to.busy() - from.busy() - used) / capacity;
    return new Outcome(count, seconds, tally.micros, tally.statuses, cpu, foreign);
  }

  /** The answers so far; on the event loop alone until all are there. */
  private static final class Tally {
    private final Histogram micros = new Histogram(TOP_MICROS, 3);
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final CountDownLatch open;

    Tally(int count) {
      open = new CountDownLatch(count);
    }

    void answered(int status, long due) {
      micros.recordValue(Math.min(TOP_MICROS, Math.max(0, (System.nanoTime() - due) / 1000)));
      statuses.merge(status, 1, Integer::sum);
      open.countDown();
    }
  }

  private interface Answered {
    void with(int status);
  }

  private void send(Call call, Answered answered) {
    RequestOptions to =
        new RequestOptions()
            .setMethod(call.method())
            .setURI(call.path())
            .putHeader("Authorization", "Bearer " + call.token())
            .setTimeout(TIMEOUT_MS);
    if (call.body() != null) {
      to.putHeader("Content-Type", "application/json");
    }
    Buffer body = call.body() == null ? Buffer.buffer() : Buffer.buffer(call.body());
    http.request(to)
        .flatMap(request -> request.send(body))
        .flatMap(response -> response.body().map(text -> response.statusCode()))
        .onSuccess(answered::with)
        .onFailure(failure -> answered.with(0));
  }

  /** Waits as long as there is an answer now and then. */
  private static void awaitAll(CountDownLatch open) {
    try {
      for (long left = open.getCount(); left > 0; left = open.getCount()) {
        if (!open.await(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS) && open.getCount() == left) {
          throw new IllegalStateException(left + " calls were never answered");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
