package dev.parley.message.canned;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code canned_response}: a user's own and the tenant's. */
@ApplicationScoped
class CannedResponses {
  private static final String INSERT =
      """
      insert into canned_response
        (tenant, id, owner, short_code, body, version, created_by, updated_at)
      values ($1, $2, $3, $4, $5, 1, $6, $7)
      on conflict do nothing
      returning *
      """;
  private static final String PAGE =
      """
      select * from canned_response
      where tenant = $1 and owner in ('', $2)
        and ($3 = '' or starts_with(lower(short_code), $3) or position($3 in lower(body)) > 0)
        and (lower(short_code), id) > ($4, $5)
      order by lower(short_code), id limit $6
      """;
  private static final String LOCK =
      "select * from canned_response where tenant = $1 and owner in ('', $2) and id = $3 for"
          + " update";
  private static final String TAKEN =
      """
      select 1 from canned_response
      where tenant = $1 and owner = $2 and lower(short_code) = lower($3) and id <> $4
      """;
  private static final String CHANGE =
      """
      update canned_response
      set short_code = $3, body = $4, version = version + 1, updated_at = $5
      where tenant = $1 and id = $2
      returning *
      """;
  private static final String DELETE = "delete from canned_response where tenant = $1 and id = $2";

  private final Tx tx;
  private final Clock clock;

  CannedResponses(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Empty when the code is taken in that scope. */
  Uni<Optional<CannedResponse>> insert(Work work, Caller caller, UUID id, CannedRequest request) {
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(caller.tenant())
                .addUUID(id)
                .addString(owner(caller, request.scope()))
                .addString(request.shortCode())
                .addString(request.body())
                .addString(caller.id())
                .addOffsetDateTime(now()))
        .map(CannedResponses::first);
  }

  /** Those whose code begins so, or whose text has it, by code. */
  Uni<List<CannedResponse>> page(
      Caller caller, String q, String afterCode, UUID afterId, int limit) {
    return tx.read(PAGE, Tuple.of(caller.tenant(), caller.id(), q, afterCode, afterId, limit))
        .map(
            rows -> {
              List<CannedResponse> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(CannedResponse.of(row)));
              return found;
            });
  }

  /** One that the caller may use, locked until the work's end. */
  Uni<Optional<CannedResponse>> lock(Work work, Caller caller, UUID id) {
    return work.sql()
        .preparedQuery(LOCK)
        .execute(Tuple.of(caller.tenant(), caller.id(), id))
        .map(CannedResponses::first);
  }

  /** Empty when the code is taken in that scope. */
  Uni<Optional<CannedResponse>> change(
      Work work, Caller caller, CannedResponse before, String shortCode, String body) {
    return work.sql()
        .preparedQuery(TAKEN)
        .execute(Tuple.of(caller.tenant(), owner(caller, before.scope()), shortCode, before.id()))
        .flatMap(
            taken ->
                taken.size() > 0
                    ? Uni.createFrom().item(Optional.empty())
                    : work.sql()
                        .preparedQuery(CHANGE)
                        .execute(Tuple.of(caller.tenant(), before.id(), shortCode, body, now()))
                        .map(CannedResponses::first));
  }

  Uni<Void> delete(Work work, Caller caller, UUID id) {
    return work.sql()
        .preparedQuery(DELETE)
        .execute(Tuple.of(caller.tenant(), id))
        .replaceWithVoid();
  }

  private static String owner(Caller caller, CannedScope scope) {
    return scope == CannedScope.TENANT ? "" : caller.id();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Optional<CannedResponse> first(RowSet<Row> rows) {
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(CannedResponse.of(rows.iterator().next()));
  }
}
