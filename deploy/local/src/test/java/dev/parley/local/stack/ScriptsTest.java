package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.process.Layout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code deploy/local/up} in a checkout where nothing is built, with a Java and a Maven that only
 * write down that they were called.
 */
class ScriptsTest {
  @TempDir Path folder;
  private Path local;
  private Path home;
  private Path programs;
  private Path calls;

  @BeforeEach
  void aFreshClone() throws IOException {
    local = Files.createDirectories(folder.resolve("a checkout/deploy/local"));
    for (String script : List.of("up", "lib.sh")) {
      Files.copy(Layout.module().resolve(script), local.resolve(script));
    }
    home = folder.resolve("home");
    programs = Files.createDirectories(folder.resolve("programs"));
    calls = folder.resolve("calls");
    java("openjdk version \"17.0.9\" 2023-10-17");
    program("javac", "exit 0");
    program("mvn", "echo mvn >>'" + calls + "'; ls '" + local + "/target' >>'" + calls + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--fersh",
        "fresh",
        "--nodes",
        "--nodes=mail-service=2",
        "--nodes=message-service=9",
        "--nodes=message-service"
      })
  void whatIsMistypedIsOneLineBeforeAnythingIsBuilt(String argument) throws Exception {
    Run run = up(argument);

    assertThat(run.exit).isOne();
    assertThat(run.lines).hasSize(1);
    assertThat(run.lines.get(0))
        .containsAnyOf("usage: deploy/local/up", argument.replace("--nodes=", ""));
    assertThat(calls).doesNotExist();
  }

  @Test
  void helpTellsTheUsageAndBuildsNothing() throws Exception {
    Run run = up("--help");

    assertThat(run.exit).isZero();
    assertThat(run.lines)
        .containsExactly(
            "usage: deploy/local/up [--fresh] [--nodes message-service=2,presence-service=2]");
    assertThat(calls).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"java version \"1.8.0_392\"", "openjdk version \"11.0.21\" 2023-10-17", "Hello"})
  void anotherJdkIsOneLine(String version) throws Exception {
    java(version);

    Run run = up();

    assertThat(run.exit).isOne();
    assertThat(run.lines).hasSize(1);
    assertThat(run.lines.get(0)).startsWith("Parley needs a JDK 17 or newer: java is ");
    assertThat(calls).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsOneLine() throws Exception {
    Files.writeString(home, "a file, no folder");

    Run run = up();

    assertThat(run.exit).isOne();
    assertThat(run.lines).containsExactly("Cannot write to " + home + ".");
    assertThat(calls).doesNotExist();
  }

  @Test
  void librariesOfAnEarlierBuildAreGoneBeforeTheNext() throws Exception {
    for (String copied : List.of("lib", "elasticsearch", "dependency-maven-plugin-markers")) {
      Files.writeString(
          Files.createDirectories(local.resolve("target").resolve(copied)).resolve("old"), "");
    }

    Run run = up();

    assertThat(run.exit).isZero();
    assertThat(Files.readAllLines(calls))
        .startsWith("Preflight.java", "mvn", "building")
        .endsWith("dev.parley.local.stack.Up")
        .doesNotContain("lib", "elasticsearch", "dependency-maven-plugin-markers");
    assertThat(local.resolve("target/built")).exists();
    assertThat(local.resolve("target/building")).doesNotExist();
  }

  @Test
  void whoBuildsHereIsNotDisturbed() throws Exception {
    building(ProcessHandle.current().pid());

    Run run = up();

    assertThat(run.exit).isOne();
    assertThat(run.lines).hasSize(1);
    assertThat(run.lines.get(0))
        .contains("is being built here by process " + ProcessHandle.current().pid());
    assertThat(local.resolve("target/building/pid")).exists();
    assertThat(calls).doesNotExist();
  }

  @Test
  void aBuildThatWasKilledKeepsNobodyOut() throws Exception {
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    building(killed.pid());

    assertThat(up().exit).isZero();
    assertThat(Files.readAllLines(calls)).contains("mvn");
    assertThat(local.resolve("target/building")).doesNotExist();
  }

  @Test
  void aBuildThatFailsLetsTheNextOneBuild() throws Exception {
    program("mvn", "echo '[ERROR] it is late'; exit 1");

    Run run = up();

    assertThat(run.exit).isOne();
    assertThat(run.lines).contains("[ERROR] it is late");
    assertThat(local.resolve("target/building")).doesNotExist();
    assertThat(local.resolve("target/built")).doesNotExist();
  }

  @Test
  void onlyASupervisorThatAnswersRuns() throws Exception {
    try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.createDirectories(home.resolve("run"));
      Files.writeString(
          home.resolve("run/supervisor"),
          "pid=%d\nport=%d\nsecret=s\n"
              .formatted(ProcessHandle.current().pid(), control.getLocalPort()));
      Thread answers = new Thread(() -> answer(control, "supervisor 1\nOK\n"));
      answers.start();

      Run second = up();

      answers.join();
      assertThat(second.exit).isOne();
      assertThat(second.lines)
          .containsExactly("Parley already runs here; deploy/local/down stops it.");
    }
    // Killed: its file is still there, its number is somebody else's, nobody answers.
    assertThat(up().exit).isZero();
  }

  private static void answer(ServerSocket control, String text) {
    try (var caller = control.accept()) {
      byte[] question = new byte["s pids\n".length()];
      caller.getInputStream().readNBytes(question, 0, question.length);
      if (new String(question, StandardCharsets.UTF_8).equals("s pids\n")) {
        caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void building(long pid) throws IOException {
    Path lock = Files.createDirectories(local.resolve("target/building"));
    Files.writeString(lock.resolve("pid"), pid + "\n");
  }

  /** Says its version, else writes down which program it was to run. */
  private void java(String version) throws IOException {
    program(
        "java",
        """
        if [ "$1" = -version ]; then echo '%s' >&2; exit; fi
        for word; do case $word in *Preflight.java) echo Preflight.java >>'%s'; exit;; esac; done
        echo "$word" >>'%s'
        """
            .formatted(version, calls, calls));
  }

  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Run(int exit, List<String> lines) {}

  private Run up(String... arguments) throws Exception {
    List<String> words = new java.util.ArrayList<>(List.of("bash", local.resolve("up").toString()));
    words.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PARLEY_LOCAL_HOME", home.toString());
    builder.environment().merge("PATH", programs + ":", (path, first) -> first + path);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readAllLines(output));
  }
}
