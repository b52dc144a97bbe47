package dev.parley.search.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.rights.RightsCopy;
import dev.parley.search.SearchDocument;
import dev.parley.search.SearchIndex;
import dev.parley.search.copy.ConversationCopies;
import dev.parley.search.copy.ConversationCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds what the caller may see, and counts no more than that. */
@ApplicationScoped
class Search {
  private static final SearchPage NOTHING =
      new SearchPage(List.of(), null, new SearchPage.Total(0, "eq"));

  private final RightsCopy rights;
  private final ConversationCopies conversations;
  private final SearchIndex index;
  private final Cursors cursors;

  Search(RightsCopy rights, ConversationCopies conversations, SearchIndex index, Cursors cursors) {
    this.rights = rights;
    this.conversations = conversations;
    this.index = index;
    this.cursors = cursors;
  }

  Uni<SearchPage> find(Caller caller, Criteria criteria, String cursor) {
    if (caller.isClient() && criteria.recordRef() != null) {
      return Uni.createFrom().item(NOTHING); // clients know of no records (product.md §3)
    }
    String scope = Cursors.scope("search", caller, criteria.toString());
    List<FieldValue> after =
        cursor == null ? List.of() : Position.read(cursors.require(scope, cursor));
    return Uni.combine()
        .all()
        .unis(rights.of(caller.tenant(), caller.kind(), caller.id()), dealRooms(caller, criteria))
        .asTuple()
        .flatMap(
            seen -> {
              Query access = Access.of(caller, seen.getItem1(), seen.getItem2());
              return access == null
                  ? Uni.createFrom().item(NOTHING)
                  : index
                      .search(Question.of(index.name(), criteria, access, after))
                      .flatMap(found -> page(caller, found, criteria.limit(), scope));
            });
  }

  private Uni<List<UUID>> dealRooms(Caller caller, Criteria criteria) {
    return caller.isStaff()
        ? conversations.dealRooms(caller, criteria.conversationId(), Access.MOST_ROOMS)
        : Uni.createFrom().item(List.of());
  }

  private Uni<SearchPage> page(
      Caller caller, SearchResponse<SearchDocument> found, int limit, String scope) {
    List<Hit<SearchDocument>> hits = found.hits().hits();
    List<Hit<SearchDocument>> shown = hits.size() > limit ? hits.subList(0, limit) : hits;
    String next =
        hits.size() > limit
            ? cursors.seal(scope, Position.write(shown.get(limit - 1).sort()))
            : null;
    TotalHits total = found.hits().total();
    SearchPage.Total counted =
        new SearchPage.Total(
            total.value(), total.relation() == TotalHitsRelation.Eq ? "eq" : "gte");
    return conversations
        .of(caller.tenant(), shown.stream().map(hit -> hit.source().conversationId()).toList())
        .map(
            known ->
                new SearchPage(
                    shown.stream().map(hit -> item(hit, known)).toList(), next, counted));
  }

  private static SearchPage.Item item(
      Hit<SearchDocument> hit, Map<UUID, ConversationCopy> conversations) {
    SearchDocument document = hit.source();
    List<String> marked = hit.highlight().getOrDefault(Question.TEXT, List.of());
    Snippet snippet = Snippet.of(document.body(), marked.isEmpty() ? null : marked.get(0));
    ConversationCopy conversation = conversations.get(document.conversationId());
    boolean message = document.kind().equals(SearchDocument.MESSAGE);
    return new SearchPage.Item(
        document.kind(),
        document.conversationId(),
        message ? document.id() : null,
        document.seq(),
        conversation == null ? null : conversation.title(),
        snippet.text(),
        snippet.highlights(),
        message ? document.authorId() : null,
        document.authorName(),
        document.at());
  }
}
