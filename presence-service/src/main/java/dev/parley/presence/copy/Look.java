package dev.parley.presence.copy;

import dev.parley.contracts.event.ConversationType;
import java.util.UUID;

/**
 * What decides whether somebody who does not take part may look at a conversation.
 *
 * @param deal of a deal room, if known
 * @param companyId of that deal, if any
 * @param seesDeal whether that user sees the deal now
 */
public record Look(ConversationType type, String deal, String companyId, boolean seesDeal) {
  /** Who would look, and at what. */
  public record Ask(String user, boolean assignedOnly, UUID conversationId) {}
}
