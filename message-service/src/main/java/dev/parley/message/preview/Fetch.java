package dev.parley.message.preview;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One page, or its picture, on its way. A name is looked up once for each hop and the connection
 * goes to the very address that was checked, under the name (certificate, SNI, {@code Host}); so an
 * answer of the DNS that changes in between changes nothing. Each redirect is checked like the link
 * itself.
 *
 * <p>All of it together has one deadline, from the first look-up to the last byte. Only what was
 * asked for is taken, uncompressed, so that what comes over the wire is all that there is, and up
 * to a limit; what announces more is not even begun.
 */
final class Fetch {
  private static final int REDIRECTS = 3;
  private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);

  /** What is taken of a page. */
  static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

  /** What is taken of a picture; the bytes have the last word. */
  static final Set<String> PICTURES =
      Set.of("image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp");

  private final Vertx vertx;
  private final HttpClient client;
  private final Guard guard;
  private final PreviewConfig config;
  private final Resolver resolver;
  private final WorkerExecutor lookups;
  private final Set<String> types;
  private final Promise<Page> done = Promise.promise();
  private HttpClientRequest request;
  private int redirects;

  Fetch(
      Vertx vertx,
      HttpClient client,
      Guard guard,
      PreviewConfig config,
      Resolver resolver,
      WorkerExecutor lookups,
      Set<String> types) {
    this.vertx = vertx;
    this.client = client;
    this.guard = guard;
    this.config = config;
    this.resolver = resolver;
    this.lookups = lookups;
    this.types = types;
  }

  Future<Page> start(Target target) {
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> {
          long timer =
              vertx.setTimer(
                  config.timeout().toMillis(), late -> done.tryFail(new Refused("too slow")));
          done.future()
              .onComplete(
                  end -> {
                    vertx.cancelTimer(timer);
                    hangUp();
                  });
          guarded(() -> go(target));
        });
    return done.future();
  }

  private void go(Target target) {
    // Whoever has waited too long for a thread asks nobody any more.
    lookups
        .executeBlocking(
            () -> isOver() ? List.<InetAddress>of() : resolver.resolve(target.host()), false)
        .onFailure(done::tryFail)
        .onSuccess(found -> guarded(() -> connect(target, guard.choose(found, target.port()))));
  }

  private void connect(Target target, InetSocketAddress address) {
    if (isOver()) {
      return;
    }
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(address))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false)
                .putHeader("User-Agent", "Parley/1.0 (link preview)")
                .putHeader("Accept", String.join(",", types))
                .putHeader("Accept-Encoding", "identity"))
        .compose(
            opened -> {
              request = opened;
              if (isOver()) {
                hangUp();
              }
              return opened.send();
            })
        .onFailure(done::tryFail)
        .onSuccess(answer -> guarded(() -> take(target, answer)));
  }

  private void take(Target target, HttpClientResponse answer) {
    answer.exceptionHandler(done::tryFail);
    if (REDIRECTING.contains(answer.statusCode())) {
      String location = answer.getHeader("Location");
      if (location == null || ++redirects > REDIRECTS) {
        throw new Refused("redirected in vain");
      }
      answer.exceptionHandler(gone -> {});
      hangUp();
      go(target.redirected(location));
      return;
    }
    check(answer);
    Buffer body = Buffer.buffer();
    answer
        .handler(
            bytes -> {
              if (body.length() + bytes.length() > config.maxBytes()) {
                done.tryFail(new Refused("too large"));
              } else {
                body.appendBuffer(bytes);
              }
            })
        .endHandler(
            end -> {
              if (request != null) {
                request.connection().close();
                request = null; // There is nothing left to break off.
              }
              done.tryComplete(new Page(target, answer.getHeader("Content-Type"), body.getBytes()));
            });
  }

  private void check(HttpClientResponse answer) {
    if (answer.statusCode() != 200) {
      throw new Refused("status " + answer.statusCode());
    }
    String type = String.valueOf(answer.getHeader("Content-Type"));
    if (!types.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
      throw new Refused("not what was asked for");
    }
    String encoding = answer.getHeader("Content-Encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new Refused("compressed");
    }
    String length = answer.getHeader("Content-Length");
    if (length != null && (length.length() > 10 || Long.parseLong(length) > config.maxBytes())) {
      throw new Refused("too large");
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      done.tryFail(e);
    }
  }

  private boolean isOver() {
    return done.future().isComplete();
  }

  private void hangUp() {
    if (request != null) {
      request.reset();
      request.connection().close();
      request = null;
    }
  }
}
