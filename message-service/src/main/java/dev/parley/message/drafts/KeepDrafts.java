package dev.parley.message.drafts;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.Draft;
import dev.parley.message.Access;
import dev.parley.message.Attachments;
import dev.parley.message.Bodies;
import dev.parley.message.Messages;
import dev.parley.message.PersonalLog;
import dev.parley.message.StoredFile;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Drafts: one for each person and place, the same on all devices (product.md §4). Sending clears
 * the place's draft in the send itself. Who is logged in as somebody else neither sees nor keeps
 * any. Who only reads a channel or a deal's room keeps none there, but throws away what they have
 * left there as a member; and so does who does not see the thread any more.
 */
@ApplicationScoped
class KeepDrafts {
  /** No draft has that version. */
  private static final long NONE = -1;

  private final Timelines timelines;
  private final Messages messages;
  private final Drafts drafts;
  private final Attachments attachments;
  private final Cursors cursors;
  private final Tx tx;
  private final Waiter waiter;
  private final Clock clock;

  KeepDrafts(
      Timelines timelines,
      Messages messages,
      Drafts drafts,
      Attachments attachments,
      Cursors cursors,
      Tx tx,
      Waiter waiter,
      Clock clock) {
    this.timelines = timelines;
    this.messages = messages;
    this.drafts = drafts;
    this.attachments = attachments;
    this.cursors = cursors;
    this.tx = tx;
    this.waiter = waiter;
    this.clock = clock;
  }

