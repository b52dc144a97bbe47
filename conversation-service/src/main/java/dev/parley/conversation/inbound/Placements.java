package dev.parley.conversation.inbound;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.conversation.LastMessage;
import dev.parley.conversation.copy.Words;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes what the log says: newest messages, and the places of memberships. */
@ApplicationScoped
class Placements {
  /** {@code x.shown}: whether clients may see it; {@code x.placed}: what came behind it, too. */
  private static final String MESSAGES =
      """
      update activity a
      set placed_seq = greatest(a.placed_seq, x.placed),
          last_seq = case when x.newest then x.seq else a.last_seq end,
          last_message_at = case when x.newest then x.at else a.last_message_at end,
          last_message = case when x.newest then x.message else a.last_message end,
          last_words = case when x.newest then x.words else a.last_words end,
          public_seq = case when x.shown then x.seq else a.public_seq end,
          public_message_at = case when x.shown then x.at else a.public_message_at end,
          public_message = case when x.shown then x.message else a.public_message end,
          public_words = case when x.shown then x.words else a.public_words end
      from (select y.tenant, y.conversation_id, y.seq, y.at, y.message, y.words, y.placed,
                   y.said and y.seq > b.last_seq as newest,
                   y.said and y.shown and y.seq > b.public_seq as shown
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[],
                        $6::text[], $7::boolean[], $8::boolean[], $9::bigint[])
              as y(tenant, conversation_id, seq, at, message, words, shown, said, placed)
            join activity b on b.tenant = y.tenant and b.conversation_id = y.conversation_id
            order by b.conversation_id for no key update of b) x
      where a.conversation_id = x.conversation_id and (x.newest or x.shown or x.placed > a.placed_seq)
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

  /**
   * The newest message of a conversation in a batch.
   *
   * @param words folded, for finding
   * @param ofClient whether a client wrote it
   * @param shown whether clients may see it
   * @param said whether there is something to read: a pill is in no list and moves none
   * @param placed the place of the last message of the batch, pills included
   */
  record Newest(
      String tenant,
      UUID conversationId,
      LastMessage message,
      String words,
      boolean ofClient,
      boolean shown,
      boolean said,
      long placed) {
    private static final int LONGEST = 500;

    static Newest of(Envelope event) {
      Message message = event.data(Message.class);
      String words = Words.fold(message.body());
      return new Newest(
          event.tenant(),
          event.conversationId(),
          LastMessage.of(message),
          words.length() <= LONGEST ? words : words.substring(0, LONGEST),
          message.authorKind() == AuthorKind.CLIENT,
          message.visibility() != Visibility.INTERNAL,
          message.kind() == MessageKind.USER || !message.body().isEmpty(),
          message.seq());
    }

    /** The same, with something placed behind it. */
    Newest upTo(long last) {
      return new Newest(tenant, conversationId, message, words, ofClient, shown, said, last);
    }
  }

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

  /** Takes in the newest messages, of each conversation at most one. */
  Uni<Void> messages(Work work, List<Newest> newest) {
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return work.sql()
        .preparedQuery(MESSAGES)
        .execute(
            Tuple.tuple()
                .addArrayOfString(newest.stream().map(Newest::tenant).toArray(String[]::new))
                .addArrayOfUUID(newest.stream().map(Newest::conversationId).toArray(UUID[]::new))
                .addArrayOfLong(
                    newest.stream().map(one -> one.message().seq()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(
                    newest.stream()
                        .map(one -> one.message().at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(
                    newest.stream().map(one -> Json.text(one.message())).toArray(String[]::new))
                .addArrayOfString(newest.stream().map(Newest::words).toArray(String[]::new))
                .addArrayOfBoolean(newest.stream().map(Newest::shown).toArray(Boolean[]::new))
                .addArrayOfBoolean(newest.stream().map(Newest::said).toArray(Boolean[]::new))
                .addArrayOfLong(newest.stream().map(Newest::placed).toArray(Long[]::new)))
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
