package dev.parley.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All cases in rounds against the running stack; method in docs/benchmarks.md. */
final class Bench implements AutoCloseable {
  private static final int TRIES = 3;
  private static final URI EDGE_METRICS = URI.create("http://localhost:9103/q/metrics");

  private final Settings settings;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final Crowd crowd;
  private final Sender sender;
  private final ProcessTable processes;
  private final Stages stages = new Stages(EDGE_METRICS);
  private final Report report;
  private final Map<String, List<String>> rooms = new LinkedHashMap<>();
  private final String name = "b" + Long.toString(System.currentTimeMillis(), 36);
  private int runs;

  Bench(Settings settings, LocalStack stack) {
    this.settings = settings;
    Map<String, String> env = stack.env();
    Api api = new Api(env, name);
    this.processes = new ProcessTable(stack.processes());
    this.report = new Report(settings.root().resolve("system-tests/target/bench"));
    this.crowd = new Crowd(vertx, loop, api, settings.users());
    this.sender = new Sender(vertx, env.get("ORIGIN"));
    for (Case of : settings.cases()) {
      rooms.computeIfAbsent(shape(of), shape -> crowd.rooms(of, shape));
    }
  }

  Report run() {
    List<Case> cases = settings.cases();
    for (Case of : cases) {
      int seconds = Math.max(1, settings.warmup() / cases.size());
      load(of).run(0, seconds, new Window());
      System.out.println("warm-up: " + of + " for " + seconds + " s");
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Case of : cases) {
        Result run = measured(of);
        for (int again = 1; run.disturbed() && again < TRIES; again++) {
          System.out.println("disturbed, once more: " + run.json());
          run = measured(of);
        }
        report.add(run);
      }
    }
    if (!sender.errors().isEmpty() || crowd.lost() > 0) {
      System.out.println("errors: " + sender.errors() + ", sockets lost: " + crowd.lost());
    }
    return report;
  }

  private Result measured(Case of) {
    Window window = new Window();
    Ledger ledger = load(of).run(settings.settle(), settings.seconds(), window);
    // What the servers still do in the 3 s after the window, so that deferred work shows.
    LockSupport.parkNanos(window.to.nanos() + TimeUnit.SECONDS.toNanos(3) - System.nanoTime());
    double tail = processes.shot().total() - window.to.total();
    return Result.of(of, ledger, window.from, window.to, tail, processes.memory(), window.stages());
  }

  private Load load(Case of) {
    Frames frames = new Frames(name + "-" + runs++, settings.bytes());
    return new Load(loop, crowd, sender, of, rooms.get(shape(of)), frames);
  }

  private static String shape(Case of) {
    return of.rooms() + "x" + of.members();
  }

  @Override
  public void close() {
    sender.close();
    crowd.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Window implements Load.Window {
    private ProcessTable.Shot from;
    private ProcessTable.Shot to;
    private Map<String, NavigableMap<Double, Double>> before;
    private Map<String, NavigableMap<Double, Double>> after;

    @Override
    public void begins() {
      before = stages.read();
      from = processes.shot();
    }

    @Override
    public void ends() {
      to = processes.shot();
      after = stages.read();
    }

    Map<String, Double> stages() {
      Map<String, Double> both = new LinkedHashMap<>();
      for (int percent : new int[] {50, 99}) {
        Stages.quantile(before, after, percent / 100.0)
            .forEach((stage, ms) -> both.put(stage + " p" + percent, ms));
      }
      return both;
    }
  }
}
