package dev.parley.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir Path folder;

  @Test
  void stopSendsTheSignalAndWaits() throws Exception {
    Child child = start("trap 'echo asked; exit 7' TERM; echo up; while :; do sleep 0.05; done");
    child.stop(Duration.ofSeconds(10));
    assertThat(child.ended().join()).isEqualTo(7);
    assertThat(child.lastLines(5)).isEqualTo("up\nasked");
  }

  @Test
  void whoIgnoresTheSignalIsKilled() throws Exception {
    Child child = start("trap '' TERM INT; echo up; while :; do sleep 0.05; done");
    child.stop(Duration.ofMillis(300));
    assertThat(child.isAlive()).isFalse();
    assertThat(child.ended().join()).isEqualTo(137);
  }

  @Test
  void killTakesTheChildrenToo() throws Exception {
    Child child = start("sleep 1000 & echo up; wait");
    List<ProcessHandle> family = ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
    child.kill();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whoeverStartedItDiesAndItEndsToo() throws Exception {
    Process parent =
        new ProcessBuilder(
                Layout.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String pid = parent.inputReader().readLine();
    ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    parent.destroyForcibly();

    await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
  }

  /** Starts a child, tells its number, and stays. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Command sleep = Command.of("test", List.of("sleep", "1000"), folder, folder.resolve("log"));
      System.out.println(Child.start(sleep).pid());
      System.in.read();
    }
  }

  @Test
  void environmentAndExitCodeAreTheCommands() throws Exception {
    Child child = Child.start(command("echo $GREETING; exit 3").with(Map.of("GREETING", "hello")));
    assertThat(child.ended().join()).isEqualTo(3);
    assertThat(child.lastLines(1)).isEqualTo("hello");
  }

  private Child start(String script) throws Exception {
    Child child = Child.start(command(script));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(child.log()).startsWith("up"));
    return child;
  }

  private Command command(String script) {
    return Command.of("test", List.of("sh", "-c", script), folder, folder.resolve("log"));
  }
}
