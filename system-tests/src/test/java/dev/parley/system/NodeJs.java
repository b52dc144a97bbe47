package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.enums.V8AwaitMode;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Json;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Node.js inside this JVM, from Maven Central, which runs the TypeScript client's sources as
 * they are (ADR 0025). Tests that need it are skipped where there is none for the platform.
 */
final class NodeJs implements AutoCloseable {
  private static final long TURN_MS = 2;
  private static final Duration ANSWERS = Duration.ofSeconds(30);

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final NodeRuntime runtime;

  private NodeJs() {
    runtime = within(() -> V8Host.getNodeInstance().createV8Runtime());
    loop.scheduleWithFixedDelay(this::turn, TURN_MS, TURN_MS, TimeUnit.MILLISECONDS);
  }

  /** Starts it, or ends the test if this platform has none. */
  static NodeJs started() {
    Assumptions.assumeTrue(
        isThere(), () -> "no Node.js for " + System.getProperty("os.name") + " among the tests");
    return new NodeJs();
  }

  /** A file of the client's folder, as a literal. */
  static String file(String path) {
    return Json.text(Checkout.dir().resolve("deploy/clients/typescript").resolve(path).toString());
  }

  /** Runs statements; those that wait for something go on by themselves. */
  void run(String script) {
    within(
        () -> {
          runtime.getExecutor(script).executeVoid();
          return null;
        });
  }

  /** The value of an expression. */
  JsonNode value(String expression) {
    String script = "JSON.stringify(" + expression + ")";
    return Json.read(within(() -> runtime.getExecutor(script).executeString()), JsonNode.class);
  }

  /** Waits until an expression is true. */
  void awaitTrue(String what, Duration limit, String expression) {
    await(what).atMost(limit).until(() -> value("Boolean(" + expression + ")").asBoolean());
  }

  /** What a promise is fulfilled with; fails as it fails. */
  JsonNode promised(String promise) {
    run(
        "globalThis.promised = undefined; Promise.resolve().then(async () => "
            + promise
            + ").then(value => { promised = { value }; },"
            + " failure => { promised = { failure: String(failure.stack) }; });");
    awaitTrue(promise, ANSWERS, "globalThis.promised");
    JsonNode outcome = value("promised");
    assertThat(outcome.path("failure").asText()).isEmpty();
    return outcome.path("value");
  }

  private void turn() {
    runtime.await(V8AwaitMode.RunNoWait);
  }

  /** On the thread that all of it runs on. */
  private <T> T within(Callable<T> call) {
    try {
      return loop.submit(call).get(ANSWERS.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("Node.js: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      within(
          () -> {
            // Whatever still waits for something, such as an open socket, is not waited for.
            runtime.setStopping(true);
            runtime.close();
            return null;
          });
    } finally {
      loop.shutdownNow();
    }
  }

  private static boolean isThere() {
    JavetLibLoader.setLibLoadingListener(
        new IJavetLibLoadingListener() {
          @Override
          public File getLibPath(JSRuntimeType type) {
            File folder = Checkout.dir().resolve("system-tests/target/javet").toFile();
            folder.mkdirs();
            return folder;
          }
        });
    try {
      String library = new JavetLibLoader(JSRuntimeType.Node).getResourceFileName();
      return JavetLibLoader.class.getResource(library) != null;
    } catch (JavetException e) {
      return false; // an operating system that it knows nothing of
    }
  }
}
