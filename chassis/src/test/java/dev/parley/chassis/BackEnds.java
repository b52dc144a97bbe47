package dev.parley.chassis;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Real back ends for a module's tests, started once: PostgreSQL, Kafka with every topic, an OIDC
 * issuer, and what the argument {@code with} names besides ({@code elasticsearch}, {@code mail},
 * {@code s3}, {@code simulator}, comma separated).
 *
 * <p>They are processes of the module {@code deploy/local}, held by a leash: when this JVM ends,
 * however it ends, so do they.
 */
public class BackEnds implements QuarkusTestResourceLifecycleManager {
  private static final Map<String, String> ENDPOINTS = new HashMap<>();
  private static final Set<String> ALWAYS =
      new LinkedHashSet<>(List.of("postgres", "kafka", "oidc"));
  private static Process process;
  private static PrintWriter commands;
  private static BufferedReader answers;

  private final Set<String> wanted = new LinkedHashSet<>(ALWAYS);

  @Override
  public void init(Map<String, String> arguments) {
    Stream.of(arguments.getOrDefault("with", "").split(","))
        .filter(name -> !name.isBlank())
        .forEach(wanted::add);
  }

  @Override
  public Map<String, String> start() {
    begin(wanted);
    Map<String, String> config = new HashMap<>();
    config.put("parley.db.host", endpoint("POSTGRES_HOST"));
    config.put("parley.db.port", endpoint("POSTGRES_PORT"));
    config.put("kafka.bootstrap.servers", endpoint("KAFKA"));
    config.put("quarkus.oidc.auth-server-url", endpoint("OIDC"));
    put(config, "parley.search.elasticsearch.url", "ELASTICSEARCH");
    put(config, "quarkus.mailer.host", "SMTP_HOST");
    put(config, "quarkus.mailer.port", "SMTP_PORT");
    put(config, "parley.sms.twilio.base-url", "SIMULATOR");
    put(config, "parley.sms.twilio.account-sid", "TWILIO_ACCOUNT_SID");
    put(config, "parley.sms.twilio.auth-token", "TWILIO_AUTH_TOKEN");
    put(config, "parley.s3.url", "S3");
    put(config, "parley.s3.access-key", "S3_ACCESS_KEY");
    put(config, "parley.s3.secret-key", "S3_SECRET_KEY");
    put(config, "parley.s3.bucket", "S3_BUCKET");
    return config;
  }

  /** They stay for the other tests of the module; the leash ends them. */
  @Override
  public void stop() {}

  /** An endpoint by its name: {@code KAFKA}, {@code TOKEN_URL}, {@code SIMULATOR}, … */
  public static String endpoint(String name) {
    String value = ENDPOINTS.get(name);
    if (value == null) {
      throw new IllegalStateException("no back end tells " + name);
    }
    return value;
  }

  /**
   * Stops, starts or kills one: {@code command("kill kafka")}; returns when it is done.
   *
   * @throws IllegalStateException when it could not be done
   */
  public static synchronized void command(String line) {
    try {
      commands.println(line);
      String answer = answers.readLine();
      if (!"OK".equals(answer)) {
        throw new IllegalStateException(line + ": " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, String> config, String key, String endpoint) {
    if (ENDPOINTS.containsKey(endpoint)) {
      config.put(key, ENDPOINTS.get(endpoint));
    }
  }

  private static synchronized void begin(Set<String> wanted) {
    if (process != null) {
      return;
    }
    Path root = Checkout.dir();
    String classPath =
        String.join(
            File.pathSeparator,
            root.resolve("deploy/local/target/classes").toString(),
            root.resolve("deploy/local/target/lib").toString() + "/*",
            root.resolve("contracts/target/classes").toString());
    Path dir = Path.of("target", "back-ends").toAbsolutePath();
    try {
      Files.createDirectories(dir.getParent());
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath,
                  "dev.parley.local.BackEnds",
                  String.join(",", wanted),
                  "--dir",
                  dir.toString())
              .redirectError(dir.resolveSibling("back-ends.log").toFile())
              .start();
      commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = answers.readLine(); !"READY".equals(line); line = answers.readLine()) {
        if (line == null || line.startsWith("FAILED")) {
          throw new IllegalStateException("back ends did not start: " + line + ", see " + dir);
        }
        int equals = line.indexOf('=');
        if (equals > 0) {
          ENDPOINTS.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
