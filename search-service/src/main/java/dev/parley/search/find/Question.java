package dev.parley.search.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.HighlighterType;
import dev.parley.contracts.Json;
import dev.parley.search.FoldedText;
import dev.parley.search.SearchDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Criteria as Elasticsearch is asked them. All words must be there. Whole words score 3, with the
 * last one as a beginning 2, with typos 1, and nothing else scores: the order (score, time, id) of
 * two documents never changes while others come, so pages neither repeat nor miss any.
 */
final class Question {
  static final String TEXT = "text";

  private static final String PATIENCE = "3s";

  /** None up to two letters, one up to five, then two. */
  private static final String EDITS = "AUTO";

  private Question() {}

  /** The request for one item more than the page holds, so that the last page is known. */
  static SearchRequest of(String index, Criteria criteria, Query access, List<FieldValue> after) {
    BoolQuery.Builder query = new BoolQuery.Builder().must(words(criteria.q())).filter(access);
    query.filter(filters(criteria));
    SearchRequest.Builder request =
        new SearchRequest.Builder()
            .index(index)
            .query(query.build()._toQuery())
            .size(criteria.limit() + 1)
            .timeout(PATIENCE)
            .source(s -> s.filter(f -> f.excludes(TEXT)))
            .sort(
                SortOptions.of(s -> s.score(o -> o.order(SortOrder.Desc))),
                SortOptions.of(s -> s.field(f -> f.field("at").order(SortOrder.Desc))),
                SortOptions.of(s -> s.field(f -> f.field("id").order(SortOrder.Desc))))
            .highlight(
                h ->
                    h.type(HighlighterType.Unified)
                        .preTags(String.valueOf(FoldedText.MATCH_BEGIN))
                        .postTags(String.valueOf(FoldedText.MATCH_END))
                        .fields(TEXT, f -> f.numberOfFragments(0)));
    if (!after.isEmpty()) {
      request.searchAfter(after);
    }
    return request.build();
  }

  private static Query words(String q) {
    String folded = FoldedText.of(FoldedText.wellFormed(q)).text();
    Query whole = Query.of(m -> m.match(t -> t.field(TEXT).query(folded).operator(Operator.And)));
    Query beginning =
        Query.of(m -> m.matchBoolPrefix(t -> t.field(TEXT).query(folded).operator(Operator.And)));
    Query misspelt =
        Query.of(
            m -> m.match(t -> t.field(TEXT).query(folded).operator(Operator.And).fuzziness(EDITS)));
    Query misspeltBeginning =
        Query.of(
            m ->
                m.matchBoolPrefix(
                    t -> t.field(TEXT).query(folded).operator(Operator.And).fuzziness(EDITS)));
    return Query.of(
        m ->
            m.disMax(
                d ->
                    d.queries(
                        scored(whole, 3),
                        scored(beginning, 2),
                        scored(misspelt, 1),
                        scored(misspeltBeginning, 1))));
  }

  private static Query scored(Query query, float score) {
    return Query.of(m -> m.constantScore(c -> c.filter(query).boost(score)));
  }

  private static List<Query> filters(Criteria criteria) {
    List<Query> filters = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    if (criteria.kinds().contains(Criteria.Kind.MESSAGES)) {
      kinds.add(SearchDocument.MESSAGE);
    }
    if (criteria.kinds().contains(Criteria.Kind.CONVERSATIONS)) {
      kinds.add(SearchDocument.CONVERSATION);
    }
    filters.add(Access.terms("kind", kinds));
    if (criteria.conversationId() != null) {
      filters.add(Access.term("conversationId", criteria.conversationId().toString()));
    }
    if (criteria.authorId() != null) {
      filters.add(Access.term("authorId", criteria.authorId()));
    }
    if (criteria.recordRef() != null) {
      filters.add(Access.term("recordRefs", criteria.recordRef()));
    }
    criteria.has().forEach(thing -> filters.add(Access.term("has", thing)));
    if (criteria.from() != null) {
      String from = Json.time(criteria.from());
      filters.add(Query.of(q -> q.range(r -> r.date(d -> d.field("at").gte(from)))));
    }
    if (criteria.to() != null) {
      String to = Json.time(criteria.to());
      filters.add(Query.of(q -> q.range(r -> r.date(d -> d.field("at").lt(to)))));
    }
    return filters;
  }
}
