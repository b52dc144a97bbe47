package dev.parley.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Sockets of one node of the edge: what an idle one takes, what one that stops reading costs the
 * others, and how long many take that are cut at once. Method in docs/benchmarks.md.
 */
final class SocketsBench implements AutoCloseable {
  private static final int EDGE = 8103;
  private static final String EDGE_NAME = "presence-service";
  private static final int IDLE = Integer.getInteger("bench.idle", 8_000);
  private static final int IDLE_USERS = Integer.getInteger("bench.idleUsers", 2_000);
  private static final int CUT = Integer.getInteger("bench.cut", 2_000);
  private static final int SLOW = Integer.getInteger("bench.slow", 5);
  private static final Case ACTIVE = Case.of("50x10@200");

  /** So much comes in a second that who does not read is behind within seconds. */
  private static final Case BUSY = Case.of("1x100@50");

  private static final int OF_A_GROUP = 50;
  private static final int AT_ONCE = 32;
  private static final long SLOW_WITHIN = TimeUnit.SECONDS.toNanos(60);

  private final Settings settings;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final String name = "s" + Long.toString(System.currentTimeMillis(), 36);
  private final Api api;
  private final Crowd crowd;
  private final Sender sender;
  private final Map<Case, List<String>> rooms;
  private final Meter slow = new Meter(EDGE + 1000, "parley_edge_closed_slow_total");
  private final int edge;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final StringBuilder text = new StringBuilder("| what | figure |\n|---|---|\n");
  private long missing;
  private int runs;

  SocketsBench(Settings settings, LocalStack stack) {
    this.settings = settings;
    Map<String, String> env = stack.env();
    this.edge =
        stack.processes().entrySet().stream()
            .filter(one -> one.getValue().equals(EDGE_NAME))
            .findFirst()
            .orElseThrow()
            .getKey();
    this.api = new Api(env, name);
    this.crowd = new Crowd(vertx, loop, api, ACTIVE.users());
    this.sender = new Sender(vertx, env.get("ORIGIN"));
    this.rooms = Map.of(ACTIVE, crowd.rooms(ACTIVE, "active"), BUSY, crowd.rooms(BUSY, "busy"));
    load(ACTIVE, 0, settings.warmup());
  }

  /** Some of the active users have a device that stops reading: how soon it is closed. */
  void slowReaders() {
    Ledger before = load(BUSY, settings.settle(), settings.seconds());
    double closed = slow.read();
    try (Herd stuck = new Herd(vertx, loop, EDGE, 4 * 1024, (device, bytes, at) -> {})) {
      together(SLOW, n -> stuck.connect(n, api.ticket(crowd.token(n))).join());
      stuck.stopReading();
      long from = System.nanoTime();
      CompletableFuture<Long> took =
          CompletableFuture.supplyAsync(
              () -> {
                while (slow.read() - closed < SLOW && System.nanoTime() - from < SLOW_WITHIN) {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                }
                return System.nanoTime() - from;
              });
      Ledger during = load(BUSY, 0, settings.seconds());
      row("%d that stop reading: closed of them", SLOW, "%.0f", slow.read() - closed);
      row("%d that stop reading: all closed after s", SLOW, "%.1f", took.join() / 1e9);
      compare(BUSY, "beside those that stop reading", before, during);
    }
  }

  /** Sockets that nothing happens on. */
  void idleSockets() {
    Ledger before = load(ACTIVE, settings.settle(), settings.seconds());
    List<String> tokens = together(IDLE_USERS, n -> api.user("idle" + n));
    Footprint empty = Footprint.of(edge);
    try (Herd idle = new Herd(vertx, loop, EDGE, 0, (device, bytes, at) -> {})) {
      together(IDLE, n -> idle.connect(n, api.ticket(tokens.get(n % tokens.size()))).join());
      // Past two pings, so that what they take is in it.
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
      Footprint full = Footprint.of(edge);
      row("%,d idle sockets: kB each, kernel included", IDLE, "%.1f", full.each(empty, IDLE) / 1e3);
      row(
          "%,d idle sockets: kB each, process alone",
          IDLE, "%.1f", (full.process() - empty.process()) / 1e3 / IDLE);
      compare(
          ACTIVE,
          "beside idle sockets",
          before,
          load(ACTIVE, settings.settle(), settings.seconds()));
      row("%,d idle sockets: lost", IDLE, "%.0f", (double) idle.lost());
    }
  }

