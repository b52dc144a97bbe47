package dev.parley.message.membership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberRequest;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.Timelines;
import dev.parley.message.Timelines.Place;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Places conversations, states and memberships among the messages. Everything here runs under the
 * head's lock, so a message is either before a membership or behind it, for everybody alike. What
 * may take a right away is noted on the head, for sends that wait for it meanwhile ({@code
 * rights_rev}).
 */
@ApplicationScoped
class Sequencing {
  private static final String CREATE =
      """
      insert into timeline (tenant, conversation_id, type, state, posting, version, last_rev, deal,
        record_refs)
      select $1::text, $2::uuid, $3::text, $4::text, $5::text, $6::bigint, 1, $7::text, $8::text[]
      from pg_advisory_xact_lock(%s)
      on conflict do nothing
      """
          .formatted(Timelines.BIRTH.formatted("$2"));
  private static final String STATE =
      """
      update timeline set state = $3, posting = $4, version = $5, record_refs = $6
      where tenant = $1 and conversation_id = $2 and version <= $5
      """;
  private static final String RIGHTS_MOVED =
      "update timeline set rights_rev = last_rev where tenant = $1 and conversation_id = $2";
  private static final String LEARN_DEAL =
      """
      update timeline set deal = $3
      where tenant = $1 and conversation_id = $2 and type = 'deal_room' and deal is null
      """;

  private static final String CHANGE =
      """
      update member set role = $5, granted = granted and $6, rev = $7,
        effective_seq = case when $6 then effective_seq else $8 end
      where tenant = $1 and conversation_id = $2 and kind = $3 and subject_id = $4
        and member_id = $9
      returning granted, effective_seq, visible_from_seq
      """;

  private final Welcome welcome;

  Sequencing(Welcome welcome) {
    this.welcome = welcome;
  }

  /** The first record of a conversation's log: it brings all initial members' rights. */
  Uni<Void> create(Work work, Envelope event) {
    Conversation conversation = event.data(Conversation.class);
    List<Right> rights = event.rights() == null ? List.of() : event.rights();
    return work.sql()
        .preparedQuery(CREATE)
        .execute(
            Tuple.from(
                Arrays.asList(
                    event.tenant(),
                    event.conversationId(),
                    conversation.type().wire(),
                    state(conversation),
                    posting(conversation),
                    conversation.version(),
                    deal(conversation),
                    records(conversation))))
        .flatMap(
            created -> {
              if (created.rowCount() == 0) {
                return Uni.createFrom().voidItem();
              }
              String text = conversation.welcome();
              JsonNode data =
                  text == null
                      ? event.data()
                      : Json.mapper().valueToTree(conversation.greeting(null));
              emit(
                  work,
                  event,
                  event.type(),
                  new Place(0, 1, conversation.type()),
                  event.rights(),
                  data);
              return Newcomers.grant(work, event, rights, 1)
                  .chain(
                      () ->
                          text == null
                              ? Uni.createFrom().voidItem()
                              : welcome.greet(work, event, text));
            });
  }

  /** Closed, opened, archived, renamed: the log has it in order with the messages. */
  Uni<Void> state(Work work, Envelope event, Place place) {
    Conversation conversation = event.data(Conversation.class);
    return work.sql()
        .preparedQuery(STATE)
        .execute(
            Tuple.of(
                event.tenant(),
                event.conversationId(),
                state(conversation),
                posting(conversation),
                conversation.version(),
                records(conversation)))
        .invoke(() -> emit(work, event, event.type(), place, null, event.data()))
        .replaceWithVoid();
  }

  /**
   * Contexts and leases: they are told in order with the rest, and change nothing here, but that of
   * a room from before its deal was kept it is known from now on.
   */
  Uni<Void> pass(Work work, Envelope event, Place place) {
    emit(work, event, event.type(), place, null, event.data());
    String deal = event.data().path("deal").path("id").asText(null);
    return deal == null
        ? Uni.createFrom().voidItem()
        : work.sql()
            .preparedQuery(LEARN_DEAL)
            .execute(Tuple.of(event.tenant(), event.conversationId(), deal))
            .replaceWithVoid();
  }

