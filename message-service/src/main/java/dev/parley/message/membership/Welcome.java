package dev.parley.message.membership;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Message.Pill;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * The greeting in a client's new channel (product.md §1): message 1, always, because it is stored
 * in the transaction that begins the conversation's log. It is the system's, so nobody has answered
 * by it and nobody is notified of it. Its id follows from the conversation's and its time.
 */
@ApplicationScoped
class Welcome {
  private static final String EVENT = "welcome";

  private final SystemMessages messages;

  Welcome(SystemMessages messages) {
    this.messages = messages;
  }

  /** Greets in a conversation whose log has just begun. */
  Uni<Void> greet(Work work, Envelope created, String text) {
    return messages.append(
        work,
        created,
        Ids.named(created.at(), EVENT, created.conversationId().toString()),
        text,
        new Pill(EVENT, Map.of()),
        false);
  }
}
