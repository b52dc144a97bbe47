package dev.parley.chassis.tx;

import dev.parley.chassis.caller.Acting;
import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Table {@code impersonation_audit}: what was written by somebody logged in as somebody else, in
 * the transaction of the write itself, so neither is ever without the other (product.md §1). The
 * database lets nobody change or remove a row.
 */
final class ImpersonationAudit {
  private static final String NOTE =
      """
      insert into impersonation_audit (id, tenant, user_id, impersonator, call, request_id)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private ImpersonationAudit() {}

  static Uni<Void> note(Work work, Acting acting) {
    return note(work, acting.caller(), acting.call().get());
  }

  static Uni<Void> note(Work work, Caller caller, String call) {
    Tuple values =
        Tuple.tuple()
            .addUUID(Ids.next())
            .addString(caller.tenant())
            .addString(caller.id())
            .addString(caller.impersonator())
            .addString(call)
            .addString(work.trail().requestId());
    return work.sql().preparedQuery(NOTE).execute(values).replaceWithVoid();
  }
}
