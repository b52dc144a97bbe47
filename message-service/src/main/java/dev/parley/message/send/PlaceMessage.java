package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Attachment;
import dev.parley.message.Appending;
import dev.parley.message.Attachments;
import dev.parley.message.Draft;
import dev.parley.message.Replies;
import dev.parley.message.StoredFile;
import dev.parley.message.Timelines;
import dev.parley.message.send.SendMessage.Placing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Places a message in one statement; a reply together with what its thread shows, and a message
 * with files together with these, in one transaction: each file is its author's own, ready and not
 * sent before. Of two messages that want the same file the first to lock it has it.
 */
@ApplicationScoped
class PlaceMessage {
  private final Tx tx;
  private final Attachments attachments;
  private final Appending appending;
  private final Replies replies;
  private final Timelines timelines;

  PlaceMessage(
      Tx tx, Attachments attachments, Appending appending, Replies replies, Timelines timelines) {
    this.tx = tx;
    this.attachments = attachments;
    this.appending = appending;
    this.replies = replies;
    this.timelines = timelines;
  }

  /**
   * Places all of it or nothing.
   *
   * @throws Problem 400 for a file named twice; 422 {@code attachment_not_usable}, naming the field
   */
  Uni<Placing> append(Caller caller, Draft draft, List<UUID> ids) {
    if (ids.isEmpty()) {
      return (draft.message().threadRoot() == null
              ? appending.append(caller, draft)
              : replies.append(caller, draft))
          .map(place -> new Placing(draft, place));
    }
    Attachments.requireOnce(ids);
    return tx.write(work -> append(work, caller, draft, ids));
  }

  /**
   * The same with the head locked before, so that no change of rights comes between any more.
   *
   * @throws Problem as {@link #append(Caller, Draft, List)}
   */
  Uni<Placing> appendLocked(Caller caller, Draft draft, List<UUID> ids) {
    Attachments.requireOnce(ids);
    return tx.write(work -> append(work, caller, draft, ids, true));
  }

  /** The same in a transaction that does more; what is not placed there must not be committed. */
  Uni<Placing> append(Work work, Caller caller, Draft draft, List<UUID> ids) {
    return append(work, caller, draft, ids, false);
  }

  /** Files are locked before heads, by all. */
  private Uni<Placing> append(
      Work work, Caller caller, Draft draft, List<UUID> ids, boolean locked) {
    if (ids.isEmpty()) {
      return place(work, caller, draft, locked).map(placed -> new Placing(draft, placed));
    }
    return attachments
        .lock(work, caller.tenant(), ids)
        .flatMap(
            files -> {
              Draft full = draft.with(usable(caller, ids, files));
              return place(work, caller, full, locked)
                  .call(
                      placed ->
                          placed == null
                              ? Uni.createFrom().voidItem()
                              : attachments.attach(
                                  work, caller.tenant(), full.message(), placed.seq()))
                  .map(placed -> new Placing(full, placed));
            });
  }

  private Uni<Appending.Placed> place(Work work, Caller caller, Draft draft, boolean locked) {
    Uni<?> before =
        locked
            ? timelines.lock(work, caller, draft.message().conversationId())
            : Uni.createFrom().voidItem();
    return before.chain(
        () ->
            draft.message().threadRoot() == null
                ? appending.append(work, caller, draft)
                : replies.append(work, caller, draft));
  }

  private static List<Attachment> usable(
      Caller caller, List<UUID> ids, Map<UUID, StoredFile> files) {
    List<Attachment> usable = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredFile file = files.get(ids.get(i));
      if (file == null || !file.isOf(caller)) {
        throw notUsable(i, "is no file of yours");
      }
      if (file.messageId() != null) {
        throw notUsable(i, "was sent with another message");
      }
      if (!file.isReady()) {
        throw notUsable(i, "is not uploaded and checked");
      }
      usable.add(file.view());
    }
    return usable;
  }

  private static Problem notUsable(int index, String why) {
    return Problem.at(Code.ATTACHMENT_NOT_USABLE, "attachments[" + index + "]", why);
  }
}
