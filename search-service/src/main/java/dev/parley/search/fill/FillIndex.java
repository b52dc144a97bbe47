package dev.parley.search.fill;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.search.Filled;
import dev.parley.search.Links;
import dev.parley.search.SearchDocument;
import dev.parley.search.SearchIndex;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Gives documents that were written before a field was there what their own text tells of it; once
 * for each index, beside live traffic, page by page in the order of their ids. How far it has come
 * stands in the index, so that any node goes on with it after a restart.
 *
 * <p>It may be done twice, and by two nodes at once: a document keeps its place in the log as its
 * version, so one that has changed meanwhile stays as it is.
 *
 * <p>Its limit: what the text does not tell (files) is known of messages alone that were sent or
 * changed since the field is there.
 */
@ApplicationScoped
class FillIndex {
  private static final Logger LOG = Logger.getLogger(FillIndex.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int PAGE = 500;

  private final Vertx vertx;
  private final SearchIndex index;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopped;
  private long timer;

  FillIndex(Vertx vertx, SearchIndex index) {
    this.vertx = vertx;
    this.index = index;
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(EVERY.toMillis(), tick -> look());
  }

  void stop(@Observes ShutdownEvent event) {
    end();
  }

  private void end() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (!stopped && index.isReady() && busy.compareAndSet(false, true)) {
      run();
    }
  }

  private void run() {
    step()
        .subscribe()
        .with(
            more -> {
              if (!more) {
                end();
              } else if (!stopped) {
                run();
              }
            },
            failure -> {
              LOG.warnf("older documents wait: %s", failure.getClass().getName());
              busy.set(false);
            });
  }

  /** Does one page; whether there may be more. */
  Uni<Boolean> step() {
    return index.filled().flatMap(now -> now.isWhole() ? Uni.createFrom().item(false) : page(now));
  }

  private Uni<Boolean> page(Filled now) {
    return index
        .search(next(now.after()))
        .map(found -> found.hits().hits())
        .flatMap(
            hits ->
                hits.isEmpty()
                    ? index.fill(Filled.WHOLE).replaceWith(false)
                    : index
                        .write(hits.stream().filter(FillIndex::lacks).map(FillIndex::full).toList())
                        .chain(() -> index.fill(new Filled(now.upTo(), last(hits))))
                        .replaceWith(true));
  }

  private SearchRequest next(String after) {
    SearchRequest.Builder request =
        new SearchRequest.Builder()
            .index(index.name())
            .query(
                q ->
                    q.bool(
                        b ->
                            b.filter(
                                    f -> f.term(t -> t.field("kind").value(SearchDocument.MESSAGE)))
                                .mustNot(m -> m.exists(e -> e.field("has")))))
            .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc)))
            .version(true)
            .size(PAGE);
    return after.isEmpty()
        ? request.build()
        : request.searchAfter(a -> a.stringValue(after)).build();
  }

  private static boolean lacks(Hit<SearchDocument> hit) {
    return Links.areIn(hit.source().body());
  }

  private static SearchDocument.Version full(Hit<SearchDocument> hit) {
    return new SearchDocument.Version(
        hit.source().having(List.of(SearchDocument.LINK)), hit.version());
  }

  private static String last(List<Hit<SearchDocument>> hits) {
    return hits.get(hits.size() - 1).source().id().toString();
  }
}
