package dev.parley.local.backend;

import dev.parley.local.web.Reply;
import dev.parley.local.web.Request;
import dev.parley.local.web.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kotlin.Pair;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpServer;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * An OIDC issuer that gives a token to whoever asks: discovery, keys, token end point, and the
 * claims that the form names ({@link FormClaims}). Its keys are the library's own, the same after
 * each restart, so tokens stay valid; and they are public, so it is for loopback only.
 */
public final class OidcIssuer extends InProcess {
  private static final String ISSUER = "parley";

  private final int port;
  private final Clock clock;
  private MockOAuth2Server server;

  public OidcIssuer(int port, Clock clock) {
    super("oidc");
    this.port = port;
    this.clock = clock;
  }

  @Override
  void open() {
    server =
        new MockOAuth2Server(
            new OAuth2Config(
                false,
                null,
                null,
                false,
                new OAuth2TokenProvider(),
                Set.of(new FormClaims(ISSUER, clock)),
                new OnJdkServer()));
    server.start(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  void close() {
    server.shutdown();
  }

  @Override
  public Map<String, String> endpoints() {
    String issuer = "http://localhost:" + port + "/" + ISSUER;
    return Map.of("OIDC", issuer, "TOKEN_URL", issuer + "/token");
  }

  /**
   * Of the library's two servers one keeps every request in memory for ever, the other needs a
   * newer Netty than the rest of us.
   */
  private static final class OnJdkServer implements OAuth2HttpServer {
    private Web web;

    @Override
    public OAuth2HttpServer start(
        InetAddress address,
        int port,
        Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
      try {
        web = Web.serve(address, port, request -> reply(handler.invoke(translated(request))));
        return this;
      } catch (IOException e) {
        throw new IllegalStateException("OIDC issuer cannot listen on " + port, e);
      }
    }

    private OAuth2HttpRequest translated(Request request) {
      Headers.Builder headers = new Headers.Builder();
      request
          .headers()
          .forEach((name, values) -> values.forEach(v -> headers.addUnsafeNonAscii(name, v)));
      return new OAuth2HttpRequest(
          headers.build(),
          request.method(),
          url(request.path() + (request.query().isEmpty() ? "" : "?" + request.query())),
          request.text());
    }

    private static Reply reply(OAuth2HttpResponse response) {
      Map<String, String> headers = new HashMap<>();
      for (Pair<? extends String, ? extends String> header : response.getHeaders()) {
        headers.put(header.getFirst(), header.getSecond());
      }
      byte[] body = new byte[0];
      if (response.getBytesBody() != null) {
        body = response.getBytesBody();
      } else if (response.getBody() != null) {
        body = response.getBody().getBytes(StandardCharsets.UTF_8);
      }
      return new Reply(response.getStatus(), headers, body);
    }

    @Override
    public OAuth2HttpServer start(
        Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
      return start(0, handler);
    }

    @Override
    public OAuth2HttpServer start(
        int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
      return start(InetAddress.getLoopbackAddress(), port, handler);
    }

    @Override
    public OAuth2HttpServer stop() {
      web.close();
      return this;
    }

    @Override
    public void close() {
      stop();
    }

    @Override
    public int port() {
      return web.port();
    }

    @Override
    public HttpUrl url(String path) {
      return HttpUrl.get("http://localhost:" + port()).resolve(path);
    }

    @Override
    public Ssl sslConfig() {
      return null;
    }
  }
}
