package dev.parley.sms.webhook;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.sms.Smses;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** The store of what carriers told us, as they told it. */
@ApplicationScoped
class InboundEvents {
  private static final String INSERT =
      """
      insert into inbound_event
        (provider, provider_id, tenant, own_number, their_number, raw, received_at)
      values ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
      on conflict do nothing
      """;

  InboundEvents() {}

  /** Keeps the event; false when it is there already. Of many at once one gets true. */
  Uni<Boolean> insert(Work work, String tenant, SmsReceived sms, Map<String, String> raw) {
    Map<String, String> kept = new TreeMap<>();
    raw.forEach((name, value) -> kept.put(name.replace("\0", ""), value.replace("\0", "")));
    Tuple values =
        Tuple.tuple()
            .addString(sms.provider())
            .addString(sms.providerMessageId())
            .addString(tenant)
            .addString(sms.ownNumber())
            .addString(sms.theirNumber())
            .addString(Json.text(kept))
            .addOffsetDateTime(Smses.time(sms.receivedAt()));
    return work.sql().preparedQuery(INSERT).execute(values).map(rows -> rows.rowCount() == 1);
  }
}
