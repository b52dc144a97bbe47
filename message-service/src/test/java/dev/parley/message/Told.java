package dev.parley.message;

import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.TenantSettings;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;

/** What conversation-service and the CRM tell of a tenant. */
public final class Told {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Told() {}

  /** That an administrator has set this. */
  public static void setting(String tenant, long version, String key, Object value) {
    Wire.publish(
        Topics.SETTINGS,
        tenant,
        Envelope.of(
            EventType.SETTINGS_UPDATED,
            tenant,
            null,
            Actor.SYSTEM,
            Instant.now(),
            new TenantSettings(version, Map.of(key, value))));
  }

  /** That these are users; message-service has them. */
  public static void users(String tenant, String... ids) {
    for (String id : ids) {
      record(tenant, "user", id, 1, Map.of());
    }
  }

  /** That there is this record of the CRM; message-service has it. */
  public static void record(
      String tenant, String type, String id, long version, Map<String, ?> fields) {
    new CrmRecords(tenant).tell(type, id, version, fields);
    Tx tx = CDI.current().select(Tx.class).get();
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                tx.ofAllTenants()
                        .read(
                            """
                            select 1 from record_copy
                            where tenant = $1 and type = $2 and id = $3 and version >= $4
                            """,
                            Tuple.of(tenant, type, id, version))
                        .await()
                        .atMost(SOON)
                        .size()
                    == 1);
  }
}
