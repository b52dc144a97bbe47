package dev.parley.local.stack;

import dev.parley.local.backend.BackEnd;
import dev.parley.local.backend.Elasticsearch;
import dev.parley.local.backend.Kafka;
import dev.parley.local.backend.Lifetime;
import dev.parley.local.backend.Postgres;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Together;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * All processes of the stack: starts them in the order of their needs, ends them in the reverse
 * one. A process that dies is told, not started again: the stack is for looking at faults, too.
 */
final class Supervisor {
  /** More Java processes starting at once only make each of them slower. */
  private static final int STARTING_AT_ONCE =
      Math.max(3, Runtime.getRuntime().availableProcessors());

  private final Progress progress;
  private final Map<String, ManagedProcess> all = new LinkedHashMap<>();
  private final List<BackEnd> backEnds;
  private final List<ManagedProcess> services = new ArrayList<>();
  private final ManagedProcess outside;
  private final ManagedProcess origin;
  private final Path data;
  private volatile boolean started;

  Supervisor(Plan plan, Path data, Path logs, Progress progress) {
    this.progress = progress;
    this.data = data;
    Postgres postgres =
        new Postgres(data.resolve("postgres"), logs.resolve("postgres.log"), Plan.POSTGRES);
    Kafka kafka =
        new Kafka(
            data.resolve("kafka"),
            logs.resolve("kafka.log"),
            Plan.KAFKA,
            Plan.KAFKA_CONTROLLER,
            Lifetime.ofStack());
    Elasticsearch elasticsearch =
        new Elasticsearch(
            data.resolve("elasticsearch"),
            logs.resolve("elasticsearch.log"),
            Plan.ELASTICSEARCH,
            Plan.ELASTICSEARCH_TRANSPORT,
            Lifetime.ofStack().beside());
    backEnds = List.of(postgres, kafka, elasticsearch);
    outside =
        new OwnJvm(
            "outside",
            Outside.class.getName(),
            128,
            List.of(data.toString()),
            List.of(Plan.OIDC, Plan.SMTP, Plan.MAILBOX, Plan.SIMULATOR, Plan.S3),
            logs);
    List<String> routes = new ArrayList<>(List.of(Integer.toString(Plan.ORIGIN)));
    routes.addAll(plan.routes());
    origin =
        new OwnJvm(
            "origin", "dev.parley.local.origin.Origin", 128, routes, List.of(Plan.ORIGIN), logs);
    plan.nodes().forEach(node -> services.add(new ServiceNode(node, logs)));
    List.of(postgres, kafka, elasticsearch, outside).forEach(this::add);
    services.forEach(this::add);
    add(origin);
  }

  private void add(ManagedProcess process) {
    all.put(process.name(), process);
    process.onLoss(
        reason ->
            progress.say(
                "! " + reason + "; deploy/local/restart " + process.name() + " starts it again"));
  }

  /** Returns when everything is ready. */
  void start() {
    ExecutorService threads = Executors.newCachedThreadPool();
    Semaphore places = new Semaphore(STARTING_AT_ONCE);
    try {
      CompletableFuture<?> postgres = begin(all.get("postgres"), threads);
      CompletableFuture<?> kafka = begin(all.get("kafka"), threads);
      CompletableFuture<?> issuer = begin(outside, threads);
      CompletableFuture<?> index = begin(all.get("elasticsearch"), threads);
      CompletableFuture<?> door = begin(origin, threads);
      CompletableFuture<?> basis = CompletableFuture.allOf(postgres, kafka, issuer);
      List<CompletableFuture<?>> waited = new ArrayList<>(List.of(basis, index, door));
      for (ManagedProcess service : services) {
        CompletableFuture<?> needs =
            service.name().startsWith("search-service")
                ? CompletableFuture.allOf(basis, index)
                : basis;
        waited.add(needs.thenRunAsync(() -> oneOfFew(service, places), threads));
      }
      firstFailureOrAll(waited).join();
    } finally {
      threads.shutdown();
    }
  }

  private static CompletableFuture<?> firstFailureOrAll(List<CompletableFuture<?>> waited) {
    CompletableFuture<Void> all = CompletableFuture.allOf(waited.toArray(CompletableFuture[]::new));
    waited.forEach(
        one ->
            one.whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    all.completeExceptionally(failure);
                  }
                }));
    return all;
  }

  private CompletableFuture<Void> begin(ManagedProcess process, ExecutorService threads) {
    return CompletableFuture.runAsync(() -> startOne(process), threads);
  }

  private void oneOfFew(ManagedProcess process, Semaphore places) {
    places.acquireUninterruptibly();
    try {
      startOne(process);
    } finally {
      places.release();
    }
  }

  private void startOne(ManagedProcess process) {
    long began = System.nanoTime();
    try {
      process.start();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    progress.step("%s is ready (%.1f s)".formatted(process.name(), millis / 1000.0));
  }

  /** Ends everything, for good; what does not end by itself is killed. */
  void stop() {
    started = false;
    all.values().forEach(ManagedProcess::refuseStarts); // who waits for a place must not begin
    origin.stop();
    Together.each(services, ManagedProcess::stop);
    List<ManagedProcess> rest = new ArrayList<>(all.values());
    rest.removeAll(services);
    Together.each(rest, ManagedProcess::stop);
  }

  /** Addresses for people and scripts. */
  Map<String, String> endpoints() {
    Map<String, String> endpoints = new TreeMap<>();
    endpoints.put("ORIGIN", Plan.ADDRESS);
    backEnds.forEach(backEnd -> endpoints.putAll(backEnd.endpoints()));
    Outside.backEnds(data).forEach(backEnd -> endpoints.putAll(backEnd.endpoints()));
    return endpoints;
  }

  Map<String, ManagedProcess> processes() {
    return all;
  }

  /** Tells that the stack is complete, the demo tenant included. */
  void started() {
    started = true;
  }

  /** Whether it is complete and nothing has begun to end. */
  boolean isStarted() {
    return started;
  }
}
