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
 * Keeps what one has starred and hidden, of whatever one may see. Nobody else's list changes, and
 * nobody does it in another's name.
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
              return preferences.put(caller, seen, request.starred(), request.hidden());
            })
        .chain(() -> access.require(tx::read, caller, id))
        .map((Seen now) -> new PreferencesView(now.starred(), now.hidden()));
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
