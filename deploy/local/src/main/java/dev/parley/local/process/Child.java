package dev.parley.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running process on a leash. Its leash is a pipe: a small watcher beside it reads the other end,
 * and when the pipe closes it sends the stop signal and, ten seconds later, SIGKILL. The pipe
 * closes when we {@link #stop}, but also when this process dies in any way, {@code kill -9}
 * included, so nothing is ever left running.
 *
 * <p>Where there is {@code setsid} the process gets a session of its own, so that Ctrl-C in the
 * terminal reaches only us and the order of the shutdown is ours; elsewhere it ignores SIGINT.
 *
 * <p>Limit: killing the watcher itself cuts the leash.
 */
public final class Child {
  // $1 is the stop signal. A line on the leash tells that the process has ended by itself: its
  // number may then belong to somebody else, so nothing is signalled.
  private static final String WATCHED =
      """
      trap '' INT
      exec 3<&0 </dev/null
      (
        trap '' TERM HUP
        if read -r _ <&3; then exit 0; fi
        kill -"$1" $$
        n=0
        while kill -0 $$ && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
        kill -KILL $$
      ) >/dev/null 2>&1 &
      exec 3<&-
      shift
      exec "$@"
      """;
  private static final long BETWEEN_LOOKS_MS = 20;
  private static final boolean SETSID = onPath("setsid");

  private final Command command;
  private final Process process;

  private Child(Command command, Process process) {
    this.command = command;
    this.process = process;
  }

  /** Starts the command; its output is appended to the command's log. */
  public static Child start(Command command) throws IOException {
    List<String> words = new ArrayList<>();
    if (SETSID) {
      words.add("setsid");
    }
    words.addAll(List.of("sh", "-c", WATCHED, command.name(), command.stopSignal()));
    words.addAll(command.unprivileged() ? Unprivileged.command(command.words()) : command.words());
    Files.createDirectories(command.log().getParent());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    builder.environment().putAll(command.environment());
    Child child = new Child(command, builder.start());
    child.process.onExit().thenRun(child::letGo);
    return child;
  }

  public String name() {
    return command.name();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path log() {
    return command.log();
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks for an orderly end and waits for it; after {@code grace} the process is killed. */
  public void stop(Duration grace) {
    List<ProcessHandle> family = process.descendants().toList();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // the watcher is gone
    }
    if (!endsWithin(grace)) {
      kill();
    }
    // A helper that outlives its parent, as a server started by a launcher does for a moment.
    for (ProcessHandle member : family) {
      if (member.isAlive() && !awaitEnd(member, Duration.ofSeconds(2))) {
        member.destroyForcibly();
      }
    }
  }

  /** SIGKILL for the process and all that it started, as a crash of the machine would end them. */
  public void kill() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    endsWithin(Duration.ofSeconds(10));
  }

  /** The last lines of the log, to tell why a start failed. */
  public String lastLines(int count) {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    } catch (IOException e) {
      return "no log at " + log();
    }
  }

  private boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean awaitEnd(ProcessHandle handle, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (handle.isAlive() && System.nanoTime() < end) {
        Thread.sleep(BETWEEN_LOOKS_MS); // onExit() of somebody else's child looks once a second
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !handle.isAlive();
  }

  private void letGo() {
    try (OutputStream leash = process.getOutputStream()) {
      leash.write('\n');
    } catch (IOException e) {
      // The watcher has ended, too: nothing to let go of.
    }
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
