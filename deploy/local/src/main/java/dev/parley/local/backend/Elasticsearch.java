package dev.parley.local.backend;

import dev.parley.local.process.Command;
import dev.parley.local.process.Layout;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Ports;
import dev.parley.local.process.Unprivileged;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Elasticsearch, one node without security, the distribution that has the core modules only.
 * Settings and data lie in its own folder; the unpacked programs are only read.
 */
public final class Elasticsearch extends ManagedProcess implements BackEnd {
  private final Path folder;
  private final Path log;
  private final int port;
  private final int transportPort;
  private final Lifetime lifetime;

  public Elasticsearch(Path folder, Path log, int port, int transportPort, Lifetime lifetime) {
    super("elasticsearch", Duration.ofSeconds(120));
    this.folder = folder;
    this.log = log;
    this.port = port;
    this.transportPort = transportPort;
    this.lifetime = lifetime;
  }

  @Override
  protected Command prepare() throws IOException {
    Path home = Layout.elasticsearch();
    Path settings = Files.createDirectories(folder.resolve("config"));
    Path temporary = folder.resolve("tmp");
    Layout.delete(temporary);
    Files.createDirectories(temporary);
    Files.createDirectories(folder.resolve("logs"));
    // A start that was killed leaves it behind, and the next would fail at it.
    Files.deleteIfExists(settings.resolve("elasticsearch.keystore.tmp"));
    Files.writeString(settings.resolve("elasticsearch.yml"), settings());
    Files.writeString(
        settings.resolve("jvm.options"),
        """
        -Xms512m
        -Xmx512m
        -XX:+UseSerialGC
        -XX:-HeapDumpOnOutOfMemoryError
        -Djava.io.tmpdir=%s
        -Dlog4j2.formatMsgNoLookups=true
        """
            .formatted(temporary));
    Files.writeString(settings.resolve("log4j2.properties"), LOGGING);
    Unprivileged.own(folder);
    return Command.of(name(), List.of(home.resolve("bin/elasticsearch").toString()), folder, log)
        .with(
            Map.of(
                "ES_JAVA_HOME",
                System.getProperty("java.home"),
                "ES_PATH_CONF",
                settings.toString(),
                "ES_TMPDIR",
                temporary.toString(),
                "ES_JAVA_OPTS",
                String.join(" ", lifetime.flags())))
        .with(launcher(temporary))
        .asOrdinaryUser();
  }

  /**
   * The launcher leaves a file behind at each start, better in our folder. Its script splits the
   * option at blanks, so a folder with one in its name goes without.
   */
  static Map<String, String> launcher(Path temporary) {
    return temporary.toString().matches(".*\\s.*")
        ? Map.of()
        : Map.of("CLI_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
  }

  private String settings() {
    return """
    cluster.name: parley-local
    node.name: local
    discovery.type: single-node
    network.host: 127.0.0.1
    http.port: %d
    transport.port: %d
    path.data: %s
    path.logs: %s
    xpack.security.enabled: false
    action.auto_create_index: false
    cluster.routing.allocation.disk.threshold_enabled: false
    """
        .formatted(port, transportPort, folder.resolve("data"), folder.resolve("logs"));
  }

  @Override
  public boolean isReady() {
    if (!isAlive() || !Ports.answers(port)) {
      return false;
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/_cluster/health?timeout=1s")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout((int) Duration.ofSeconds(1).toMillis());
      connection.setReadTimeout((int) Duration.ofSeconds(3).toMillis());
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of("ELASTICSEARCH", "http://127.0.0.1:" + port);
  }

  private static final String LOGGING =
      """
      status = error
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
      rootLogger.level = warn
      rootLogger.appenderRef.console.ref = console
      """;
}
