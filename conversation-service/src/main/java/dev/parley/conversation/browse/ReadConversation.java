package dev.parley.conversation.browse;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads one conversation. */
@ApplicationScoped
class ReadConversation {
  private final Tx tx;
  private final Access access;
  private final Views views;

  ReadConversation(Tx tx, Access access, Views views) {
    this.tx = tx;
    this.access = access;
    this.views = views;
  }

  /** The conversation as the caller sees it, or the 404 problem. */
  Uni<ConversationView> read(Caller caller, String id) {
    return access.require(tx::read, caller, id).flatMap(seen -> views.of(tx::read, caller, seen));
  }
}
