package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path folder;

  @Test
  void aPortInUseIsNamedInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String trouble = Preflight.trouble(folder, List.of(Ports.free(), taken.getLocalPort()));
      assertThat(trouble)
          .startsWith("Port " + taken.getLocalPort() + " is in use")
          .doesNotContain("\n");
    }
  }

  @Test
  void aFullDiskIsNamedInOneLine() {
    assertThat(Preflight.trouble(List.of(folder), Long.MAX_VALUE / 2, List.of()))
        .satisfiesAnyOf(
            disk ->
                assertThat(disk)
                    .matches(
                        "Too little disk below \\Q%s\\E: \\d+ MB free, \\d+ MB needed\\."
                            .formatted(folder)),
            // A small machine has its own reason.
            memory -> assertThat(memory).startsWith("Too little memory: "));
  }

  @Test
  void portsAreThoseOfOneNodeEach() {
    assertThat(Preflight.PORTS).containsExactlyInAnyOrderElementsOf(new Plan("").ports().keySet());
  }

  @Test
  void freePortsAreNoTrouble() {
    String trouble = Preflight.trouble(folder, List.of(Ports.free()));
    // A small machine may have its own reasons, but never the port.
    assertThat(trouble == null || !trouble.startsWith("Port")).isTrue();
  }
}
