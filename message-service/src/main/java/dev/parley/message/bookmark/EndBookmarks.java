package dev.parley.message.bookmark;

import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Bookmark;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * With a message go its bookmarks: what they point to is not there any more, and their notes may
 * say what was said. Whoever sees one is told so.
 */
@ApplicationScoped
class EndBookmarks implements OnDeletion {
  private final BookmarkStore bookmarks;
  private final BookmarkTeller teller;

  EndBookmarks(BookmarkStore bookmarks, BookmarkTeller teller) {
    this.bookmarks = bookmarks;
    this.teller = teller;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return held.stored().bookmarked()
        ? bookmarks
            .deleteOf(held.work(), held.caller().tenant(), held.message().id())
            .flatMap(gone -> tell(held, gone))
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> tell(Held held, List<Bookmark> gone) {
    Uni<Void> told = Uni.createFrom().voidItem();
    for (Bookmark bookmark : gone) {
      told = told.chain(() -> teller.tell(held, EventType.BOOKMARK_DELETED, bookmark));
    }
    return told;
  }
}
