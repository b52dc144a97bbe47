package dev.parley.message.bookmark;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.BookmarkVisibility;
import dev.parley.message.Refusal;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Bookmarks a message that one sees; for all who see it, or for oneself (product.md §4). */
@ApplicationScoped
class MakeBookmark {
  private final Revisions revisions;
  private final BookmarkStore bookmarks;
  private final Assignees assignees;
  private final BookmarkTeller teller;
  private final Idempotency idempotency;

  MakeBookmark(
      Revisions revisions,
      BookmarkStore bookmarks,
      Assignees assignees,
      BookmarkTeller teller,
      Idempotency idempotency) {
    this.revisions = revisions;
    this.bookmarks = bookmarks;
    this.assignees = assignees;
    this.teller = teller;
    this.idempotency = idempotency;
  }

  Uni<Answer<Bookmark>> make(Caller caller, String messageId, String key, BookmarkRequest request) {
    Staff.require(caller);
    return revisions
        .find(caller, messageId)
        .flatMap(
            seen ->
                refusal(caller, seen, request)
                    .flatMap(
                        refusal ->
                            idempotency.write(
                                caller,
                                key,
                                "bookmark " + messageId,
                                request,
                                Bookmark.class,
                                work -> {
                                  refusal.raise();
                                  return revisions
                                      .hold(work, caller, seen)
                                      .flatMap(held -> add(held, request));
                                })));
  }

  private Uni<Refusal> refusal(Caller caller, Revisions.Seen seen, BookmarkRequest request) {
    return Refusal.of(
        () -> assignees.check(caller, seen, request.assigneeId(), request.visibility()));
  }

  private Uni<Answer<Bookmark>> add(Held held, BookmarkRequest request) {
    if (held.stored().isDeleted()) {
      throw Problem.notFound();
    }
    requirePartFor(held, request.visibility());
    Bookmark bookmark =
        new Bookmark(
            Ids.next(),
            held.message().id(),
            held.message().conversationId(),
            held.message().seq(),
            request.type(),
            request.note(),
            request.assigneeId(),
            request.dueAt(),
            request.status(),
            request.visibility(),
            held.caller().id(),
            held.now(),
            1);
    return bookmarks
        .insert(held.work(), held.caller().tenant(), bookmark)
        .chain(() -> teller.tell(held, EventType.BOOKMARK_CREATED, bookmark))
        .replaceWith(new Answer<>(201, bookmark));
  }

  /** Whoever only reads bookmarks for themselves. */
  static void requirePartFor(Held held, BookmarkVisibility visibility) {
    if (visibility == BookmarkVisibility.CONVERSATION && !held.access().takesPart()) {
      throw Problem.of(Code.FORBIDDEN, "Join to bookmark for all.");
    }
  }
}
