package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The store of what conversations keep of the records behind them. */
@ApplicationScoped
class Keeping {
  private static final String FIND =
      """
      select conversation_id, holder_id, contact_followers, deal_owner_id, record_name,
             archive_cause, archive_at, archived
      from derivation d join unnest($1::text[], $2::uuid[]) k(tenant, id)
        on d.tenant = k.tenant and d.conversation_id = k.id
      order by d.conversation_id for no key update of d
      """;

  private static final String FOLLOWED =
      "update derivation set contact_followers = $3 where tenant = $1 and conversation_id = $2";

  private static final String OWNED =
      "update derivation set deal_owner_id = $3 where tenant = $1 and conversation_id = $2";

  private static final String NAMED =
      "update derivation set record_name = $3 where tenant = $1 and conversation_id = $2";

  private static final String ARCHIVE =
      """
      update derivation set archive_cause = $3, archive_since = $4, archive_at = $5, archived = $6
      where tenant = $1 and conversation_id = $2
      """;

  private static final String ARCHIVED =
      "update derivation set archived = true where tenant = $1 and conversation_id = $2";

  private static final String DUE =
      """
      select tenant, conversation_id from derivation
      where archive_at <= $1 and not archived
      order by archive_at limit $2
      """;

  Keeping() {}

  /**
   * What one conversation keeps.
   *
   * @param recordName which name of its record it was given last
   * @param archiveCause why it is or will be archived; null when it is not
   */
  record Kept(
      UUID id,
      String holder,
      List<String> contactFollowers,
      String dealOwner,
      String recordName,
      String archiveCause,
      Instant archiveAt,
      boolean archived) {
    /**
     * The conversation's followers after those of its contact have become {@code now}: who was put
     * there by hand stays. The same list when the contact's have not changed.
     */
    List<String> followers(List<String> all, List<String> now) {
      if (now.equals(contactFollowers)) {
        return all;
      }
      Set<String> merged = new LinkedHashSet<>(all == null ? List.of() : all);
      contactFollowers.forEach(merged::remove);
      merged.addAll(now);
      return merged.isEmpty() ? null : List.copyOf(merged);
    }

    boolean isDue(Instant now) {
      return !archived && archiveAt != null && !archiveAt.isAfter(now);
    }

    private static Kept of(Row row) {
      OffsetDateTime at = row.getOffsetDateTime("archive_at");
      return new Kept(
          row.getUUID("conversation_id"),
          row.getString("holder_id"),
          List.of(row.getArrayOfStrings("contact_followers")),
          row.getString("deal_owner_id"),
          row.getString("record_name"),
          row.getString("archive_cause"),
          at == null ? null : at.toInstant(),
          row.getBoolean("archived"));
    }
  }

  /** By conversation. */
  Uni<Map<UUID, Kept>> of(Query query, List<Conversation> conversations) {
    return query
        .list(
            FIND,
            Tuple.of(
                conversations.stream().map(Conversation::tenant).toArray(String[]::new),
                conversations.stream().map(Conversation::id).toArray(UUID[]::new)),
            Kept::of)
        .map(all -> all.stream().collect(Collectors.toMap(Kept::id, Function.identity())));
  }

  /** Remembers whom of the followers the contact brought. */
  Uni<Void> followed(Work work, Conversation c, List<String> followers) {
    return Query.in(work)
        .run(FOLLOWED, Tuple.of(c.tenant(), c.id(), followers.toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** Remembers which of the deal's owners was made the room's. */
  Uni<Void> owned(Work work, Conversation c, String dealOwner) {
    return Query.in(work).run(OWNED, Tuple.of(c.tenant(), c.id(), dealOwner)).replaceWithVoid();
  }

  /** Remembers after which name of its record it is called. */
  Uni<Void> named(Work work, Conversation c, String name) {
    return Query.in(work).run(NAMED, Tuple.of(c.tenant(), c.id(), name)).replaceWithVoid();
  }

  /** Remembers why and when it is archived; all null for never. */
  Uni<Void> archive(
      Work work, Conversation c, String cause, Instant since, Instant at, boolean archived) {
    return Query.in(work)
        .run(
            ARCHIVE,
            Tuple.from(Arrays.asList(c.tenant(), c.id(), cause, time(since), time(at), archived)))
        .replaceWithVoid();
  }

  /** Remembers that it has been archived. */
  Uni<Void> archived(Work work, Conversation c) {
    return Query.in(work).run(ARCHIVED, Tuple.of(c.tenant(), c.id())).replaceWithVoid();
  }

  /** Some that are to be archived by now. */
  Uni<List<Due.Noted>> due(Query query, Instant now, int limit) {
    return query.list(
        DUE,
        Tuple.of(time(now), limit),
        row -> new Due.Noted(row.getString("tenant"), row.getUUID("conversation_id")));
  }

  private static OffsetDateTime time(Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }
}
