package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.ConversationType;

/**
 * What a caller may do in a conversation that they may see.
 *
 * @param member whether they take part; else they see it as staff sees customers (product.md §3)
 * @param role of the member, or null
 * @param visibleFromSeq the first message they may see, anywhere (product.md §1, "History is one
 *     rule")
 * @param state {@code open}, {@code closed}, {@code archived}, or {@code frozen}: its clients are
 *     no longer of one company
 * @param rev the place of the last change that they see; it may stand before the log's end
 */
public record Access(
    ConversationType type,
    String state,
    String posting,
    boolean member,
    String role,
    long visibleFromSeq,
    long lastSeq,
    long rev) {

  /**
   * Whether posting is open to them: of customers to all who see them, else to members; in some
   * channels to owners, admins and the tenant's administrators alone.
   */
  public boolean mayPost(Caller caller) {
    return takesPart() && ("all".equals(posting) || manages(caller));
  }

  /** Members; of customers' conversations all who see them. */
  public boolean takesPart() {
    return member || type.isCustomer();
  }

  /**
   * Lets through who takes part: reacting, pinning, drafts and marks of reading are theirs, as
   * posting is (product.md §3, "Seen is not live"). A channel's reader and who sees a room's deal
   * join first.
   *
   * @throws Problem 403, as a post before joining gets
   */
  public void requirePart() {
    if (!takesPart()) {
      throw Problem.of(Code.FORBIDDEN, "Join first.");
    }
  }

  /**
   * Lets through what is to be sent there while it is open. Clients are let through while it is
   * closed too: with their message it is opened (product.md §1).
   *
   * @throws Problem 409 {@code conversation_closed}, {@code conversation_archived}
   */
  public void requireOpen(Caller author) {
    switch (state) {
      case "closed" -> {
        if (!author.isClient()) {
          throw Problem.of(Code.CONVERSATION_CLOSED, "Open the conversation first.");
        }
      }
      case "frozen" ->
          throw Problem.of(Code.CONVERSATION_CLOSED, "Its clients are no longer of one company.");
      case "archived" ->
          throw Problem.of(Code.CONVERSATION_ARCHIVED, "An archived conversation is read-only.");
      default -> {}
    }
  }

  /** Owners and admins; in channels the tenant's administrators, too (product.md §1). */
  public boolean manages(Caller caller) {
    return manages() || type == ConversationType.CHANNEL && caller.is(Role.ADMIN);
  }

  private boolean manages() {
    return "owner".equals(role) || "admin".equals(role);
  }

  /** Whether it is read-only. */
  public boolean isArchived() {
    return "archived".equals(state);
  }
}
