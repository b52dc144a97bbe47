package dev.parley.presence.copy;

import dev.parley.chassis.caller.ClientNames;
import dev.parley.chassis.tx.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** What clients are called, as the CRM has it; asked when a socket is opened or renewed. */
@ApplicationScoped
class ContactNames implements ClientNames {
  private static final String FIND =
      "select name from record_copy where tenant = $1 and type = 'contact' and id = $2";

  private final Tx tx;

  ContactNames(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<String> of(String tenant, String clientId) {
    return tx.in(tenant)
        .read(FIND, Tuple.of(tenant, clientId))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString("name"));
  }
}
