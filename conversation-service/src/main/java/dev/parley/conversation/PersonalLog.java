package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import java.util.List;

/**
 * What belongs to people and not to a conversation: it reaches the sockets of those people alone,
 * with the same resume as the timeline (docs/events.md, "What belongs to one person"). Whoever
 * writes here has decided that they may have it: the edge asks for no membership.
 */
public final class PersonalLog {
  private PersonalLog() {}

  /**
   * Writes the event with the transaction. Keyed by the conversation where there is one, so that
   * its counts keep their order; lock the row first on which that order rests.
   */
  public static void emit(Work work, Envelope event, List<Recipient> to) {
    String key =
        event.conversationId() == null ? to.get(0).id() : event.conversationId().toString();
    emit(work, key, event, to);
  }

  /** The same under that key: events of one key keep their order. */
  public static void emit(Work work, String key, Envelope event, List<Recipient> to) {
    work.emit(Topics.CONVERSATION_PERSONAL, key, event.to(to));
  }
}
