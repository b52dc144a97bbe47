package dev.parley.sms;

import static org.awaitility.Awaitility.await;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.tx.Tx;
import io.quarkus.arc.Arc;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;

/** The CRM as the gateway hears of it. */
public final class Crm {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Crm() {}

  /** Tells of a user; returns when the gateway has them. */
  public static void has(String tenant, String user, boolean active, long version) {
    has(tenant, user, Map.of("active", active), version);
  }

  /** Tells of a user with these fields; returns when the gateway has them. */
  public static void has(String tenant, String user, Map<String, Object> fields, long version) {
    new CrmUser(tenant, user).tell(version, fields);
    Tx.Bound tx = Arc.container().instance(Tx.class).get().ofAllTenants();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                tx.read(
                            "select 1 from user_copy where tenant = $1 and id = $2 and version >="
                                + " $3",
                            Tuple.of(tenant, user, version))
                        .await()
                        .atMost(SOON)
                        .size()
                    == 1);
  }
}
