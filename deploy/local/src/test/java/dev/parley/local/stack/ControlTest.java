package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a supervisor that was killed names a process that may be somebody else's by now. */
class ControlTest {
  @TempDir Path folder;
  private Process stranger;

  @BeforeEach
  void aStrangerHasTheNumber() throws IOException {
    stranger = new ProcessBuilder("sleep", "100").start();
  }

  @AfterEach
  void end() {
    stranger.destroyForcibly();
  }

  @Test
  void downLeavesAStrangerAloneWhoHasTheProcessNumber() throws Exception {
    assertThat(control(Ports.free(), "down")).isZero();
    assertThat(control(Ports.free(), "status")).isOne();
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void downLeavesThemAloneAlsoWhenAnotherHasThePort() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread hangsUp =
          new Thread(
              () -> {
                try {
                  other.accept().close();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      hangsUp.start();

      assertThat(control(other.getLocalPort(), "down")).isZero();
      hangsUp.join();
    }
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void nothingIsDownWhereNothingEverRan() throws Exception {
    assertThat(Control.run(folder.resolve("none"), List.of("down"))).isZero();
    assertThat(Control.run(folder.resolve("none"), List.of("status"))).isOne();
    assertThat(Control.run(folder.resolve("none"), List.of("kill"))).isEqualTo(2);
  }

  private int control(int port, String command) throws Exception {
    Path file = folder.resolve("supervisor");
    Files.writeString(file, "pid=%d\nport=%d\nsecret=s\n".formatted(stranger.pid(), port));
    return Control.run(file, List.of(command));
  }
}
