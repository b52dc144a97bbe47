package dev.parley.search.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.rights.Visible;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a caller may find, as a filter: the caller's tenant; there, conversations that the caller is
 * a member of, from the first visible message on; for staff every channel, the deal rooms of deals
 * that they see, and for staff that sees all customers every conversation of a customer type
 * (product.md §3). Never an internal note for a client (§4), never an {@code internal_chat} for
 * somebody logged in as another (§1).
 *
 * <p>Its limit is Elasticsearch's: 65,536 conversations seen whole and about a thousand seen in
 * part; past that a search fails rather than showing too much or too little. Of the deal rooms of
 * which one is no member those count that were made last, {@link #MOST_ROOMS} of them; an older one
 * is found by naming it.
 */
final class Access {
  /** So many deal rooms that one is no member of are searched at once. */
  static final int MOST_ROOMS = 10_000;

  private Access() {}

  /** The filter, or null when there is nothing that the caller could see. */
  static Query of(Caller caller, List<Visible> memberships, List<UUID> dealRooms) {
    BoolQuery.Builder any = new BoolQuery.Builder().minimumShouldMatch("1");
    List<Visible> whole = memberships.stream().filter(Visible::whole).toList();
    if (!whole.isEmpty()) {
      any.should(
          terms("conversationId", whole.stream().map(v -> v.conversationId().toString()).toList()));
    }
    memberships.stream().filter(v -> !v.whole()).map(Access::from).forEach(any::should);
    if (caller.isStaff()) {
      any.should(
          types(
              type ->
                  type == ConversationType.CHANNEL
                      || type.isCustomer() && caller.seesAllCustomers()));
      rooms(memberships, dealRooms).ifPresent(any::should);
    } else if (memberships.isEmpty()) {
      return null;
    }
    BoolQuery.Builder all = new BoolQuery.Builder();
    all.filter(term("tenant", caller.tenant()), any.build()._toQuery());
    if (caller.isClient()) {
      all.filter(term("visibility", Visibility.ALL.wire()));
    }
    if (caller.impersonator() != null) {
      all.filter(types(type -> type != ConversationType.INTERNAL_CHAT));
    }
    return all.build()._toQuery();
  }

  /** Whoever is a member finds what a member may see. */
  private static Optional<Query> rooms(List<Visible> memberships, List<UUID> dealRooms) {
    Set<UUID> own = new HashSet<>();
    memberships.forEach(v -> own.add(v.conversationId()));
    List<String> others =
        dealRooms.stream().filter(room -> !own.contains(room)).map(UUID::toString).toList();
    return others.isEmpty() ? Optional.empty() : Optional.of(terms("conversationId", others));
  }

  static Query term(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  static Query terms(String field, List<String> values) {
    List<FieldValue> all = values.stream().map(FieldValue::of).toList();
    return Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(all))));
  }

  private static Query from(Visible visible) {
    // Said by exclusion, so that the conversation itself, which has no seq, is not hidden.
    Query before =
        Query.of(
            q -> q.range(r -> r.untyped(n -> n.field("seq").lt(JsonData.of(visible.fromSeq())))));
    return Query.of(
        q ->
            q.bool(
                b ->
                    b.filter(term("conversationId", visible.conversationId().toString()))
                        .mustNot(before)));
  }

  private static Query types(Predicate<ConversationType> which) {
    return terms(
        "conversationType",
        Arrays.stream(ConversationType.values())
            .filter(which)
            .map(ConversationType::wire)
            .toList());
  }
}
