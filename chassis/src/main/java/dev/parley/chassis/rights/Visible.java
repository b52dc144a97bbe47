package dev.parley.chassis.rights;

import java.util.UUID;

/**
 * A conversation that somebody is a member of.
 *
 * @param fromSeq the first message that the member may see
 */
public record Visible(UUID conversationId, long fromSeq) {
  /** Whether nothing of the conversation is hidden from the member. */
  public boolean whole() {
    return fromSeq <= 1;
  }
}
