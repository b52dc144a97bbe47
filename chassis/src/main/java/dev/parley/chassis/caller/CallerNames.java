package dev.parley.chassis.caller;

import dev.parley.chassis.user.UserNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/**
 * What people are called in what they do: as the CRM calls them, whatever they call themselves
 * where they log in. Nobody is waited for: of whom the CRM has told no name the token's holds, and
 * so it does for clients in services that have no contacts.
 */
@ApplicationScoped
public class CallerNames {
  private final UserNames users;
  private final Instance<ClientNames> clients;

  CallerNames(UserNames users, Instance<ClientNames> clients) {
    this.users = users;
    this.clients = clients;
  }

  /** The same caller by that name. */
  public Uni<Caller> called(Caller caller) {
    if (!caller.isClient()) {
      return users.called(caller);
    }
    return clients.isUnsatisfied()
        ? Uni.createFrom().item(caller)
        : clients
            .get()
            .of(caller.tenant(), caller.id())
            .map(name -> name == null ? caller : caller.named(name));
  }
}