  /** Sockets that are cut in one moment while messages flow, and come back with their cursors. */
  void allAtOnce() {
    List<String> tokens = together(CUT, n -> api.user("back" + n));
    List<String> groups =
        together(
            CUT / OF_A_GROUP,
            g ->
                api.group(
                    tokens.get(g * OF_A_GROUP),
                    "back " + g,
                    IntStream.range(g * OF_A_GROUP + 1, (g + 1) * OF_A_GROUP)
                        .mapToObj(n -> "back" + n)
                        .toList()));
    Frames frames = new Frames(name + "-back", settings.bytes());
    List<BitSet> seen = IntStream.range(0, CUT).mapToObj(n -> new BitSet()).toList();
    Herd.Receiver receiver =
        (device, bytes, at) -> frames.scan(bytes, number -> seen.get(device).set(number));
    int messages = 10 * groups.size();
    Ledger ledger = new Ledger(OF_A_GROUP, (number, acked) -> {});
    try (Herd herd = new Herd(vertx, loop, EDGE, 0, receiver)) {
      together(CUT, n -> herd.connect(n, api.ticket(tokens.get(n))).join());
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(() -> flow(ledger, groups, tokens, frames, messages));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
      long from = System.nanoTime();
      herd.cut().join();
      together(CUT, n -> herd.connect(n, api.ticket(tokens.get(n))).join());
      row("%,d cut at once: all back after s", CUT, "%.1f", (System.nanoTime() - from) / 1e9);
      row("%,d cut at once: resumed, not anew", CUT, "%s", herd.allResumed());
      flow.join();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (missing(seen, messages, groups.size()) > 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      missing += missing(seen, messages, groups.size());
      row("%,d cut at once: deliveries missing", CUT, "%.0f", (double) missing);
    }
  }

  /** One message after the other into each group, over some seconds. */
  private void flow(
      Ledger ledger, List<String> groups, List<String> tokens, Frames frames, int messages) {
    for (int k = 0; k < messages; k++) {
      int group = k % groups.size();
      loop.runOnContext(
          go -> {
            int number = ledger.sent(group, System.nanoTime());
            sender.send(ledger, number, groups.get(group), tokens.get(group * OF_A_GROUP), frames);
          });
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
    }
  }

  private static long missing(List<BitSet> seen, int messages, int groups) {
    long count = 0;
    for (int device = 0; device < groups * OF_A_GROUP; device++) {
      for (int k = device / OF_A_GROUP; k < messages; k += groups) {
        count += seen.get(device).get(k) ? 0 : 1;
      }
    }
    return count;
  }

  long missing() {
    return missing;
  }

  /** The table, also in {@code target/bench/sockets.md}. */
  String markdown() {
    try {
      Path folder = settings.root().resolve("system-tests/target/bench");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("sockets.md"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private Ledger load(Case of, int settle, int seconds) {
    Frames frames = new Frames(name + "-" + runs++, settings.bytes());
    return new Load(loop, crowd, sender, of, rooms.get(of), frames)
        .run(
            settle,
            seconds,
            new Load.Window() {
              @Override
              public void begins() {}

              @Override
              public void ends() {}
            });
  }

  private void compare(Case of, String what, Ledger before, Ledger during) {
    missing += during.tally().missing;
    row(of + " alone: delivered p50 / p99 ms", 0, "%s", percentiles(before));
    row(of + " " + what + ": delivered p50 / p99 ms", 0, "%s", percentiles(during));
  }

  private static String percentiles(Ledger ledger) {
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f",
        ledger.deliveries.getValueAtPercentile(50) / 1e3,
        ledger.deliveries.getValueAtPercentile(99) / 1e3);
  }

  private void row(String what, int count, String form, Object figure) {
    String line =
        String.format(
            Locale.ROOT, "| " + what + " | " + form + " |%n", arguments(what, count, figure));
    System.out.print(line);
    text.append(line);
  }

  private static Object[] arguments(String what, int count, Object figure) {
    return what.contains("%") ? new Object[] {count, figure} : new Object[] {figure};
  }

  private <T> List<T> together(int count, IntFunction<T> call) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      answers.add(CompletableFuture.supplyAsync(() -> call.apply(number), threads));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    sender.close();
    crowd.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
