package dev.parley.conversation.browse;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Listing;
import dev.parley.conversation.Listing.Position;
import dev.parley.conversation.Listing.Wanted;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The conversations that one takes part in, starred ones first, else the one with the newest
 * activity: activity that the reader may see, that is.
 */
@ApplicationScoped
class ListConversations {
  private static final int MAX_IDS = 200;

  private final Tx tx;
  private final Listing listing;
  private final Access access;
  private final Views views;
  private final Cursors cursors;

  ListConversations(Tx tx, Listing listing, Access access, Views views, Cursors cursors) {
    this.tx = tx;
    this.listing = listing;
    this.access = access;
    this.views = views;
    this.cursors = cursors;
  }

  /** One page. With {@code ids} those that one may see, also without taking part. */
  Uni<Page<ConversationView>> list(Caller caller, ListRequest request) {
    if (request.ids != null) {
      request.onlyIds();
      return access
          .among(tx::read, caller, ids(request.ids))
          .flatMap(seen -> views.of(tx::read, caller, seen))
          .map(items -> new Page<>(items, null));
    }
    Wanted wanted = request.wanted();
    if (wanted.recordType() != null) {
      Access.requireStaff(caller);
    }
    int limit = Page.limit(request.limit);
    String scope = Cursors.scope("conversations", caller, wanted.scope());
    Position from =
        request.cursor == null
            ? Position.FIRST
            : Position.of(cursors.require(scope, request.cursor));
    return listing
        .page(tx::read, caller, wanted, from, limit + 1)
        .flatMap(found -> page(caller, scope, found, limit));
  }

  private Uni<Page<ConversationView>> page(
      Caller caller, String scope, List<Seen> found, int limit) {
    boolean more = found.size() > limit;
    List<Seen> shown = more ? found.subList(0, limit) : found;
    String next = more ? cursors.seal(scope, Position.of(shown.get(limit - 1)).text()) : null;
    return views.of(tx::read, caller, shown).map(items -> new Page<>(items, next));
  }

  private static List<UUID> ids(String text) {
    List<UUID> ids = Arrays.stream(text.split(",")).map(Ids::parse).toList();
    if (ids.size() > MAX_IDS || ids.contains(null)) {
      throw Problem.invalid("ids", "must be 1 to " + MAX_IDS + " ids, comma separated");
    }
    return ids;
  }
}