  Uni<Page<Draft>> list(Caller caller, String cursor, int limit) {
    requireOneself(caller);
    String scope = Cursors.scope("drafts", caller);
    long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursors.require(scope, cursor));
    return drafts
        .list(caller, before, limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Draft> page = more ? found.subList(0, limit) : found;
              String next =
                  more ? cursors.seal(scope, Long.toString(page.get(limit - 1).version())) : null;
              return new Page<>(
                  page.stream()
                      .filter(draft -> !isNothing(draft.body(), draft.attachments()))
                      .toList(),
                  next);
            });
  }

  Uni<Draft> save(
      Caller caller, String conversationId, String thread, String ifMatch, DraftRequest request) {
    requireOneself(caller);
    Bodies.check(request.body(), true);
    Attachments.requireOnce(request.attachments());
    boolean nothing = isNothing(request.body(), request.attachments());
    return place(caller, conversationId, thread)
        .call(place -> requireWritable(caller, place, nothing))
        .flatMap(
            place ->
                tx.write(
                    work ->
                        requireCurrent(work, caller, place, ifMatch)
                            .chain(
                                () ->
                                    nothing
                                        ? delete(work, caller, place)
                                        : save(work, caller, place, request))));
  }

  /**
   * What is archived is read-only, and a thread must be there to be seen; what stands in them of
   * before may be thrown away.
   */
  private Uni<Void> requireWritable(Caller caller, Place place, boolean nothing) {
    place.access().requirePart();
    if (nothing) {
      return Uni.createFrom().voidItem();
    }
    if (place.access().isArchived()) {
      throw Problem.of(Code.CONVERSATION_ARCHIVED, "An archived conversation is read-only.");
    }
    return requireRoot(caller, place);
  }

  private Uni<Draft> save(Work work, Caller caller, Place place, DraftRequest request) {
    return sendable(work, caller, place, request.attachments())
        .flatMap(
            files ->
                isNothing(request.body(), files)
                    ? delete(work, caller, place)
                    : drafts
                        .save(work, caller, place.conversation(), place.thread(), request, now())
                        .invoke(draft -> tell(work, caller, place, draft)));
  }

  /**
   * Those of the files that its writer may send with it, also what is still being uploaded or
   * checked. What has been sent, rejected or deleted is passed over: the device may not know yet.
   * Of a file that is deleted nothing is left soon but its name in the draft. The files are not
   * locked: a send locks them before the draft.
   */
  private Uni<List<UUID>> sendable(Work work, Caller caller, Place place, List<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(ids);
    }
    return attachments
        .of(work, caller.tenant(), ids)
        .flatMap(
            files ->
                (files.size() == ids.size()
                        ? Uni.createFrom().item(Set.<UUID>of())
                        : drafts.named(work, caller, place.conversation(), place.thread()))
                    .map(named -> sendable(caller, ids, files, named)));
  }

  private static List<UUID> sendable(
      Caller caller, List<UUID> ids, Map<UUID, StoredFile> files, Set<UUID> named) {
    List<UUID> sendable = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredFile file = files.get(ids.get(i));
      if (file == null ? !named.contains(ids.get(i)) : !file.isOf(caller)) {
        throw Problem.at(
            Code.ATTACHMENT_NOT_USABLE, "attachments[" + i + "]", "is no file of yours");
      }
      if (file != null && file.isToBeSent()) {
        sendable.add(file.id());
      }
    }
    return sendable;
  }

  private static boolean isNothing(String body, List<UUID> files) {
    return Blank.is(body) && files.isEmpty();
  }

  Uni<Void> delete(Caller caller, String conversationId, String thread, String ifMatch) {
    requireOneself(caller);
    return place(caller, conversationId, thread)
        .flatMap(
            place ->
                tx.write(
                    work ->
                        requireCurrent(work, caller, place, ifMatch)
                            .chain(() -> delete(work, caller, place))))
        .replaceWithVoid();
  }

  /** Without the header the last write wins, and nothing is read. */
  private Uni<Void> requireCurrent(Work work, Caller caller, Place place, String ifMatch) {
    if (ifMatch == null) {
      return Uni.createFrom().voidItem();
    }
    return drafts
        .lock(work, caller, place.conversation(), place.thread())
        .invoke(
            now -> {
              if (!IfMatch.holds(ifMatch, now.map(Draft::version).orElse(NONE))) {
                Problem conflict = Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.");
                throw now.isEmpty() ? conflict : conflict.with("current", now.get());
              }
            })
        .replaceWithVoid();
  }

  private Uni<Draft> delete(Work work, Caller caller, Place place) {
    return drafts
        .delete(work, caller, place.conversation(), place.thread(), now())
        .map(
            gone -> {
              gone.ifPresent(draft -> tell(work, caller, place, draft));
              return gone.orElseGet(
                  () ->
                      new Draft(
                          place.conversation(), place.thread(), "", List.of(), 1, now(), true));
            });
  }

  private record Place(UUID conversation, UUID thread, Access access) {}

  private Uni<Place> place(Caller caller, String conversationId, String thread) {
    UUID conversation = Ids.parse(conversationId);
    UUID root = Ids.parse(thread);
    if (thread != null && root == null) {
      throw Problem.invalid("thread", "is no message id");
    }
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .map(access -> new Place(conversation, root, access));
  }

  private Uni<Void> requireRoot(Caller caller, Place place) {
    if (place.thread() == null) {
      return Uni.createFrom().voidItem();
    }
    return messages
        .threadRoot(caller, place.conversation(), place.thread(), place.access().visibleFromSeq())
        .invoke(
            found ->
                found.orElseThrow(
                    () ->
                        Problem.invalid("thread", "is no top-level message of this conversation")))
        .replaceWithVoid();
  }

  private static void requireOneself(Caller caller) {
    if (caller.impersonator() != null) {
      throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "Drafts are their writer's alone.");
    }
  }

  private void tell(Work work, Caller caller, Place place, Draft draft) {
    PersonalLog.emit(
        work,
        Envelope.of(
                EventType.DRAFT_UPDATED,
                caller.tenant(),
                place.conversation(),
                caller.actor(),
                draft.updatedAt(),
                draft)
            .in(place.access().type()),
        List.of(new Recipient(caller.kind(), caller.id())));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
