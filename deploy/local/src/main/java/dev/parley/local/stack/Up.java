package dev.parley.local.stack;

import dev.parley.local.process.Layout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * {@code deploy/local/up [--fresh] [--nodes SERVICE=COUNT,…]}: checks, starts everything, loads the
 * demo tenant, then stays until it is told to end. Data are kept in {@link Layout#home}.
 */
public final class Up {
  /** As a shell tells that a signal ended it. */
  private static final int INTERRUPTED = 130;

  private static final String USAGE =
      "usage: deploy/local/up [--fresh] [--nodes message-service=2,presence-service=2]";

  private final Path run = Layout.home().resolve("run");
  private final Path data = Layout.home().resolve("data");
  private final Progress progress = new Progress(System.out);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean stopping;
  private boolean fresh;
  private String nodes = "";

  private Up() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(new Up().run(List.of(arguments)));
  }

  private int run(List<String> arguments) throws IOException, InterruptedException {
    Plan plan;
    try {
      read(arguments);
      plan = new Plan(nodes);
    } catch (IllegalArgumentException e) {
      return fail(e.getMessage());
    }
    FileChannel own;
    try {
      Files.createDirectories(run);
      Files.createDirectories(data);
      own =
          FileChannel.open(
              run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return fail("Cannot write to " + Layout.home() + ".");
    }
    try (own;
        FileLock lock = own.tryLock()) {
      if (lock == null) {
        return fail("Parley already runs here; deploy/local/down stops it.");
      }
      String trouble = Preflight.trouble(data, plan.ports().keySet());
      return trouble == null ? supervise(plan) : fail(trouble);
    }
  }

  private void read(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--fresh")) {
        fresh = true;
      } else if (argument.equals("--nodes") && i + 1 < arguments.size()) {
        nodes = arguments.get(++i);
      } else if (argument.startsWith("--nodes=")) {
        nodes = argument.substring("--nodes=".length());
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
  }

  private int supervise(Plan plan) throws IOException, InterruptedException {
    Path logs = run.resolve("logs");
    Layout.delete(logs);
    if (fresh) {
      progress.say("Deleting the data of earlier runs");
      Layout.delete(data);
    }
    Files.createDirectories(logs);
    Files.createDirectories(data);
    progress.say("Starting Parley; logs are in " + shown(logs));
    Supervisor supervisor = new Supervisor(plan, data, logs, progress);
    Files.writeString(run.resolve("env"), lines(supervisor));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
    try (ControlServer control =
        new ControlServer(supervisor, run.resolve("supervisor"), () -> down(supervisor))) {
      assert control != null;
      return serve(supervisor);
    }
  }

  private int serve(Supervisor supervisor) throws InterruptedException {
    try {
      supervisor.start();
      Demo.load(data.resolve("demo"), progress, () -> stopping);
      supervisor.started();
      if (!stopping) {
        progress.say(Demo.welcome());
      }
      end.await();
      return 0;
    } catch (CompletionException e) {
      return broken(e.getCause());
    } catch (IOException e) {
      return broken(e);
    } finally {
      stop(supervisor); // while the lock is ours: nobody may start before all have ended
    }
  }

  private int broken(Throwable reason) {
    if (!stopping) {
      return fail("Parley did not start: " + reason.getMessage());
    }
    return end.getCount() == 0 ? 0 : INTERRUPTED;
  }

  /** Begins to end it at once, in the middle of its start, too; who asked is not kept waiting. */
  private void down(Supervisor supervisor) {
    end.countDown();
    new Thread(() -> stop(supervisor), "down").start();
  }

  private synchronized void stop(Supervisor supervisor) {
    if (stopping) {
      return;
    }
    stopping = true;
    progress.say("Stopping");
    supervisor.stop();
    try {
      Files.deleteIfExists(run.resolve("supervisor"));
    } catch (IOException e) {
      // Stays behind; its process number is nobody's.
    }
    progress.say("Stopped; the data stay in " + shown(data));
  }

  private static String lines(Supervisor supervisor) {
    return supervisor.endpoints().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static Path shown(Path path) {
    return path.startsWith(Layout.root()) ? Layout.root().relativize(path) : path;
  }

  private static int fail(String reason) {
    System.err.println(reason);
    return 1;
  }
}