  /** A newcomer sees all, or what is accepted from now on. */
  Uni<Void> add(Work work, Envelope event, Place place) {
    MemberRequest request = event.data(MemberRequest.class);
    long visibleFrom = request.history() == History.FROM_NOW ? place.seq() + 1 : 1;
    Member member = request.member().placed(place.seq(), visibleFrom);
    Right right = right(member, true);
    emitMember(work, event, EventType.MEMBER_ADDED, place, member, right);
    return Newcomers.grant(work, event, List.of(right), place.rev());
  }

  /** Another role; rights to see stay. */
  Uni<Void> update(Work work, Envelope event, Place place) {
    return change(work, event, place, true, EventType.MEMBER_UPDATED);
  }

  /** Nothing behind this place is theirs any more. */
  Uni<Void> remove(Work work, Envelope event, Place place) {
    return change(work, event, place, false, EventType.MEMBER_REMOVED);
  }

  private Uni<Void> change(Work work, Envelope event, Place place, boolean granted, String type) {
    Member asked = event.data(MemberRequest.class).member();
    return work.sql()
        .preparedQuery(CHANGE)
        .execute(
            Tuple.tuple()
                .addString(event.tenant())
                .addUUID(event.conversationId())
                .addString(asked.kind().wire())
                .addString(asked.subjectId())
                .addString(asked.role() == null ? null : asked.role().wire())
                .addBoolean(granted)
                .addLong(place.rev())
                .addLong(place.seq())
                .addUUID(asked.id()))
        .invoke(
            rows -> {
              // Without a row that membership has ended and another one has begun: nothing changes.
              if (rows.size() == 1) {
                Row row = rows.iterator().next();
                Member member =
                    asked.placed(row.getLong("effective_seq"), row.getLong("visible_from_seq"));
                Right right = right(member, row.getBoolean("granted"));
                emitMember(work, event, type, place, member, right);
              }
            })
        .chain(
            () ->
                work.sql()
                    .preparedQuery(RIGHTS_MOVED)
                    .execute(Tuple.of(event.tenant(), event.conversationId())))
        .replaceWithVoid();
  }

  private static Right right(Member member, boolean granted) {
    return new Right(
        member.id().toString(),
        member.kind().wire(),
        member.subjectId(),
        member.role() == null ? null : member.role().wire(),
        member.source().wire(),
        granted,
        member.effectiveSeq(),
        member.visibleFromSeq());
  }

  private static void emitMember(
      Work work, Envelope cause, String type, Place place, Member member, Right right) {
    emit(work, cause, type, place, List.of(right), Json.mapper().valueToTree(member));
  }

  private static void emit(
      Work work, Envelope cause, String type, Place place, List<Right> rights, JsonNode data) {
    UUID conversation = cause.conversationId();
    work.emit(
        Topics.TIMELINE,
        conversation.toString(),
        new Envelope(
                cause.id(),
                type,
                cause.version(),
                cause.tenant(),
                conversation,
                null,
                place.seq(),
                place.rev(),
                place.type(),
                cause.actor(),
                cause.at(),
                rights,
                data)
            .staffOnlyIf(Boolean.TRUE.equals(cause.staffOnly())));
  }

  /** What a deal room is made for stands first; what is attached later does not change it. */
  private static String deal(Conversation conversation) {
    return conversation.type() == ConversationType.DEAL_ROOM
        ? conversation.recordRefs().stream().map(RecordRef::id).findFirst().orElse(null)
        : null;
  }

  private static String[] records(Conversation conversation) {
    return conversation.recordRefs().stream().map(Timelines::key).toArray(String[]::new);
  }

  /** Into a frozen one nobody sends; its clients do not open it either while it is closed. */
  private static String state(Conversation conversation) {
    boolean frozen =
        conversation.frozen() != null && conversation.state() != ConversationState.ARCHIVED;
    return frozen ? "frozen" : conversation.state().wire();
  }

  private static String posting(Conversation conversation) {
    return (conversation.posting() == null ? Posting.ALL : conversation.posting()).wire();
  }
}
