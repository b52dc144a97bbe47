package dev.parley.conversation.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Access;
import dev.parley.conversation.Seen;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Keeps what one has starred, of whatever one may see, and hidden: a conversation that one takes
 * part in, or a customer's. What one only sees of the other types stands in no list of one's own
 * that it could be hidden from. Nobody else's list changes, and nobody does it in another's name.
 */
@ApplicationScoped
class SetPreferences {
  private final Tx tx;
  private final Access access;
  private final Preferences preferences;

  SetPreferences(Tx tx, Access access, Preferences preferences) {
    this.tx = tx;
    this.access = access;
    this.preferences = preferences;
  }

  /** Both as they are now. */
  Uni<PreferencesView> set(Caller caller, String id, PreferencesRequest request) {
    return access
        .require(tx::read, caller, id)
        .flatMap(
            seen -> {
              check(caller);
              if (Boolean.TRUE.equals(request.hidden()) && !isListed(seen)) {
                throw Problem.of(Code.FORBIDDEN, "Join first.");
              }
              return preferences.put(caller, seen, request.starred(), request.hidden());
            })
        .chain(() -> access.require(tx::read, caller, id))
        .map((Seen now) -> new PreferencesView(now.starred(), now.hidden()));
  }

  private static boolean isListed(Seen seen) {
    return seen.isMember() || seen.conversation().type().isCustomer();
  }

  private static void check(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "This is for users.");
    }
    if (caller.impersonator() != null) {
      throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "These are theirs to keep.");
    }
  }
}
