package dev.parley.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.json.JsonData;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The index behind its alias. Written with the place in the conversation's log as version: a
 * repeated or late record never replaces a newer document. Nothing is written or read before the
 * index exists, so Elasticsearch never makes one of its own.
 *
 * <p>Every failure that a repetition may cure comes out as {@link IOException}, which consumers
 * repeat and requests answer with 503.
 */
@ApplicationScoped
public class SearchIndex {
  private static final int VERSION = 1;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int MISSING = 404;
  private static final long BULK_CHARACTERS = 4_000_000;

  /** In the mapping's {@code _meta}: see {@link Filled}. */
  private static final String FILLED = "filled";

  private static final String AFTER = "filledAfter";

  private final ElasticsearchClient client;
  private final SearchConfig.Index config;
  private volatile boolean ready;

  SearchIndex(ElasticsearchClient client, SearchConfig config) {
    this.client = client;
    this.config = config.index();
  }

  /** Whether the index was there when it was last looked for. */
  public boolean isReady() {
    return ready;
  }

  /** The alias that searches name. */
  public String name() {
    return config.name();
  }

  /**
   * Makes the index unless it is there, and gives one that is older the fields that came since; any
   * number of nodes may do it at once.
   */
  Uni<Void> ensure() {
    return onWorker(
        () -> {
          if (!client.indices().existsAlias(a -> a.name(config.name())).value()) {
            create();
          } else if (!ready) {
            client
                .indices()
                .putMapping(m -> m.index(config.name()).properties("has", p -> p.keyword(k -> k)));
          }
          ready = true;
          return null;
        });
  }

  /** How far its documents have what is written of messages today; an old one says nothing. */
  public Uni<Filled> filled() {
    return onWorker(
        () -> {
          requireReady();
          Map<String, JsonData> meta =
              client
                  .indices()
                  .getMapping(m -> m.index(config.name()))
                  .result()
                  .values()
                  .iterator()
                  .next()
                  .mappings()
                  .meta();
          return meta.containsKey(FILLED)
              ? new Filled(meta.get(FILLED).to(Integer.class), meta.get(AFTER).to(String.class))
              : new Filled(0, "");
        });
  }

  /** Notes how far they have it now. */
  public Uni<Void> fill(Filled now) {
    return onWorker(
        () -> {
          requireReady();
          client.indices().putMapping(m -> m.index(config.name()).meta(meta(now)));
          return null;
        });
  }

  private static Map<String, JsonData> meta(Filled now) {
    return Map.of(FILLED, JsonData.of(now.upTo()), AFTER, JsonData.of(now.after()));
  }

  /** Writes the documents; returns when Elasticsearch has them in its log. */
  public Uni<Void> write(List<SearchDocument.Version> documents) {
    if (documents.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return onWorker(
        () -> {
          requireReady();
          for (List<BulkOperation> part : parts(documents)) {
            check(client.bulk(b -> b.index(config.name()).requireAlias(true).operations(part)));
          }
          return null;
        });
  }

  /** Searches. */
  public Uni<SearchResponse<SearchDocument>> search(SearchRequest request) {
    return onWorker(
        () -> {
          requireReady();
          SearchResponse<SearchDocument> found = client.search(request, SearchDocument.class);
          if (found.timedOut()) {
            throw new IOException("search timed out");
          }
          return found;
        });
  }

  private void create() throws IOException {
    String index = config.name() + "-v" + VERSION;
    try (InputStream mappings =
        SearchIndex.class.getResourceAsStream("/search/mappings.v" + VERSION + ".json")) {
      client
          .indices()
          .create(
              c ->
                  c.index(index)
                      .settings(
                          s ->
                              s.numberOfShards(String.valueOf(config.shards()))
                                  .numberOfReplicas(String.valueOf(config.replicas()))
                                  .refreshInterval(t -> t.time(config.refresh().toMillis() + "ms")))
                      .mappings(m -> m.withJson(mappings).meta(meta(Filled.WHOLE)))
                      .aliases(config.name(), a -> a.isWriteIndex(true)));
    } catch (ElasticsearchException e) {
      if (!"resource_already_exists_exception".equals(e.error().type())) {
        throw e;
      }
    }
  }

  private void requireReady() throws IOException {
    if (!ready) {
      throw new IOException("the index is not there yet");
    }
  }

  private static List<List<BulkOperation>> parts(List<SearchDocument.Version> documents) {
    List<List<BulkOperation>> parts = new ArrayList<>();
    long characters = BULK_CHARACTERS;
    for (SearchDocument.Version version : documents) {
      SearchDocument document = version.document();
      if (characters >= BULK_CHARACTERS) {
        parts.add(new ArrayList<>());
        characters = 0;
      }
      characters += document.body().length() + document.text().length();
      parts
          .get(parts.size() - 1)
          .add(
              BulkOperation.of(
                  o ->
                      o.index(
                          i ->
                              i.id(document.id().toString())
                                  .version(version.rev())
                                  .versionType(VersionType.ExternalGte)
                                  .document(document))));
    }
    return parts;
  }

  private void check(BulkResponse response) throws IOException {
    if (!response.errors()) {
      return;
    }
    for (BulkResponseItem item : response.items()) {
      if (item.error() == null || item.status() == CONFLICT) {
        continue;
      }
      // Never the reason: it may quote the document.
      String what = "index " + item.id() + ": " + item.status() + " " + item.error().type();
      if (item.status() == MISSING) {
        ready = false;
      }
      if (isPassing(item.status())) {
        throw new IOException(what);
      }
      throw new IllegalStateException(what);
    }
  }

  private <T> Uni<T> onWorker(Callable<T> call) {
    return Uni.createFrom()
        .<T>emitter(
            emitter -> {
              try {
                emitter.complete(call.call());
              } catch (ElasticsearchException e) {
                if (e.status() == MISSING) {
                  ready = false;
                }
                emitter.fail(
                    isPassing(e.status())
                        ? new IOException("Elasticsearch answered " + e.status())
                        : new IllegalStateException(
                            "Elasticsearch answered " + e.status() + " " + e.error().type()));
              } catch (Exception e) {
                emitter.fail(e);
              }
            })
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private static boolean isPassing(int status) {
    return status == MISSING || status == TOO_MANY || status >= 500;
  }
}
