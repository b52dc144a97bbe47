package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.local.process.Layout;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The tool as another module's tests use it: a process, lines in, lines out. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackEndsTest {
  private static final Path DIR = Layout.target().resolve("back-ends-test");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> VALUES = new TreeMap<>();
  private static Process process;
  private static BufferedReader lines;
  private static BufferedWriter commands;

  @BeforeAll
  static void start() throws IOException {
    process =
        new ProcessBuilder(
                Layout.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BackEnds.class.getName(),
                "postgres,kafka,oidc",
                "--dir",
                DIR.toString())
            .redirectError(new File("target/back-ends-test.err"))
            .start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null && !line.equals("READY"); ) {
      assertThat(line).doesNotStartWith("FAILED");
      VALUES.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
  }

  @AfterAll
  static void end() {
    process.destroyForcibly();
  }

  @Test
  @Order(1)
  void addressesAreTold() {
    assertThat(VALUES.keySet())
        .containsExactly(
            "KAFKA", "OIDC", "POSTGRES", "POSTGRES_HOST", "POSTGRES_PORT", "TOKEN_URL");
  }

  @Test
  @Order(2)
  void eachServiceHasADurableDatabaseOfItsOwn() throws SQLException {
    for (String name :
        List.of("conversation", "message", "presence", "sms", "search", "notification")) {
      try (Connection connection = connect(name)) {
        assertThat(answer(connection, "select current_database() || ' ' || current_user"))
            .isEqualTo(name + " " + name);
        assertThat(answer(connection, "show fsync")).isEqualTo("on");
        assertThat(answer(connection, "show synchronous_commit")).isEqualTo("on");
        assertThat(answer(connection, "show full_page_writes")).isEqualTo("on");
      }
    }
  }

  @Test
  @Order(3)
  void everyTopicExistsAndNoOther() throws Exception {
    assertThat(topics())
        .containsExactlyInAnyOrderElementsOf(Topics.all().stream().map(Topic::name).toList());
  }

  @Test
  @Order(4)
  void aTokenCarriesWhatTheFormNames() throws Exception {
    JsonNode claims =
        claims(
            "username=ana&tenant=t1&roles=user,%20admin&name=Ana+A&email=ana%40x.test"
                + "&impersonator=boss&assigned_data_only=true&ttl=77");
    assertThat(claims.path("sub").asText()).isEqualTo("ana");
    assertThat(claims.path("iss").asText()).isEqualTo(VALUES.get("OIDC"));
    assertThat(claims.path("tenant").asText()).isEqualTo("t1");
    assertThat(claims.path("roles").toString()).isEqualTo("[\"user\",\"admin\"]");
    assertThat(claims.path("name").asText()).isEqualTo("Ana A");
    assertThat(claims.path("email").asText()).isEqualTo("ana@x.test");
    assertThat(claims.at("/act/sub").asText()).isEqualTo("boss");
    assertThat(claims.path("assigned_data_only").asBoolean()).isTrue();
    assertThat(claims.path("exp").asLong() - Instant.now().getEpochSecond()).isBetween(60L, 78L);

    JsonNode plain = claims("username=bo");
    assertThat(plain.path("tenant").asText()).isEqualTo("demo");
    assertThat(plain.path("roles").toString()).isEqualTo("[\"user\"]");
    assertThat(plain.has("act")).isFalse();
    assertThat(plain.has("assigned_data_only")).isFalse();
    assertThat(plain.path("name").asText()).isEqualTo("Bo Berg");
    assertThat(claims("username=bo&tenant=t1").path("name").asText()).isEqualTo("bo");
    assertThat(claims("username=zoe").path("name").asText()).isEqualTo("zoe");
  }

  @Test
  @Order(5)
  void whatIsStoppedOrKilledComesBackWithItsData() throws Exception {
    try (Connection connection = connect("message")) {
      connection.createStatement().execute("create table kept (v text)");
      connection.createStatement().execute("insert into kept values ('before')");
    }
    assertThat(obeyed("kill postgres")).isEqualTo("OK");
    assertThat(obeyed("start postgres")).isEqualTo("OK");
    try (Connection connection = connect("message")) {
      assertThat(answer(connection, "select v from kept")).isEqualTo("before");
    }
    assertThat(obeyed("stop kafka")).isEqualTo("OK");
    assertThat(obeyed("start kafka")).isEqualTo("OK");
    assertThat(obeyed("kill kafka")).isEqualTo("OK");
    assertThat(obeyed("start kafka")).isEqualTo("OK");
    assertThat(topics()).hasSize(Topics.all().size());
    assertThat(obeyed("dance kafka")).isEqualTo("FAILED not understood: dance kafka");
    assertThat(obeyed("stop nobody")).isEqualTo("FAILED not understood: stop nobody");
  }

  @Test
  @Order(6)
  void nothingIsLeftWhenTheToolIsKilled() throws Exception {
    assertThat(family()).isNotEmpty();
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    await().atMost(Duration.ofSeconds(30)).until(() -> family().isEmpty());
  }

  private static List<String> family() {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != ProcessHandle.current().pid())
        .map(handle -> handle.info().commandLine().orElse(""))
        .filter(line -> line.contains(DIR.toString()))
        .toList();
  }

  private static String obeyed(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    return lines.readLine();
  }

  private static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + VALUES.get("POSTGRES_HOST")
            + ":"
            + VALUES.get("POSTGRES_PORT")
            + "/"
            + database,
        database,
        database);
  }

  private static String answer(Connection connection, String query) throws SQLException {
    try (ResultSet found = connection.createStatement().executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", VALUES.get("KAFKA")))) {
      return admin.listTopics().names().get(20, TimeUnit.SECONDS);
    }
  }

  private static JsonNode claims(String fields) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(VALUES.get("TOKEN_URL")))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(
                        BodyPublishers.ofString(
                            "grant_type=password&client_id=parley-local&password=x&" + fields))
                    .build(),
                BodyHandlers.ofString());
    String token = JSON.readTree(answer.body()).path("access_token").asText();
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }
}
