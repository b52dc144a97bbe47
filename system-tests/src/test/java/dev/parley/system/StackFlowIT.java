package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start command's manners. In this order, because a stopped stack is what the refusals need: it
 * is stopped once and started once. The last flow of all, because what it starts has one node of
 * each service.
 */
@AloneWithStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(Integer.MAX_VALUE)
class StackFlowIT {
  private static final Duration REFUSES = Duration.ofSeconds(30);

  /** What has ended is listed until its parent has looked. */
  private static final Duration REAPED = Duration.ofSeconds(5);

  private static final int ORIGIN_PORT = 8080;
  private static final int SMALL_MEGABYTES = 64;
  private static final List<String> PROGRAMS =
      List.of("bash", "sh", "env", "dirname", "sed", "mkdir", "find", "head", "cat", "uname");

  private final Stack stack;
  private Person ana;
  private String group;
  private List<String> bodies;

  StackFlowIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Order(1)
  void secondUpSaysThatOneRuns() {
    Terminal.Run second = up(Map.of());

    assertThat(second.exit()).isNotZero();
    assertThat(second.lines()).hasSize(1);
    assertThat(second.output()).contains("already runs");
    assertThat(stack.script("status").exit()).isZero();
  }

  @Test
  @Order(2)
  void processesAreNamedAndAlive() {
    Map<String, Long> pids = stack.pids();

    assertThat(pids)
        .containsKeys(
            "postgres",
            "kafka",
            "elasticsearch",
            "origin",
            "conversation-service",
            "conversation-service-2",
            "message-service",
            "message-service-2",
            "presence-service",
            "presence-service-2",
            "sms-gateway-service",
            "search-service",
            "search-service-2",
            "notification-service");
    assertThat(living(pids.values())).hasSameSizeAs(pids.values());
  }

  @Test
  @Order(3)
  void ctrlCEndsEverything() {
    Tenant tenant = new Tenant(stack);
    ana = tenant.person("ana");
    group = ana.group("Kept", tenant.person("ben"), tenant.person("cem"));
    bodies = List.of("one", "two", "three");
    bodies.forEach(body -> ana.send(group, body).is(201));
    Set<ProcessHandle> family = living(stack.pids().values());
    Set<ProcessHandle> all = new TreeSet<>(family);
    family.forEach(process -> process.descendants().forEach(all::add));

    stack.interrupt();

    assertThat(all).hasSizeGreaterThan(10);
    await().atMost(REAPED).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(stack.script("status").exit()).isNotZero();
    assertThat(stack.script("status").lines()).hasSize(1);
  }

  @Test
  @Order(4)
  void portInUseIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(ORIGIN_PORT, 1, InetAddress.getLoopbackAddress())) {
      Terminal.Run refused = up(Map.of());

      assertRefused(refused, Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  @Order(5)
  void missingJdkIsOneLine() throws IOException {
    Map<String, String> without = new LinkedHashMap<>();
    without.put("PATH", withoutJava().toString());
    without.put("JAVA_HOME", null);

    assertRefused(up(without), "JDK 17");
  }

  @Test
  @Order(6)
  void fullDiskIsOneLine(@TempDir Path folder) {
    String mounted =
        "mount -t tmpfs -o size=%dm none '%s' && exec deploy/local/up"
            .formatted(SMALL_MEGABYTES, folder);
    String[] space = {"unshare", "--user", "--map-root-user", "--mount", "sh", "-c"};
    String[] words = Arrays.copyOf(space, space.length + 1);
    words[space.length] = mounted;
    Terminal.Run refused =
        stack.terminal().run(REFUSES, Map.of("PARLEY_LOCAL_HOME", folder.toString()), words);
    assumeThat(refused.output())
        .as("a file system of our own to fill")
        .doesNotContain("unshare", "mount:", "not permitted");

    assertRefused(refused, "disk");
  }

  @Test
  @Order(7)
  void nothingAcceptedIsLostByAStopAndAStart() {
    stack.start();

    assertThat(ana.history(group).is(200).items("body")).isEqualTo(bodies);
    assertThat(ana.send(group, "four").is(201).json().path("seq").asLong()).isEqualTo(4);
    assertThat(ana.get("/v1/conversations").is(200).items("id")).containsExactly(group);
  }

  private Terminal.Run up(Map<String, String> variables) {
    return stack.terminal().run(REFUSES, variables, "deploy/local/up");
  }

  private void assertRefused(Terminal.Run refused, String reason) {
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.lines()).hasSize(1);
    assertThat(refused.output()).contains(reason);
    assertThat(ours()).as("left running").isEmpty();
  }

  /** Processes of a stack, back ends included, by what they run. */
  private static List<String> ours() {
    String checkout = Checkout.dir().toString();
    String made = checkout + "/deploy/local/target/";
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(checkout))
        .filter(line -> line.contains(made) || line.contains("quarkus-run"))
        .toList();
  }

  private static Set<ProcessHandle> living(Collection<Long> pids) {
    Set<ProcessHandle> living = new TreeSet<>();
    pids.forEach(
        pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).ifPresent(living::add));
    return living;
  }

  /** What every machine has, and no Java. */
  private static Path withoutJava() throws IOException {
    Path folder = Checkout.dir().resolve("system-tests/target/programs");
    Files.createDirectories(folder);
    for (String program : PROGRAMS) {
      for (String place : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
        Path real = Path.of(place, program);
        if (Files.isExecutable(real)) {
          Files.deleteIfExists(folder.resolve(program));
          Files.createSymbolicLink(folder.resolve(program), real);
          break;
        }
      }
    }
    return folder;
  }
}
