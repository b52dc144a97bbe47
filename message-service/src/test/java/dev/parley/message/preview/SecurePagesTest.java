package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurePagesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String SECRET = "of-the-test";

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Names names =
      new Names().with("a.example", "127.0.0.1").with("b.example", "127.0.0.1");
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setSni(true)
                    .setKeyCertOptions(certificateOf("a.example")))
            .requestHandler(
                asked -> {
                  seen.add(asked.connection().indicatedServerName() + " " + asked.uri());
                  asked.response().putHeader("Content-Type", "text/html").end("<title>a</title>");
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theCertificateMustBeOfTheNameThoughTheAddressIsPinned() {
    PageFetcher pages = pages(new HttpClientOptions().setTrustOptions(keys()));
    Page page =
        pages.fetch("https://a.example:" + server.actualPort() + "/p").await().atMost(BOUND);
    assertThat(new String(page.bytes())).isEqualTo("<title>a</title>");
    assertThat(seen).containsExactly("a.example /p");
    assertThatThrownBy(
            () ->
                pages
                    .fetch("https://b.example:" + server.actualPort() + "/p")
                    .await()
                    .atMost(BOUND))
        .hasCauseInstanceOf(SSLException.class);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNone() {
    PageFetcher pages = pages(new HttpClientOptions());
    assertThatThrownBy(
            () ->
                pages
                    .fetch("https://a.example:" + server.actualPort() + "/p")
                    .await()
                    .atMost(BOUND))
        .hasCauseInstanceOf(SSLException.class);
    assertThat(seen).isEmpty();
  }

  private PageFetcher pages(HttpClientOptions options) {
    return new PageFetcher(vertx, names, Limits.at("127.0.0.1:" + server.actualPort()), options);
  }

  private PfxOptions keys() {
    return new PfxOptions().setPath(dir.resolve("keys.p12").toString()).setPassword(SECRET);
  }

  private PfxOptions certificateOf(String name) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                dir.resolve("keys.p12").toString(),
                "-storepass",
                SECRET)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
    return keys();
  }
}
