package dev.parley.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real sockets on loopback: the web server's place is exempt from the guard, all else on loopback
 * is as forbidden as it is in production.
 */
class PageFetcherTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static Vertx vertx;

  private final Web web = new Web();
  private final Names names =
      new Names().with("a.example", "127.0.0.1").with("b.example", "127.0.0.1");
  private final PageFetcher pages = new PageFetcher(vertx, names, Limits.at(web.place()));

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void aPageIsAskedForByItsNameAtTheAddressThatWasChecked() {
    web.page("/p", "Hello");
    Page page = fetch("http://a.example:" + web.port() + "/p?q=1#f");
    assertThat(new String(page.bytes(), StandardCharsets.UTF_8)).contains("<title>Hello</title>");
    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(web.asked()).containsExactly("/p?q=1");
    assertThat(web.headers().get(0).getFirst("Host")).isEqualTo("a.example:" + web.port());
    assertThat(web.headers().get(0).getFirst("Accept-Encoding")).isEqualTo("identity");
    assertThat(web.headers().get(0)).doesNotContainKeys("Cookie", "Authorization", "Referer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://2130706433:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::1]:%d/",
        "http://0.0.0.0:%d/",
        "http://inside.example:%d/",
        "http://both.example:%d/",
      })
  void aServerInsideGetsNoConnection(String link) throws IOException {
    names.with("localhost", "127.0.0.1").with("inside.example", "127.0.0.1");
    names.with("both.example", "1.1.1.1,127.0.0.1");
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused(link.formatted(inside.getLocalPort()));
      gotNothing(inside);
    }
  }

  @Test
  void aRedirectIsCheckedLikeTheLinkItself() throws IOException {
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String forbidden = "http://a.example:" + inside.getLocalPort() + "/admin";
      int[] statuses = {301, 302, 303, 307, 308};
      for (int status : statuses) {
        web.redirect("/r" + status, status, forbidden);
        refused(link("/r" + status));
      }
      web.redirect("/two", 302, "/r301");
      refused(link("/two"));
      web.redirect("/file", 302, "file:///etc/passwd");
      refused(link("/file"));
      web.redirect("/metadata", 302, "http://169.254.169.254/latest/meta-data/");
      refused(link("/metadata"));
      gotNothing(inside);
    }
  }

  @Test
  void threeRedirectsAreFollowedAndNoMore() {
    web.page("/0", "Arrived");
    web.redirect("/1", 302, "/0");
    web.redirect("/2", 301, "http://b.example:" + web.port() + "/1");
    web.redirect("/3", 307, "2");
    web.redirect("/4", 308, "/3");
    assertThat(new String(fetch(link("/3")).bytes(), StandardCharsets.UTF_8)).contains("Arrived");
    assertThat(web.asked()).containsExactly("/3", "/2", "/1", "/0");
    refused(link("/4"));
    web.redirect("/round", 302, "/round");
    refused(link("/round"));
  }

  @Test
  void anAnswerOfTheDnsThatChangesChangesNothing() throws IOException {
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      web.page("/p", "Hello");
      names.with("rebinding.example", "127.0.0.1", "10.0.0.1");
      fetch("http://rebinding.example:" + web.port() + "/p");
      assertThat(names.asked()).containsExactly("rebinding.example");

      // On the next hop it is another answer, and that is refused.
      names.with("rebinding.example", "127.0.0.1", "10.0.0.1");
      web.redirect("/again", 302, "/p");
      refused("http://rebinding.example:" + web.port() + "/again");
      assertThat(web.asked()).containsExactly("/p", "/again");
      gotNothing(inside);
    }
  }

  @Test
  void largeAndEndlessPagesAreRefused() {
    web.on(
        "/announced",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, 10_000_000);
        });
    refused(link("/announced"), "too large");
    web.on("/large", exchange -> Web.send(exchange, "text/html", new byte[10_000_000]));
    refused(link("/large"), "too large");
    web.on("/endless", Web::sendForEver);
    refused(link("/endless"), "too large");
    web.on("/most", exchange -> Web.send(exchange, "text/html", new byte[1_048_576]));
    assertThat(fetch(link("/most")).bytes()).hasSize(1_048_576);
    web.on("/more", exchange -> Web.send(exchange, "text/html", new byte[1_048_577]));
    refused(link("/more"), "too large");
  }

  @Test
  void whatIsCompressedOrNoPageIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[50_000_000]);
    }
    for (String encoding : List.of("gzip", "deflate", "br", "x")) {
      web.on(
          "/" + encoding,
          exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            Web.send(exchange, "text/html", bomb.toByteArray());
          });
      refused(link("/" + encoding), "compressed");
    }
    for (String type : List.of("image/png", "application/json", "text/plain", "text/htmlx", "x")) {
      web.on("/type", exchange -> Web.send(exchange, type, Web.html("Hello")));
      refused(link("/type"), "not what was asked for");
    }
    web.on("/status", exchange -> exchange.sendResponseHeaders(500, -1));
    refused(link("/status"), "status 500");
    refused(link("/missing"), "status 404");
    assertThatThrownBy(() -> fetch("http://unknown.example/"))
        .hasRootCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void oneDeadlineHoldsForAllOfIt() throws IOException {
    PageFetcher hasty =
        new PageFetcher(vertx, names, new Limits(Duration.ofMillis(700), List.of(web.place())));
    web.on("/drop", Web::drip);
    assertThatThrownBy(() -> hasty.fetch(link("/drop")).await().atMost(BOUND))
        .isInstanceOf(Refused.class)
        .hasMessage("too slow");

    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String place = "127.0.0.1:" + silent.getLocalPort();
      PageFetcher waiting =
          new PageFetcher(vertx, names, new Limits(Duration.ofMillis(700), List.of(place)));
      assertThatThrownBy(
              () ->
                  waiting.fetch("http://a.example:" + silent.getLocalPort()).await().atMost(BOUND))
          .isInstanceOf(Refused.class)
          .hasMessage("too slow");
    }
  }

  private String link(String path) {
    return "http://a.example:" + web.port() + path;
  }

  private Page fetch(String link) {
    return pages.fetch(link).await().atMost(BOUND);
  }

  private void refused(String link) {
    assertThatThrownBy(() -> fetch(link)).isInstanceOf(Refused.class);
  }

  private void refused(String link, String why) {
    assertThatThrownBy(() -> fetch(link)).isInstanceOf(Refused.class).hasMessage(why);
  }

  /** It is over: whoever would connect has done so. */
  private static void gotNothing(ServerSocket inside) throws IOException {
    inside.setSoTimeout(200);
    assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
  }
}
