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

  /**
   * Whether posting is open to them: of customers to all who see them, else to members; in some
   * channels to owners and admins alone.
   */
  public boolean mayPost() {
    boolean manages = "owner".equals(role) || "admin".equals(role);
    return (member || type.isCustomer()) && ("all".equals(posting) || manages);
  }
}
