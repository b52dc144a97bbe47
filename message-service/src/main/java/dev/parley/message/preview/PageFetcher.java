package dev.parley.message.preview;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gets web pages for people who must not reach more by it than they could from outside (product.md
 * §4): see {@link Fetch} for what is refused. Nothing is remembered from one page to the next: no
 * connection, no cookie, no address.
 */
@ApplicationScoped
class PageFetcher {
  private static final int LOOKUPS_AT_ONCE = 4;
  private static final int CONNECT_MS = 2_000;

  private final Vertx vertx;
  private final Resolver resolver;
  private final Guard guard;
  private final PreviewConfig config;
  private final HttpClient client;
  private final WorkerExecutor lookups;

  @Inject
  PageFetcher(Vertx vertx, Resolver resolver, PreviewConfig config) {
    this(vertx, resolver, config, new HttpClientOptions());
  }

  PageFetcher(Vertx vertx, Resolver resolver, PreviewConfig config, HttpClientOptions options) {
    this.vertx = vertx;
    this.resolver = resolver;
    this.guard = new Guard(config.exempt());
    this.config = config;
    this.client =
        vertx.createHttpClient(
            options
                .setKeepAlive(false)
                .setMaxPoolSize(2)
                .setConnectTimeout(CONNECT_MS)
                .setMaxHeaderSize(16_384)
                .setDecompressionSupported(false));
    this.lookups =
        vertx.createSharedWorkerExecutor("lookups", LOOKUPS_AT_ONCE, 1, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    client.close();
    lookups.close();
  }

  /**
   * The page that the link leads to; fails, with {@link Refused} or otherwise, when there is none.
   */
  Uni<Page> fetch(String link) {
    return get(() -> Target.of(link), Fetch.PAGES);
  }

  /**
   * The picture at an address that stands in a page, under the same rules; an address of a page
   * that came over https leads nowhere but to https. Its bytes may be anything.
   */
  Uni<Page> picture(Page page, String address) {
    return get(() -> page.from().redirected(address), Fetch.PICTURES);
  }

  private Uni<Page> get(Supplier<Target> target, Set<String> types) {
    return Uni.createFrom()
        .completionStage(
            () ->
                new Fetch(vertx, client, guard, config, resolver, lookups, types)
                    .start(target.get())
                    .toCompletionStage());
  }
}
