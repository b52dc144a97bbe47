package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir Path folder;

  @Test
  void whatIsStoppedStartsNothingAnyMore() {
    Supervisor supervisor =
        new Supervisor(
            new Plan(""),
            folder.resolve("data"),
            folder.resolve("logs"),
            new Progress(new PrintStream(PrintStream.nullOutputStream())));
    supervisor.stop();

    assertThatThrownBy(supervisor::start)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("does not start any more");
    assertThat(supervisor.processes()).hasSize(11);
    assertThat(supervisor.processes().values()).noneMatch(process -> process.isAlive());
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }
}
