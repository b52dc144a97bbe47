package dev.parley.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchTest {
  @Test
  void theLauncherIsToldNoFolderThatItWouldSplit() {
    assertThat(Elasticsearch.launcher(Path.of("/a/tmp")))
        .isEqualTo(Map.of("CLI_JAVA_OPTS", "-Djava.io.tmpdir=/a/tmp"));
    assertThat(Elasticsearch.launcher(Path.of("/a b/tmp"))).isEmpty();
  }

  @Test
  void whatAStartThatWasKilledLeftIsGoneBeforeTheNext(@TempDir Path folder) throws Exception {
    Path left =
        Files.createFile(
            Files.createDirectories(folder.resolve("config"))
                .resolve("elasticsearch.keystore.tmp"));

    new Elasticsearch(folder, folder.resolve("log"), 1, 2, Lifetime.TEST).prepare();

    assertThat(left).doesNotExist();
    assertThat(folder.resolve("config/elasticsearch.yml")).exists();
  }
}
