package dev.parley.sms.number;

import dev.parley.chassis.tx.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Who can hold a number: users of the tenant, by the chassis' copy of the CRM's records. */
@ApplicationScoped
class Holders {
  private static final String ACTIVE =
      "select 1 from user_copy where tenant = $1 and id = $2 and active";

  private final Tx tx;

  Holders(Tx tx) {
    this.tx = tx;
  }

  /** Whether the tenant has that user, active. */
  Uni<Boolean> isActive(String tenant, String id) {
    return tx.read(ACTIVE, Tuple.of(tenant, id)).map(rows -> rows.size() == 1);
  }
}
