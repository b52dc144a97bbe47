package dev.parley.local;

import dev.parley.local.backend.BackEnd;
import dev.parley.local.process.Layout;
import dev.parley.local.process.Together;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.stream.Stream;

/**
 * Back ends for tests: {@code BackEnds postgres,kafka,oidc --dir DIR}. Empties the folder, starts
 * what is named, each on a free port of the loopback interface, prints {@code KEY=value} for each
 * address and then {@code READY}.
 *
 * <p>Then it obeys lines on its standard input, each answered by {@code OK} or {@code FAILED
 * reason}: {@code stop NAME}, {@code start NAME}, {@code kill NAME} (SIGKILL, as a crash). An
 * address and its data outlive all of these.
 *
 * <p>It ends, and ends everything it started, when its standard input closes. So a test never
 * leaves anything running, however it dies: the operating system closes the pipe.
 */
public final class BackEnds {
  private final Map<String, BackEnd> started = new LinkedHashMap<>();
  private final PrintStream out;

  private BackEnds(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3 || !arguments[1].equals("--dir")) {
      System.err.println("usage: BackEnds NAME[,NAME…] --dir DIR");
      System.err.println("names: " + String.join(", ", BackEndKind.names()));
      System.exit(2);
    }
    // Libraries may print: what we tell must not mix with it.
    PrintStream out = System.out;
    System.setOut(System.err);
    BackEnds backEnds = new BackEnds(out);
    try {
      System.exit(backEnds.run(List.of(arguments[0].split(",")), Path.of(arguments[2])));
    } catch (IllegalArgumentException e) {
      out.println("FAILED " + reason(e));
      System.exit(2);
    }
  }

  private int run(List<String> names, Path folder) throws IOException {
    Path place = folder.toAbsolutePath().normalize();
    empty(place);
    for (String name : names) {
      started.put(name, BackEndKind.named(name).onFreePorts(place));
    }
    Thread end = new Thread(this::endAll, "end");
    Runtime.getRuntime().addShutdownHook(end);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    CompletableFuture<Boolean> all = CompletableFuture.supplyAsync(this::startAll);
    all.thenAccept(
        ready -> {
          if (!ready) {
            System.exit(1);
          }
        });
    for (String line; (line = commands.readLine()) != null; ) {
      if (all.join()) {
        out.println(obeyed(line.strip()));
      }
    }
    return 0;
  }

  /** Only of what an earlier run left: a slip of the pen must not cost somebody a folder. */
  private static void empty(Path place) throws IOException {
    List<String> ours = new ArrayList<>(BackEndKind.names());
    ours.add("logs");
    if (Files.exists(place)) {
      try (Stream<Path> there = Files.list(place)) {
        for (Path path : there.toList()) {
          if (!ours.contains(path.getFileName().toString())) {
            throw new IllegalArgumentException("not mine, so not emptied: " + path);
          }
          Layout.delete(path);
        }
      }
    }
  }

  private boolean startAll() {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletableFuture.allOf(
              started.values().stream()
                  .map(backEnd -> CompletableFuture.runAsync(() -> start(backEnd), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException e) {
      out.println("FAILED " + reason(e.getCause()));
      return false;
    } finally {
      threads.shutdown();
    }
    Map<String, String> endpoints = new TreeMap<>();
    started.values().forEach(backEnd -> endpoints.putAll(backEnd.endpoints()));
    endpoints.forEach((key, value) -> out.println(key + "=" + value));
    out.println("READY");
    return true;
  }

  private static void start(BackEnd backEnd) {
    try {
      backEnd.start();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private String obeyed(String line) {
    String[] words = line.split("\\s+");
    BackEnd backEnd = words.length == 2 ? started.get(words[1]) : null;
    if (backEnd == null) {
      return "FAILED not understood: " + line;
    }
    try {
      switch (words[0]) {
        case "start" -> backEnd.start();
        case "stop" -> backEnd.stop();
        case "kill" -> backEnd.kill();
        default -> {
          return "FAILED not understood: " + line;
        }
      }
      return "OK";
    } catch (Exception e) {
      return "FAILED " + reason(e);
    }
  }

  private static String reason(Throwable e) {
    return String.valueOf(e.getMessage() == null ? e : e.getMessage()).replace("\n", " | ");
  }

  /** The data are worth nothing afterwards, so nobody is asked politely. */
  private void endAll() {
    Together.each(started.values(), BackEnd::kill);
  }
}
