package dev.parley.message;

import dev.parley.contracts.event.ConversationType;

/**
 * What a caller may do in a conversation that they may see.
 *
 * @param member whether they take part; else they see it as staff sees customers (product.md §3)
 * @param role of the member, or null
 * @param visibleFromSeq the first message they may see, anywhere (product.md §1, "History is one
 *     rule")
 * @param state {@code open}, {@code closed} or {@code archived}
 */
public record Access(
    ConversationType type,
    String state,
    String posting,
    boolean member,
    String role,
    long visibleFromSeq,
    long lastSeq,
    long lastRev) {

  /** Whether posting is open to them: everybody's, or they are owner or admin. */
  public boolean mayPost() {
    return "all".equals(posting) || "owner".equals(role) || "admin".equals(role);
  }
}
