package dev.parley.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The running local stack, or one that was started for the benchmark and ends with it. */
final class LocalStack implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(8);

  private final Path root;
  private final Process started;

  private LocalStack(Path root, Process started) {
    this.root = root;
    this.started = started;
  }

  /** Takes the stack that runs; starts one where none does. */
  static LocalStack attach(Path root) {
    if (run(root, "status").exit() == 0) {
      return new LocalStack(root, null);
    }
    System.out.println("No local stack runs: starting one.");
    try {
      Process up =
          new ProcessBuilder(root.resolve("deploy/local/up").toString())
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("system-tests/target/bench-stack.log").toFile())
              .start();
      LocalStack stack = new LocalStack(root, up);
      stack.awaitReady();
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The addresses that {@code deploy/local/env} prints. */
  Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    run(root, "env")
        .out()
        .lines()
        .filter(line -> line.contains("="))
        .map(line -> line.split("=", 2))
        .forEach(pair -> env.put(pair[0], pair[1]));
    return env;
  }

  /** Names of the stack's processes by process id. */
  Map<Integer, String> processes() {
    Map<Integer, String> names = new LinkedHashMap<>();
    run(root, "status", "--pids")
        .out()
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(line -> line.length == 2 && line[1].chars().allMatch(Character::isDigit))
        .forEach(line -> names.put(Integer.parseInt(line[1]), line[0]));
    return names;
  }

  @Override
  public void close() {
    if (started != null) {
      run(root, "down");
      started.destroy();
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + START.toNanos();
    try {
      while (run(root, "status").exit() != 0) {
        if (started.waitFor(1, TimeUnit.SECONDS) || System.nanoTime() > end) {
          close();
          throw new IllegalStateException(
              "the local stack did not start: system-tests/target/bench-stack.log");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Answer(int exit, String out) {}

  private static Answer run(Path root, String script, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = root.resolve("deploy/local").resolve(script).toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
