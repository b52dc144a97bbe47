package dev.parley.conversation.inbound;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.conversation.LastMessage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes what the log says: newest messages, and the places of memberships. */
@ApplicationScoped
class Placements {
  private static final String MESSAGES =
      """
      update activity a
      set last_seq = x.seq, last_message_at = x.at, last_message = x.message
      from unnest($1::text[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[])
        as x(tenant, conversation_id, seq, at, message)
      where a.tenant = x.tenant and a.conversation_id = x.conversation_id and a.last_seq < x.seq
      """;

  /**
   * A membership that is told of with a higher {@code rev} than before takes its place; one that
   * has begun to be removed stays so until its end is told. The number of members follows from how
   * many became active or ceased to be.
   */
  private static final String MEMBERS =
      """
      with x as (
        select * from unnest($1::text[], $2::uuid[], $3::bigint[], $4::boolean[], $5::boolean[],
                             $6::bigint[], $7::bigint[])
          as x(tenant, id, rev, added, ended, effective_seq, visible_from_seq)),
      before as (
        select m.id, m.conversation_id, m.state from member m
        join x on x.tenant = m.tenant and x.id = m.id
        where m.rev < x.rev
        order by m.id for no key update of m),
      placed as (
        update member m
        set rev = x.rev,
            effective_seq = case when x.added then x.effective_seq else m.effective_seq end,
            visible_from_seq = case when x.added then x.visible_from_seq
                                    else m.visible_from_seq end,
            state = case when x.ended then 'ended'
                         when x.added and before.state = 'requested' then 'active'
                         else m.state end
        from before join x on x.id = before.id
        where m.id = before.id
        returning m.conversation_id,
                  (m.state = 'active')::int - (before.state = 'active')::int as more)
      update activity a set member_count = a.member_count + t.more
      from (select conversation_id, sum(more)::int as more from placed group by conversation_id) t
      where a.conversation_id = t.conversation_id and t.more <> 0
      """;

  Placements() {}

  /** The newest message of a conversation in a batch. */
  record Newest(String tenant, UUID conversationId, LastMessage message) {}

  /** What a batch says of one membership. */
  private record Placement(
      String tenant, UUID id, long rev, boolean added, boolean ended, long effective, long from) {

    static Placement of(Envelope event, Right right) {
      boolean added = EventType.MEMBER_ADDED.equals(event.type());
      return new Placement(
          event.tenant(),
          UUID.fromString(right.memberId()),
          event.rev(),
          added,
          EventType.MEMBER_REMOVED.equals(event.type()),
          added ? right.effectiveSeq() : 0,
          added ? right.visibleFromSeq() : 1);
    }

    /** Both, in the order of the log. */
    Placement then(Placement later) {
      return new Placement(
          tenant,
          id,
          Math.max(rev, later.rev),
          added || later.added,
          ended || later.ended,
          later.added ? later.effective : effective,
          later.added ? later.from : from);
    }
  }

  /** Takes in the newest messages. */
  Uni<Void> messages(Work work, List<Newest> newest) {
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    // One order for all nodes, so that two batches cannot lock each other out.
    List<Newest> sorted =
        newest.stream().sorted(Comparator.comparing(Newest::conversationId)).toList();
    return work.sql()
        .preparedQuery(MESSAGES)
        .execute(
            Tuple.of(
                sorted.stream().map(Newest::tenant).toArray(String[]::new),
                sorted.stream().map(Newest::conversationId).toArray(UUID[]::new),
                sorted.stream().map(one -> one.message().seq()).toArray(Long[]::new),
                sorted.stream()
                    .map(one -> one.message().at().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new),
                sorted.stream().map(one -> Json.text(one.message())).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** Takes in the places of memberships. */
  Uni<Void> members(Work work, List<Envelope> events) {
    Map<UUID, Placement> byMember = new TreeMap<>();
    for (Envelope event : events) {
      for (Right right : event.rights() == null ? List.<Right>of() : event.rights()) {
        Placement placement = Placement.of(event, right);
        byMember.merge(placement.id(), placement, Placement::then);
      }
    }
    if (byMember.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return work.sql().preparedQuery(MEMBERS).execute(columns(byMember.values())).replaceWithVoid();
  }

  private static Tuple columns(Collection<Placement> placements) {
    List<Placement> all = new ArrayList<>(placements);
    return Tuple.from(
        Arrays.asList(
            all.stream().map(Placement::tenant).toArray(String[]::new),
            all.stream().map(Placement::id).toArray(UUID[]::new),
            all.stream().map(Placement::rev).toArray(Long[]::new),
            all.stream().map(Placement::added).toArray(Boolean[]::new),
            all.stream().map(Placement::ended).toArray(Boolean[]::new),
            all.stream().map(Placement::effective).toArray(Long[]::new),
            all.stream().map(Placement::from).toArray(Long[]::new)));
  }
}
