package dev.parley.chassis.caller;

import io.smallrye.mutiny.Uni;

/** What clients are called, in a service that has the CRM's contacts; at most one bean. */
public interface ClientNames {
  /** The contact's name; null where the CRM has told none. Nobody is waited for. */
  Uni<String> of(String tenant, String clientId);
}
