package dev.parley.message.reading;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.ReadUpdated;
import dev.parley.message.Access;
import dev.parley.message.Count;
import dev.parley.message.CountLog;
import dev.parley.message.Counts;
import dev.parley.message.Messages;
import dev.parley.message.PersonalLog;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Marks a conversation read or unread (product.md §4, Read state). First the mark is committed, and
 * told to the others; then counts are taken and told to the reader's devices.
 *
 * <p>Who reads a channel or a deal's room without having joined has nothing to mark there: 403, as
 * for a post. Who sees a customer's conversation without being one of its participants has nothing
 * unread there and leaves no mark; nor does who is logged in as somebody else (product.md §1,
 * Impersonation): they are answered how it stands.
 */
@ApplicationScoped
class MarkRead {
  /** Up to how many members are told who has read what. */
  static final int RECEIPTS = 50;

  private final Timelines timelines;
  private final Messages messages;
  private final ReadMarks marks;
  private final ThreadMarks threads;
  private final Counts counts;
  private final CountLog log;
  private final Tx tx;
  private final Waiter waiter;
  private final Clock clock;

  MarkRead(
      Timelines timelines,
      Messages messages,
      ReadMarks marks,
      ThreadMarks threads,
      Counts counts,
      CountLog log,
      Tx tx,
      Waiter waiter,
      Clock clock) {
    this.timelines = timelines;
    this.messages = messages;
    this.marks = marks;
    this.threads = threads;
    this.counts = counts;
    this.log = log;
    this.tx = tx;
    this.waiter = waiter;
    this.clock = clock;
  }

  /** Forward only. */
  Uni<ReadState> read(Caller caller, String conversationId, MarkRequest request) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID thread = request.thread();
    long seq = request.seq();
    return mark(
        caller,
        conversationId,
        request,
        (work, conversation) ->
            thread == null
                ? marks.read(work, caller, conversation, seq, at)
                : threads.read(work, caller, conversation, thread, seq));
  }

  /** Backward only: that message and all behind it count as unread again. */
  Uni<ReadState> unreadFrom(Caller caller, String conversationId, MarkRequest request) {
    UUID thread = request.thread();
    long seq = request.seq();
    return mark(
        caller,
        conversationId,
        request,
        (work, conversation) ->
            thread == null
                ? marks.unreadFrom(work, caller, conversation, seq)
                : threads.unreadFrom(work, caller, conversation, thread, seq));
  }

  private interface Move {
    Uni<Optional<Moved>> of(Work work, UUID conversation);
  }

  private Uni<ReadState> mark(
      Caller caller, String conversationId, MarkRequest request, Move move) {
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .invoke(Access::requirePart)
        .call(access -> requireThread(caller, conversation, access, request.thread()))
        .flatMap(
            access -> {
              if (!access.member()) {
                return Uni.createFrom()
                    .item(new ReadState(Math.min(request.seq(), access.lastSeq()), 0, 0, 0));
              }
              return move(caller, conversation, access, request, move)
                  .map(found -> found.orElseThrow(Problem::notFound))
                  .flatMap(
                      count ->
                          request.thread() == null
                              ? Uni.createFrom().item(ReadState.of(count))
                              : threads.state(
                                  caller,
                                  conversation,
                                  request.thread(),
                                  count.lastSeq(),
                                  count.version()));
            });
  }

  private Uni<Optional<Count>> move(
      Caller caller, UUID conversation, Access access, MarkRequest request, Move move) {
    if (caller.impersonator() != null) {
      return counts.in(caller, conversation);
    }
    return tx.write(
            work ->
                move.of(work, conversation)
                    .call(
                        moved -> tell(work, caller, conversation, access, moved, request.thread())))
        .flatMap(
            moved ->
                moved.isPresent()
                    ? log.tell(caller, conversation)
                    : counts.in(caller, conversation));
  }

  private Uni<Void> requireThread(Caller caller, UUID conversation, Access access, UUID thread) {
    if (thread == null) {
      return Uni.createFrom().voidItem();
    }
    return messages
        .threadRoot(caller, conversation, thread, access.visibleFromSeq())
        .invoke(
            root ->
                root.orElseThrow(
                    () ->
                        Problem.invalid("thread", "is no top-level message of this conversation")))
        .replaceWithVoid();
  }

  /**
   * Tells the staff of small conversations what was seen, of a thread those who see its root; what
   * clients have read is told to nobody, and that somebody has marked it unread is their own
   * affair.
   */
  private Uni<Void> tell(
      Work work,
      Caller caller,
      UUID conversation,
      Access access,
      Optional<Moved> moved,
      UUID thread) {
    if (caller.isClient() || moved.isEmpty() || !moved.get().further()) {
      return Uni.createFrom().voidItem();
    }
    return marks
        .members(work, caller.tenant(), conversation, RECEIPTS + 1)
        .invoke(
            members -> {
              if (members.size() <= RECEIPTS) {
                List<Recipient> staff =
                    members.stream()
                        .filter(mark -> moved.get().isSeenFrom(mark.visibleFromSeq()))
                        .map(ReadMarks.Mark::member)
                        .filter(member -> member.kind().equals("user"))
                        .toList();
                PersonalLog.emit(
                    work,
                    Envelope.of(
                            EventType.READ_UPDATED,
                            caller.tenant(),
                            conversation,
                            caller.actor(),
                            clock.instant().truncatedTo(ChronoUnit.MILLIS),
                            new ReadUpdated(caller.id(), moved.get().readSeq(), thread))
                        .in(access.type()),
                    staff);
              }
            })
        .replaceWithVoid();
  }
}
