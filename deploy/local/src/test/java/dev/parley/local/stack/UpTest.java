package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.process.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
  @TempDir Path folder;

  @Test
  void dataThatCannotBeWrittenAreOneLine() throws Exception {
    Files.writeString(folder.resolve("data"), "a file, no folder");
    ProcessBuilder builder =
        new ProcessBuilder(
                Layout.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Up.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("PARLEY_LOCAL_HOME", folder.toString());

    Process up = builder.start();

    assertThat(up.inputReader().lines()).containsExactly("Cannot write to " + folder + ".");
    assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isOne();
  }
}
