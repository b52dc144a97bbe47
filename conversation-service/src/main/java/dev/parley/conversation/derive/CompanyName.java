package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.derive.Facts.Fact;
import dev.parley.conversation.derive.Keeping.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A company's channel is called as the CRM calls the company, until people give it a name of its
 * own; whose name is taken away is called after the company again.
 */
@ApplicationScoped
class CompanyName {
  private final Conversations conversations;
  private final ConversationLog log;
  private final Keeping keeping;

  CompanyName(Conversations conversations, ConversationLog log, Keeping keeping) {
    this.conversations = conversations;
    this.log = log;
    this.keeping = keeping;
  }

  Uni<Conversation> follow(Work work, Conversation c, Kept kept, Fact fact) {
    boolean own = c.name() != null && !c.name().equals(kept.recordName());
    if (c.type() != ConversationType.COMPANY
        || own
        || fact.name() == null
        || fact.name().equals(c.name())) {
      return Uni.createFrom().item(c);
    }
    Conversation named =
        c.described(fact.name(), c.subject(), c.description(), c.posting(), c.recordRefs());
    return conversations
        .update(work, named)
        .chain(() -> keeping.named(work, named, fact.name()))
        .chain(() -> log.updated(work, Actor.SYSTEM, c, named))
        .replaceWith(named);
  }
}
