package dev.parley.local.stack;

import dev.parley.local.backend.Lifetime;
import dev.parley.local.process.Command;
import dev.parley.local.process.Layout;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process with one of this module's own mains; ready when all its ports answer. */
final class OwnJvm extends ManagedProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final String main;
  private final int heapMegabytes;
  private final List<String> arguments;
  private final List<Integer> ports;
  private final Path logs;

  OwnJvm(
      String name,
      String main,
      int heapMegabytes,
      List<String> arguments,
      List<Integer> ports,
      Path logs) {
    super(name, START_LIMIT);
    this.main = main;
    this.heapMegabytes = heapMegabytes;
    this.arguments = arguments;
    this.ports = ports;
    this.logs = logs;
  }

  @Override
  protected Command prepare() {
    List<String> words =
        new ArrayList<>(
            List.of(Layout.java(), "-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-Xss512k"));
    words.addAll(Lifetime.ofStack().flags());
    words.addAll(List.of("-cp", Layout.classPath(), main));
    words.addAll(arguments);
    return Command.of(name(), words, Layout.module(), logs.resolve(name() + ".log"))
        .with(Map.of("MALLOC_ARENA_MAX", "2"));
  }

  @Override
  public boolean isReady() {
    return isAlive() && ports.stream().allMatch(Ports::answers);
  }
}
