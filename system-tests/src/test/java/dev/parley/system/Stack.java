package dev.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The local stack, run by the scripts that everybody uses, with two nodes of the services whose
 * nodes share work, and with data of its own.
 *
 * <p>It ends with this JVM, however that dies: a shell holds the other end of a pipe.
 */
final class Stack implements AutoCloseable {
  private static final String TWO_NODES =
      "conversation-service=2,message-service=2,presence-service=2,search-service=2";

  /** How long somebody whose node has gone silent is still thought to be there. */
  static final Duration GRACE = Duration.ofSeconds(20);

  private static final String READY = "Parley is ready at";

  /** What is not built yet is built first. */
  private static final Duration STARTS = Duration.ofMinutes(6);

  /** A process may take two minutes to be ready before it counts as failed. */
  private static final Duration RESTARTS = Duration.ofSeconds(150);

  private static final Duration STOPS = Duration.ofSeconds(40);
  private static final Duration ANSWERS = Duration.ofSeconds(60);

  // $1… is the command. The watcher asks it to end when our end of the pipe closes.
  private static final String LEASHED =
      """
      exec 3<&0 </dev/null
      ( read -r _ <&3; kill -TERM $$ ) >/dev/null 2>&1 &
      exec 3<&-
      exec "$@"
      """;

  private final Terminal terminal;
  private final Path output;
  private final Path settings;
  private final Map<String, String> values = new LinkedHashMap<>();
  private Process up;

  private Stack(Path work) {
    settings = work.resolve("settings");
    terminal =
        new Terminal(
            Checkout.dir(),
            Map.of(
                "PARLEY_LOCAL_HOME",
                work.toString(),
                "PARLEY_LOCAL_LIFETIME",
                "test",
                // Whoever goes is offline sooner than the 45 s that are set elsewhere.
                "PARLEY_PRESENCE_GRACE",
                "PT" + GRACE.toSeconds() + "S",
                // A node that begins anew keeps little in memory: what is older comes from Kafka.
                "PARLEY_EDGE_RING_PREFILL",
                "100",
                // Files are not ready at once, and some never are.
                "PARLEY_MESSAGE_SCANNER_ADDRESS",
                Clamd.started().address(),
                // A mass message lasts long enough for something to happen meanwhile.
                "PARLEY_MESSAGE_BROADCAST_PER_SECOND",
                "30"));
    output = work.resolve("up.log");
  }

  /** A new stack, ready, with nothing in it but the demo tenant. */
  static Stack started() {
    try {
      Path work = Checkout.dir().resolve("system-tests/target/stack");
      Files.createDirectories(work);
      Stack stack = new Stack(work);
      Runtime.getRuntime().addShutdownHook(new Thread(stack::interrupt, "stop the stack"));
      stack.start("--fresh", "--nodes", TWO_NODES);
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, one node of each unless the options say so, and waits until all is ready. */
  void start(String... options) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", LEASHED, "up", "deploy/local/up"));
    words.addAll(List.of(options));
    try {
      up = terminal.start(output, Map.of(), words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + STARTS.toNanos();
    while (!printed().contains(READY)) {
      if (!up.isAlive() || System.nanoTime() > end) {
        interrupt();
        throw new AssertionError("the stack does not start:\n" + printed());
      }
      awaitEnd(Duration.ofMillis(100));
    }
    script("status").succeeded();
    values.clear();
    for (String line : script("env").succeeded().lines()) {
      values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
  }

  /** All that {@code up} has printed. */
  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ctrl-C, and waits for the end; gives the exit code. */
  int interrupt() {
    if (up.isAlive()) {
      terminal.run(ANSWERS, "kill", "-INT", Long.toString(up.pid()));
      if (!awaitEnd(STOPS)) {
        up.destroyForcibly();
        throw new AssertionError("Ctrl-C did not end the stack:\n" + printed());
      }
    }
    return up.exitValue();
  }

  @Override
  public void close() {
    interrupt();
  }

  String origin() {
    return value("ORIGIN");
  }

  /** What {@code deploy/local/env} says. */
  String value(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new AssertionError("deploy/local/env has no " + key + ", only " + values.keySet());
    }
    return value;
  }

  Simulator simulator() {
    return new Simulator(value("SIMULATOR"));
  }

  Mailbox mailbox() {
    return new Mailbox(value("MAILBOX"));
  }

  /** One of the scripts in {@code deploy/local}. */
  Terminal.Run script(String name, String... words) {
    List<String> all = new ArrayList<>(List.of("deploy/local/" + name));
    all.addAll(List.of(words));
    return terminal.run(ANSWERS, all.toArray(String[]::new));
  }

  /** SIGKILL. */
  void kill(String process) {
    script("kill", process).succeeded();
  }

  /** Any other signal, such as {@code -STOP}. */
  void signal(String signal, String process) {
    terminal.run(ANSWERS, "kill", signal, Long.toString(pids().get(process))).succeeded();
  }

  /** Starts what was killed; completes when it is ready. */
  CompletableFuture<Void> restart(String process) {
    return CompletableFuture.runAsync(
        () -> terminal.run(RESTARTS, "deploy/local/restart", process).succeeded(),
        command -> new Thread(command).start());
  }

  /** The same, with other variables than the rest, until {@link #asAll}. */
  CompletableFuture<Void> restart(String process, Map<String, String> variables) {
    List<String> lines = new ArrayList<>();
    variables.forEach((name, value) -> lines.add(name + "=" + value));
    try {
      Files.createDirectories(settings);
      Files.write(settings.resolve(process + ".env"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return restart(process);
  }

  /** Starts it again like all others. */
  CompletableFuture<Void> asAll(String process) {
    try {
      Files.deleteIfExists(settings.resolve(process + ".env"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return restart(process);
  }

  /** The processes by name. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (String line : script("status", "--pids").lines()) {
      String[] words = line.split("\\s+");
      pids.put(words[0], Long.parseLong(words[1]));
    }
    return pids;
  }

  Terminal terminal() {
    return terminal;
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return up.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
