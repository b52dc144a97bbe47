package dev.parley.message;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The one way to change a message after it was sent: under the lock of its conversation's head, at
 * the next place of the log ({@code rev}), with the event in the same transaction. So changes of a
 * conversation's messages have one order, {@code changedAfter} misses none, and no event is told of
 * what did not happen.
 */
@ApplicationScoped
public class Revisions {
  /** $4: whether clients see the change. */
  private static final String TOUCH =
      """
      update message
      set rev = $3, client_rev = case when $4 then null else coalesce(client_rev, rev) end
      where tenant = $1 and id = $2
      """;

  private final Tx tx;
  private final Timelines timelines;
  private final Messages messages;
  private final Bookmarks bookmarks;
  private final Waiter waiter;
  private final Clock clock;

  Revisions(
      Tx tx,
      Timelines timelines,
      Messages messages,
      Bookmarks bookmarks,
      Waiter waiter,
      Clock clock) {
    this.tx = tx;
    this.timelines = timelines;
    this.messages = messages;
    this.bookmarks = bookmarks;
    this.waiter = waiter;
    this.clock = clock;
  }

  /**
   * The message, if the caller may see it; a young id is waited for, alike whether it is missing or
   * invisible.
   *
   * @throws Problem 404
   */
  public Uni<Seen> find(Caller caller, String messageId) {
    UUID id = Ids.parse(messageId);
    return waiter.visible(id, () -> look(caller, id));
  }

  /** A message and what its reader may do in its conversation. */
  public record Seen(Access access, Stored stored) {}

  private Uni<Optional<Seen>> look(Caller caller, UUID id) {
    return messages
        .find(caller, id)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : timelines
                        .access(caller, found.get().message().conversationId())
                        .map(access -> seen(caller, access, found)));
  }

  /**
   * Changes a message in a transaction of its own; the body gets it locked, as it is then.
   *
   * @throws Problem 404 for what the caller may not see; 409 {@code conversation_archived}
   */
  public <T> Uni<T> change(Caller caller, String messageId, Function<Held, Uni<T>> body) {
    return find(caller, messageId)
        .flatMap(seen -> tx.write(work -> hold(work, caller, seen).flatMap(body::apply)));
  }

  /** As {@link #change}, in a transaction that is under way. */
  public Uni<Held> hold(Work work, Caller caller, Seen before) {
    Message message = before.stored().message();
    return timelines
        .lock(work, caller, message.conversationId())
        .flatMap(
            access ->
                messages
                    .find(work, caller, message.id())
                    .map(now -> seen(caller, access, now).orElseThrow(Problem::notFound)))
        .map(
            seen -> {
              if (seen.access().isArchived()) {
                throw Problem.of(
                    Code.CONVERSATION_ARCHIVED, "An archived conversation is read-only.");
              }
              return new Held(work, caller, seen, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            });
  }

  /**
   * Tells that the system has changed a message (a file): takes the next place and emits {@code
   * message.updated} with the message as the work sees it. To be called before or after the change;
   * empty when the message is deleted or was never there, and then nothing is told.
   */
  public Uni<Optional<Message>> updated(Work work, String tenant, UUID conversation, UUID id) {
    return change(work, tenant, conversation, id, message -> Uni.createFrom().item(true));
  }

  /**
   * Changes a message for the system (a preview) at the next place of the log, and tells so.
   *
   * @param change makes the change to the message as it is under the lock; false when there is
   *     nothing to change any more, and then nothing is told
   */
  public Uni<Optional<Message>> change(
      Work work,
      String tenant,
      UUID conversation,
      UUID id,
      Function<Message, Uni<Boolean>> change) {
    return timelines
        .place(work, tenant, conversation, id, true)
        .flatMap(
            place ->
                messages
                    .find(work, tenant, id)
                    .flatMap(
                        found ->
                            place.isEmpty() || found.isEmpty() || found.get().isDeleted()
                                ? Uni.createFrom().item(false)
                                : change.apply(found.get().message()))
                    .flatMap(
                        changed ->
                            changed
                                ? tell(work, tenant, id, place.get())
                                : Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<Message>> tell(Work work, String tenant, UUID id, Timelines.Place place) {
    return touch(work, tenant, id, place, true)
        .chain(() -> messages.find(work, tenant, id))
        .flatMap(after -> bookmarks.told(work, tenant, after.orElseThrow(), place.type()))
        .invoke(
            after ->
                emit(
                    work,
                    tenant,
                    after,
                    place,
                    EventType.MESSAGE_UPDATED,
                    Actor.SYSTEM,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    after))
        .map(Optional::of);
  }

  private static Optional<Seen> seen(
      Caller caller, Optional<Access> access, Optional<Stored> found) {
    return access.flatMap(
        a -> found.filter(s -> ForReader.sees(caller, a, s)).map(stored -> new Seen(a, stored)));
  }

  private static Uni<Void> touch(
      Work work, String tenant, UUID id, Timelines.Place place, boolean toClients) {
    return work.sql()
        .preparedQuery(TOUCH)
        .execute(Tuple.of(tenant, id, place.rev(), toClients))
        .replaceWithVoid();
  }

  private static void emit(
      Work work,
      String tenant,
      Message message,
      Timelines.Place place,
      String type,
      Actor actor,
      Instant at,
      Object data) {
    work.emit(
        Topics.TIMELINE,
        message.conversationId().toString(),
        new Envelope(
            Ids.next(),
            type,
            1,
            tenant,
            message.conversationId(),
            message.seq(),
            null,
            place.rev(),
            place.type(),
            actor,
            at,
            null,
            Json.mapper().valueToTree(data)));
  }

  /** A message that nobody else can change until the work's end. */
  public final class Held {
    private final Work work;
    private final Caller caller;
    private final Seen seen;
    private final Instant now;

    private Held(Work work, Caller caller, Seen seen, Instant now) {
      this.work = work;
      this.caller = caller;
      this.seen = seen;
      this.now = now;
    }

    public Work work() {
      return work;
    }

    public Caller caller() {
      return caller;
    }

    public Access access() {
      return seen.access();
    }

    /** As it was when it was locked. */
    public Stored stored() {
      return seen.stored();
    }

    public Message message() {
      return seen.stored().message();
    }

    public Instant now() {
      return now;
    }

    /** As it is now, after the statements of this work. */
    public Uni<Stored> reload() {
      return messages.find(work, caller, message().id()).map(Optional::orElseThrow);
    }

    /**
     * Takes the next place of the log for the message: from here on {@code changedAfter} has it.
     */
    public Uni<Timelines.Place> place() {
      return place(true);
    }

    /** The same for a change that is staff's alone: clients do not notice it. */
    public Uni<Timelines.Place> placeForStaff() {
      return place(false);
    }

    private Uni<Timelines.Place> place(boolean toClients) {
      UUID id = message().id();
      return timelines
          .place(work, caller.tenant(), message().conversationId(), id, toClients)
          .map(Optional::orElseThrow)
          .call(place -> touch(work, caller.tenant(), id, place, toClients));
    }

    /** Tells what happened at that place. */
    public void tell(Timelines.Place place, String type, Object data) {
      emit(work, caller.tenant(), message(), place, type, caller.actor(), now, data);
    }

    /** Reloads the message and tells {@code message.updated}. */
    public Uni<Stored> updated(Timelines.Place place, UnaryOperator<Message> forEvent) {
      return reload()
          .call(
              after ->
                  bookmarks
                      .told(work, caller.tenant(), after, place.type())
                      .map(forEvent)
                      .invoke(message -> tell(place, EventType.MESSAGE_UPDATED, message)));
    }
  }
}
