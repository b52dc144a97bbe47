package dev.parley.message.bookmark;

import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.BookmarkVisibility;
import dev.parley.message.PersonalLog;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Tells of bookmarks: of those for all in the conversation's log, where the message changes with
 * them; of private ones to who made them alone, and the message stays as it is.
 */
@ApplicationScoped
class BookmarkTeller {
  BookmarkTeller() {}

  /** Tells it as the bookmark's visibility demands. */
  Uni<Void> tell(Held held, String type, Bookmark bookmark) {
    return bookmark.visibility() == BookmarkVisibility.PRIVATE
        ? privately(held, type, bookmark)
        : publicly(held, type, bookmark);
  }

  /** To all staff who see the message. */
  Uni<Void> publicly(Held held, String type, Bookmark bookmark) {
    return held.placeForStaff().invoke(place -> held.tell(place, type, bookmark)).replaceWithVoid();
  }

  /** To who made it. */
  Uni<Void> privately(Held held, String type, Bookmark bookmark) {
    PersonalLog.emit(
        held.work(),
        personal(type, held.caller().tenant(), held.caller().actor(), held.now(), bookmark),
        List.of(Recipient.user(bookmark.createdBy())));
    return Uni.createFrom().voidItem();
  }

  /** A record of the personal topic; it has the message's seq and no place in the log. */
  static Envelope personal(String type, String tenant, Actor actor, Instant at, Bookmark bookmark) {
    Envelope event = Envelope.of(type, tenant, bookmark.conversationId(), actor, at, bookmark);
    return new Envelope(
        event.id(),
        event.type(),
        event.version(),
        event.tenant(),
        event.conversationId(),
        bookmark.seq(),
        null,
        null,
        event.actor(),
        event.at(),
        null,
        event.data());
  }
}
