package dev.parley.message.bookmark;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.Bookmark;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lists bookmarks of messages that the caller sees now, newest first. */
@ApplicationScoped
class ListBookmarks {
  private final BookmarkStore bookmarks;
  private final Cursors cursors;

  ListBookmarks(BookmarkStore bookmarks, Cursors cursors) {
    this.bookmarks = bookmarks;
    this.cursors = cursors;
  }

  Uni<Page<Bookmark>> page(Caller caller, BookmarkQuery query, String cursor, Integer asked) {
    Staff.require(caller);
    int limit = Page.limit(asked);
    String scope = Cursors.scope("bookmarks", caller, query.scope());
    BookmarkQuery from = cursor == null ? query : query.behind(cursors.require(scope, cursor));
    return bookmarks
        .list(caller, from, limit + 1)
        .map(
            found -> {
              if (found.size() <= limit) {
                return new Page<>(found, null);
              }
              List<Bookmark> shown = found.subList(0, limit);
              Bookmark last = shown.get(limit - 1);
              return new Page<>(shown, cursors.seal(scope, last.createdAt() + " " + last.id()));
            });
  }
}
