package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whether outside numbers take part in a conversation. */
@ApplicationScoped
public class Outside {
  private static final String ANY =
      """
      select exists (select from member where tenant = $1 and conversation_id = $2
                       and kind = 'phone' and granted) as any
      """;

  private final Tx tx;

  Outside(Tx tx) {
    this.tx = tx;
  }

  /** Whether there is one now. */
  public Uni<Boolean> reads(Caller caller, UUID conversation) {
    return tx.read(ANY, Tuple.of(caller.tenant(), conversation))
        .map(rows -> rows.iterator().next().getBoolean("any"));
  }
}
