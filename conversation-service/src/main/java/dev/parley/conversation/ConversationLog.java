package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What this service tells of conversations and memberships. Everything is emitted under the lock of
 * the conversation's row, so the order of the events is the order of the changes.
 */
@ApplicationScoped
public class ConversationLog {
  private static final String COUNT =
      "select member_count from activity where conversation_id = $1 and tenant = $2";

  private final Members members;
  private final Clock clock;

  ConversationLog(Members members, Clock clock) {
    this.members = members;
    this.clock = clock;
  }

  /** The time, as exact as it can be told. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Tells of a new conversation and the rights of its first members. The event's id follows from
   * the conversation's, so that however often it is told, it is the same event.
   */
  void created(Work work, Actor actor, Conversation c, List<Membership> first, String welcome) {
    dev.parley.contracts.event.Conversation data =
        c.event(first.size(), first.stream().limit(8).map(Membership::participant).toList())
            .greeting(welcome);
    Envelope event =
        Envelope.of(EventType.CONVERSATION_CREATED, c.tenant(), c.id(), actor, c.createdAt(), data)
            .withRights(first.isEmpty() ? null : first.stream().map(Membership::right).toList());
    work.emit(
        Topics.CONVERSATION,
        c.id().toString(),
        withId(event, Ids.named(c.createdAt(), EventType.CONVERSATION_CREATED, c.id().toString())));
  }

  /**
   * Tells that the conversation is another one now: clients are told when they see a difference
   * (product.md §3).
   */
  public Uni<Void> updated(Work work, Actor actor, Conversation before, Conversation now) {
    return tell(work, actor, EventType.CONVERSATION_UPDATED, now, looksAlike(before, now));
  }

  /** Tells that the conversation has changed, under one of the types {@code conversation.*}. */
  public Uni<Void> changed(Work work, Actor actor, String type, Conversation c) {
    return tell(work, actor, type, c, false);
  }

  /** Whether both are the same to clients, who get an allow-list of fields. */
  private static boolean looksAlike(Conversation one, Conversation other) {
    return Objects.equals(one.name(), other.name())
        && Objects.equals(one.subject(), other.subject())
        && Objects.equals(one.description(), other.description())
        && Objects.equals(one.frozen(), other.frozen())
        && one.state() == other.state();
  }

  private Uni<Void> tell(Work work, Actor actor, String type, Conversation c, boolean staffOnly) {
    Query query = Query.in(work);
    return query
        .first(COUNT, Tuple.of(c.id(), c.tenant()), row -> row.getInteger("member_count"))
        .flatMap(
            count ->
                members
                    .first(query, c.tenant(), List.of(c.id()))
                    .invoke(
                        first ->
                            work.emit(
                                Topics.CONVERSATION,
                                c.id().toString(),
                                event(
                                        actor,
                                        type,
                                        c,
                                        c.event(
                                            count.orElse(0),
                                            first.getOrDefault(c.id(), List.of()).stream()
                                                .map(Membership::participant)
                                                .toList()))
                                    .staffOnlyIf(staffOnly))))
        .replaceWithVoid();
  }

  /** Asks for a place in the log for somebody new. */
  public void add(Work work, Actor actor, Conversation c, Membership member, History history) {
    request(work, actor, EventType.MEMBER_ADD_REQUESTED, c, member, history);
  }

  /** Asks for a place in the log for another role. */
  public void update(Work work, Actor actor, Conversation c, Membership member) {
    request(work, actor, EventType.MEMBER_UPDATE_REQUESTED, c, member, null);
  }

  /** Asks for a place in the log for the end of a membership. */
  public void remove(Work work, Actor actor, Conversation c, Membership member) {
    request(work, actor, EventType.MEMBER_REMOVE_REQUESTED, c, member, null);
  }

  /** Tells of what belongs to the conversation and is no state of its own: contexts, leases. */
  public void tell(Work work, Actor actor, String type, String tenant, UUID id, Object data) {
    work.emit(
        Topics.CONVERSATION, id.toString(), Envelope.of(type, tenant, id, actor, now(), data));
  }

  private void request(
      Work work, Actor actor, String type, Conversation c, Membership member, History history) {
    tell(work, actor, type, c.tenant(), c.id(), new MemberRequest(member.unplaced(), history));
  }

  private Envelope event(Actor actor, String type, Conversation c, Object data) {
    return Envelope.of(type, c.tenant(), c.id(), actor, now(), data);
  }

  private static Envelope withId(Envelope e, UUID id) {
    return new Envelope(
        id,
        e.type(),
        e.version(),
        e.tenant(),
        e.conversationId(),
        e.seq(),
        e.effectiveSeq(),
        e.rev(),
        e.actor(),
        e.at(),
        e.rights(),
        e.data());
  }
}
