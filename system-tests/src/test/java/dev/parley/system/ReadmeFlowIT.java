package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.system.Readme.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour, typed as it stands into one shell, shows what the README shows. */
@WithStack
class ReadmeFlowIT {
  private static final Duration SHOWN = Duration.ofSeconds(20);

  /** Who only looks, looks again when what they wait for is not there yet. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final String READ = "-- step read --";

  private final Stack stack;

  ReadmeFlowIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  void tourShowsWhatItSays(@TempDir Path temp) throws Exception {
    List<Step> steps = new Readme().steps("Tour");
    assertThat(steps).hasSizeGreaterThan(5);
    Path output = temp.resolve("shell.out");
    Process shell =
        stack.terminal().start(output, Map.of("HOME", temp.toString()), List.of("bash"));
    try (Writer keyboard = shell.outputWriter(StandardCharsets.UTF_8)) {
      int from = 0;
      for (Step step : steps) {
        int begin = from;
        type(keyboard, step);
        AtomicLong typed = new AtomicLong(System.nanoTime());
        await()
            .atMost(SHOWN)
            .untilAsserted(
                () -> {
                  if (onlyLooks(step) && System.nanoTime() - typed.get() > AGAIN.toNanos()) {
                    typed.set(System.nanoTime());
                    type(keyboard, step);
                  }
                  String shown = Files.readString(output).substring(begin);
                  assertThat(shown).as("after %s", step.commands()).contains(READ);
                  for (String line : step.expected()) {
                    assertThat(shown.lines())
                        .as("%s shows", step.commands())
                        .anyMatch(text -> shows(text, line));
                  }
                });
        from = Files.readString(output).length();
      }
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.destroy();
    }
    assertThat(Files.readString(output)).doesNotContain("command not found", "problem+json");
  }

  @Test
  void bothCommandsOfTheReadmeAreThoseThatAreRun() throws IOException {
    Readme readme = new Readme();

    assertThat(readme.contains("deploy/local/up")).isTrue();
    assertThat(readme.contains("mvn -B verify")).isTrue();
    assertThat(Checkout.read(".ci/run")).contains("mvn -B verify");
  }

  private static void type(Writer keyboard, Step step) {
    try {
      keyboard.write(step.commands() + "echo '" + READ + "'\n");
      keyboard.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean onlyLooks(Step step) {
    return step.commands()
        .lines()
        .allMatch(line -> line.matches("(api|curl) .*") && !line.contains(" -d "));
  }

  /** Whether the parts between the dots are in the line, in that order. */
  private static boolean shows(String line, String expected) {
    int at = 0;
    for (String part : expected.split("…")) {
      at = line.indexOf(part, at);
      if (at < 0) {
        return false;
      }
      at += part.length();
    }
    return true;
  }
}
