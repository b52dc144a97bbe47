package dev.parley.message.preview;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.parley.chassis.await.OwnContext;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.message.provider.Images;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What links lead to, remembered for minutes: a message to thousands asks its link's server once on
 * each node, however fast or slow that is. Equal links of one tenant that are wanted while one of
 * them is under way wait for it. What could not be had is remembered as well.
 *
 * <p>Shared are the text and the bytes of the small picture, never a file: each message has its
 * own. Tenants share nothing. What does not fit into the memory is asked for anew.
 */
@ApplicationScoped
class LinkMemory {
  private static final Logger LOG = Logger.getLogger(LinkMemory.class);
  static final long MOST_BYTES = 16L << 20;

  /** What a link, its text and the entry itself take at most; with it, so many are remembered. */
  private static final int BESIDE_PICTURE = 16 << 10;

  static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final PageFetcher pages;
  private final Pictures pictures;
  private final WorkerExecutor parser;
  private final AsyncCache<Place, Seen> seen;

  @Inject
  LinkMemory(Vertx vertx, PageFetcher pages, Pictures pictures) {
    this(vertx, pages, pictures, Ticker.systemTicker());
  }

  LinkMemory(Vertx vertx, PageFetcher pages, Pictures pictures, Ticker ticker) {
    this.pages = pages;
    this.pictures = pictures;
    this.parser = vertx.createSharedWorkerExecutor("pages", 1, 1, TimeUnit.MINUTES);
    this.seen =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MOST_BYTES)
            .<Place, Seen>weigher((place, what) -> BESIDE_PICTURE + what.pictureBytes())
            .buildAsync();
  }

  void stop(@Observes ShutdownEvent event) {
    parser.close();
  }

  private record Place(String tenant, String link) {}

  /**
   * What a link leads to.
   *
   * @param preview without its picture; empty when there is nothing to say
   * @param picture null for none
   */
  record Seen(Optional<LinkPreview> preview, Images.Small picture) {
    private static final Seen NOTHING = new Seen(Optional.empty(), null);

    int pictureBytes() {
      return picture == null ? 0 : picture.bytes().length;
    }

    @Override
    public String toString() {
      return "Seen";
    }
  }

  /** What the link leads to, as it was seen lately or is now; never fails. */
  Uni<Seen> of(String tenant, String link) {
    return Uni.createFrom()
        .deferred(
            () ->
                Uni.createFrom()
                    // A copy: who goes away does not end it for the others.
                    .completionStage(
                        seen.get(
                                new Place(tenant, link),
                                (place, executor) -> look(link).subscribeAsCompletionStage())
                            .copy())
                    .emitOn(OwnContext.executor()));
  }

  /** How much is remembered. */
  long bytes() {
    seen.synchronous().cleanUp();
    return seen.synchronous().policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  private Uni<Seen> look(String link) {
    return pages
        .fetch(link)
        .flatMap(page -> read(link, page).flatMap(read -> pictured(page, read)))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("a link without a preview: %s", failure.getClass().getName());
              return Seen.NOTHING;
            });
  }

  /** What a page says, and where its picture is. */
  private record Read(Optional<LinkPreview> preview, Optional<String> picture) {}

  private Uni<Read> read(String link, Page page) {
    return Uni.createFrom()
        .completionStage(
            () ->
                parser
                    .executeBlocking(
                        () -> new Read(ReadPage.read(link, page), ReadPage.picture(page)), false)
                    .toCompletionStage());
  }

  private Uni<Seen> pictured(Page page, Read read) {
    return read.preview().isEmpty() || read.picture().isEmpty()
        ? Uni.createFrom().item(new Seen(read.preview(), null))
        : pictures
            .get(page, read.picture().get())
            .map(picture -> new Seen(read.preview(), picture));
  }
}
