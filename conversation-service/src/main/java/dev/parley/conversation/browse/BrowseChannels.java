package dev.parley.conversation.browse;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The tenant's channels by name, joined or not; archived ones are left out (product.md §1). */
@ApplicationScoped
class BrowseChannels {
  private final Tx tx;
  private final Conversations conversations;
  private final Views views;
  private final Cursors cursors;

  BrowseChannels(Tx tx, Conversations conversations, Views views, Cursors cursors) {
    this.tx = tx;
    this.conversations = conversations;
    this.views = views;
    this.cursors = cursors;
  }

  /** One page; for users alone. */
  Uni<Page<ConversationView>> browse(Caller caller, String q, String cursor, Integer askedLimit) {
    Access.requireStaff(caller);
    int limit = Page.limit(askedLimit);
    String found = ListRequest.text(q);
    String text = found == null ? "" : found;
    String scope = Cursors.scope("channels", caller, text);
    String after = cursor == null ? "" : cursors.require(scope, cursor);
    return conversations
        .channels(tx::read, caller, text, after, limit + 1)
        .flatMap(channels -> page(caller, scope, channels, limit));
  }

  private Uni<Page<ConversationView>> page(
      Caller caller, String scope, List<Seen> found, int limit) {
    boolean more = found.size() > limit;
    List<Seen> shown = more ? found.subList(0, limit) : found;
    String next = more ? cursors.seal(scope, shown.get(limit - 1).conversation().name()) : null;
    return views.of(tx::read, caller, shown).map(items -> new Page<>(items, next));
  }
}
