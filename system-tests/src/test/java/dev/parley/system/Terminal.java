package dev.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands as somebody types them in the checkout. */
final class Terminal {
  private final Path folder;
  private final Map<String, String> environment;

  Terminal(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * What a command did.
   *
   * @param output what it printed, errors included
   */
  record Run(List<String> words, int exit, String output) {
    Run succeeded() {
      if (exit != 0) {
        throw new AssertionError(words + " ended with " + exit + ": " + output);
      }
      return this;
    }

    List<String> lines() {
      return output.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** Runs a command to its end; fails if it takes longer. */
  Run run(Duration limit, String... words) {
    return run(limit, Map.of(), words);
  }

  /** The same with more, or other, variables; null takes one away. */
  Run run(Duration limit, Map<String, String> variables, String... words) {
    try {
      Path output = Files.createTempFile("parley", ".out");
      try {
        Process process = start(output, variables, List.of(words));
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(
              List.of(words) + " took longer than " + limit + ": " + Files.readString(output));
        }
        return new Run(List.of(words), process.exitValue(), Files.readString(output));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a command whose output goes to a file; its standard input is ours. */
  Process start(Path output, Map<String, String> variables, List<String> words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(words))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // The build's own settings are nobody's business: a newcomer has none.
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().putAll(environment);
    variables.forEach(
        (name, value) -> {
          if (value == null) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return builder.start();
  }
}
