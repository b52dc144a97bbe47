package dev.parley.local.stack;

import dev.parley.local.backend.Lifetime;
import dev.parley.local.carrier.Account;
import dev.parley.local.process.Command;
import dev.parley.local.process.Layout;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.stack.Plan.Node;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One node of one of the six services: its packaged jar, told where its back ends are. */
final class ServiceNode extends ManagedProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final int PROBE_MS = 2_000;

  private final Node node;
  private final Path logs;

  ServiceNode(Node node, Path logs) {
    super(node.name(), START_LIMIT);
    this.node = node;
    this.logs = logs;
  }

  static Path jar(String service) {
    return Layout.root().resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
  }

  @Override
  protected Command prepare() throws IOException {
    Path jar = jar(node.service().name());
    if (!Files.exists(jar)) {
      throw new IllegalStateException(node.service().name() + " is not built");
    }
    return Command.of(name(), words(), Layout.root(), logs.resolve(name() + ".log"))
        .with(environment())
        .with(settings());
  }

  List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                Layout.java(),
                "-Xmx" + node.service().heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-Dvertx.disableURIValidation=true", // the service itself refuses, with a body
                "-Dquarkus.vertx.event-loops-pool-size=1"));
    Lifetime lifetime = Lifetime.ofStack();
    words.addAll((node.service().busy() ? lifetime : lifetime.beside()).flags());
    if (node.service().name().equals("conversation-service")) {
      words.addAll(LocalSettings.arguments());
    }
    words.addAll(List.of("-jar", jar(node.service().name()).toString()));
    return words;
  }

  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("MALLOC_ARENA_MAX", "2"),
        Map.entry("PARLEY_LOCAL_ENABLED", "true"),
        Map.entry("QUARKUS_HTTP_PORT", Integer.toString(node.port())),
        Map.entry("QUARKUS_MANAGEMENT_PORT", Integer.toString(node.managementPort())),
        Map.entry("PARLEY_DB_HOST", "127.0.0.1"),
        Map.entry("PARLEY_DB_PORT", Integer.toString(Plan.POSTGRES)),
        Map.entry("PARLEY_DB_NAME", node.service().database()),
        Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + Plan.KAFKA),
        Map.entry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:" + Plan.OIDC + "/parley"),
        Map.entry("PARLEY_SEARCH_ELASTICSEARCH_URL", "http://127.0.0.1:" + Plan.ELASTICSEARCH),
        Map.entry("QUARKUS_MAILER_HOST", "127.0.0.1"),
        Map.entry("QUARKUS_MAILER_PORT", Integer.toString(Plan.SMTP)),
        Map.entry("PARLEY_CRM_OPEN_TO_ADMINS", "true"),
        Map.entry("PARLEY_NOTIFICATION_EMAIL_GROUPING", LocalSettings.EMAIL_GROUPING),
        Map.entry("PARLEY_SMS_TWILIO_ACCOUNT_SID", Account.LOCAL.sid()),
        Map.entry("PARLEY_SMS_TWILIO_AUTH_TOKEN", Account.LOCAL.token()),
        Map.entry("PARLEY_SMS_TWILIO_BASE_URL", "http://127.0.0.1:" + Plan.SIMULATOR),
        Map.entry("PARLEY_SMS_TWILIO_PUBLIC_URL", Plan.ADDRESS));
  }

  /**
   * What somebody wants of this node alone, from its next start on: {@code NAME=value}, one a line,
   * in {@code settings/<process>.env} of the stack's folder.
   */
  private Map<String, String> settings() throws IOException {
    Path file = Layout.home().resolve("settings").resolve(name() + ".env");
    Map<String, String> settings = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int end = line.indexOf('=');
        if (end > 0) {
          settings.put(line.substring(0, end), line.substring(end + 1));
        }
      }
    }
    return settings;
  }

  /** Ready as an orchestrator sees it: with all that it depends on. */
  @Override
  public boolean isReady() {
    if (!isAlive()) {
      return false;
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + node.managementPort() + "/q/health/ready")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(PROBE_MS);
      connection.setReadTimeout(PROBE_MS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
