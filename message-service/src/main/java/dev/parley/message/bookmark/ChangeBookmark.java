package dev.parley.message.bookmark;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.BookmarkVisibility;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Revisions.Seen;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;

/**
 * Changes and removes bookmarks of messages that one sees: one's own, those given to one to do, and
 * any for all where one manages. Whom it is for only who made it decides.
 */
@ApplicationScoped
class ChangeBookmark {
  private final Tx tx;
  private final Revisions revisions;
  private final BookmarkStore bookmarks;
  private final Assignees assignees;
  private final BookmarkTeller teller;
  private final Waiter waiter;

  ChangeBookmark(
      Tx tx,
      Revisions revisions,
      BookmarkStore bookmarks,
      Assignees assignees,
      BookmarkTeller teller,
      Waiter waiter) {
    this.tx = tx;
    this.revisions = revisions;
    this.bookmarks = bookmarks;
    this.assignees = assignees;
    this.teller = teller;
    this.waiter = waiter;
  }

  Uni<Bookmark> change(Caller caller, String id, String ifMatch, BookmarkChanges changes) {
    Staff.require(caller);
    return find(caller, id)
        .call(found -> check(caller, found, changes))
        .flatMap(
            found ->
                locked(
                    caller,
                    found,
                    ifMatch,
                    (held, now) -> {
                      Bookmark wanted = changes.applyTo(now);
                      if (wanted.visibility() != now.visibility()
                          && !caller.id().equals(now.createdBy())) {
                        throw Problem.of(Code.FORBIDDEN, "Who made it decides whom it is for.");
                      }
                      requireFitting(held, now, wanted);
                      return wanted.equals(now)
                          ? Uni.createFrom().item(now)
                          : store(held, now, wanted);
                    }));
  }

  Uni<Void> delete(Caller caller, String id, String ifMatch) {
    Staff.require(caller);
    return find(caller, id)
        .flatMap(
            found ->
                locked(
                    caller,
                    found,
                    ifMatch,
                    (held, now) ->
                        bookmarks
                            .delete(held.work(), caller.tenant(), now.id())
                            .chain(() -> teller.tell(held, EventType.BOOKMARK_DELETED, now))
                            .replaceWith(now)))
        .replaceWithVoid();
  }

  private record Found(Bookmark bookmark, Seen seen) {}

  private Uni<Found> find(Caller caller, String text) {
    return waiter
        .visible(Ids.parse(text), () -> bookmarks.find(caller, Ids.parse(text)))
        .flatMap(
            bookmark ->
                revisions
                    .find(caller, bookmark.messageId().toString())
                    .map(seen -> new Found(bookmark, seen)));
  }

  private Uni<Void> check(Caller caller, Found found, BookmarkChanges changes) {
    Bookmark wanted = changes.applyTo(found.bookmark());
    boolean same =
        wanted.assigneeId() == null
            || wanted.assigneeId().equals(found.bookmark().assigneeId())
                && wanted.visibility() == found.bookmark().visibility();
    return same
        ? Uni.createFrom().voidItem()
        : assignees.check(caller, found.seen(), wanted.assigneeId(), wanted.visibility());
  }

  private Uni<Bookmark> locked(
      Caller caller, Found found, String ifMatch, BiFunction<Held, Bookmark, Uni<Bookmark>> body) {
    return tx.write(
        work ->
            revisions
                .hold(work, caller, found.seen())
                .flatMap(
                    held ->
                        bookmarks
                            .find(work, caller, found.bookmark().id())
                            .flatMap(
                                now -> {
                                  Bookmark present = now.orElseThrow(Problem::notFound);
                                  requireMine(held, present);
                                  requireCurrent(ifMatch, present);
                                  return body.apply(held, present);
                                })));
  }

  private static void requireMine(Held held, Bookmark bookmark) {
    String me = held.caller().id();
    if (!me.equals(bookmark.createdBy())
        && !me.equals(bookmark.assigneeId())
        && !held.access().manages(held.caller())) {
      throw Problem.of(
          Code.FORBIDDEN, "It is who made it, has to do it or manages that changes it.");
    }
  }

  /** What was checked before it was locked may have been changed since, or not have been asked. */
  private static void requireFitting(Held held, Bookmark now, Bookmark wanted) {
    Assignees.requireOwn(held.caller(), wanted.assigneeId(), wanted.visibility());
    if (wanted.visibility() != now.visibility()) {
      MakeBookmark.requirePartFor(held, wanted.visibility());
    }
  }

  private static void requireCurrent(String ifMatch, Bookmark bookmark) {
    if (!IfMatch.holds(ifMatch, bookmark.version())) {
      throw Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.")
          .with("current", bookmark);
    }
  }

  private Uni<Bookmark> store(Held held, Bookmark before, Bookmark wanted) {
    boolean hidden =
        before.visibility() == BookmarkVisibility.CONVERSATION
            && wanted.visibility() == BookmarkVisibility.PRIVATE;
    return bookmarks
        .update(held.work(), held.caller().tenant(), wanted)
        .call(
            () ->
                hidden
                    ? teller.publicly(held, EventType.BOOKMARK_DELETED, before)
                    : Uni.createFrom().voidItem())
        .call(after -> teller.tell(held, EventType.BOOKMARK_UPDATED, after));
  }
}
