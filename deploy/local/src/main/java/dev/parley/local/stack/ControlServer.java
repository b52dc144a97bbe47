package dev.parley.local.stack;

import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Together;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The supervisor's ear for the other scripts: one line in (a secret and a command), lines out, the
 * last one {@code OK} or {@code FAILED reason}. Port and secret are told in a file that only its
 * owner may read.
 */
final class ControlServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final String secret = UUID.randomUUID().toString();
  private final Supervisor supervisor;
  private final Runnable down;
  private final Path file;

  ControlServer(Supervisor supervisor, Path file, Runnable down) throws IOException {
    this.supervisor = supervisor;
    this.file = file;
    this.down = down;
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "pid=%d%nport=%d%nsecret=%s%n"
            .formatted(ProcessHandle.current().pid(), socket.getLocalPort(), secret));
    Thread thread = new Thread(this::listen, "control");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    socket.close();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread thread = new Thread(() -> serve(caller), "control-call");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out =
            new PrintWriter(
                new OutputStreamWriter(caller.getOutputStream(), StandardCharsets.UTF_8), true)) {
      String line = in.readLine();
      if (line == null || !line.startsWith(secret + " ")) {
        return;
      }
      try {
        obey(line.substring(secret.length() + 1).split(" "), out);
        out.println("OK");
      } catch (Exception e) {
        out.println("FAILED " + String.valueOf(e.getMessage()).replace('\n', ' '));
      }
    } catch (IOException e) {
      // The caller went away.
    }
  }

  private void obey(String[] words, PrintWriter out) throws Exception {
    switch (words[0]) {
      case "status" -> status(out);
      case "pids" -> pids(out);
      case "restart" -> {
        ManagedProcess process = named(words[1]);
        process.stop();
        process.start();
        out.println(process.name() + " is ready");
      }
      case "kill" -> {
        ManagedProcess process = named(words[1]);
        OptionalLong pid = process.pid();
        process.kill();
        out.println(
            process.name()
                + (pid.isEmpty() ? " did not run" : " (" + pid.getAsLong() + ") killed"));
      }
      case "down" -> down.run();
      default -> throw new IllegalArgumentException("not understood: " + words[0]);
    }
  }

  private void status(PrintWriter out) {
    int width = supervisor.processes().keySet().stream().mapToInt(String::length).max().orElse(0);
    Map<String, Boolean> answers = new ConcurrentHashMap<>();
    Together.each(
        supervisor.processes().values(),
        (ManagedProcess process) -> answers.put(process.name(), process.isReady()));
    for (ManagedProcess process : supervisor.processes().values()) {
      String pid = process.isAlive() ? Long.toString(process.pid().orElse(0)) : "-";
      String state =
          answers.get(process.name()) ? "ready" : process.isAlive() ? "not ready" : "down";
      out.printf("%-" + width + "s  %8s  %s%n", process.name(), pid, state);
    }
    boolean ready = answers.values().stream().allMatch(Boolean::booleanValue);
    if (!ready || !supervisor.isStarted()) {
      throw new IllegalStateException(ready ? "still starting" : "not everything is ready");
    }
  }

  private void pids(PrintWriter out) {
    out.println("supervisor " + ProcessHandle.current().pid());
    for (ManagedProcess process : supervisor.processes().values()) {
      process.pid().ifPresent(pid -> out.println(process.name() + " " + pid));
    }
  }

  private ManagedProcess named(String name) {
    ManagedProcess process = supervisor.processes().get(name);
    if (process == null) {
      throw new IllegalArgumentException(
          "no process " + name + ", only " + String.join(", ", supervisor.processes().keySet()));
    }
    return process;
  }
}
