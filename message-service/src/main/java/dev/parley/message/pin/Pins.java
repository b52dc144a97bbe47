package dev.parley.message.pin;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.message.Access;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The store of pins. */
@ApplicationScoped
class Pins {
  private static final String LIST =
      """
      select case when $3 <= 1 then t.pin_version
          else coalesce((select max(c.version) from pin_change c
            where c.tenant = t.tenant and c.conversation_id = t.conversation_id
              and c.seq >= $3), 0) end as version,
        p.message_id, p.seq, p.by_id, p.at
      from timeline t
      left join pin p on p.tenant = t.tenant and p.conversation_id = t.conversation_id
        and p.seq >= $3
      where t.tenant = $1 and t.conversation_id = $2
      order by p.at desc, p.seq desc
      """;

  private static final String STATE =
      """
      select pin_version, (select count(*) from pin p where p.tenant = t.tenant
                           and p.conversation_id = t.conversation_id) as pins
      from timeline t where tenant = $1 and conversation_id = $2
      """;

  /** The last part of a change of message $4. */
  private static final String CHANGED =
      """
      , moved as (
        update timeline set pin_version = pin_version + 1
        where tenant = $1 and conversation_id = $2 returning pin_version
      )
      insert into pin_change (tenant, conversation_id, seq, version)
      select $1, $2, $4, pin_version from moved
      on conflict (tenant, conversation_id, seq) do update set version = excluded.version
      returning version
      """;

  private static final String ADD =
      """
      with added as (
        insert into pin (tenant, conversation_id, message_id, seq, by_id, at)
        values ($1, $2, $3, $4, $5, $6)
      ), shown as (
        update message set pinned = true where tenant = $1 and id = $3
      )
      %s
      """
          .formatted(CHANGED);

  private static final String REMOVE =
      """
      with removed as (
        delete from pin where tenant = $1 and conversation_id = $2 and message_id = $3
      ), shown as (
        update message set pinned = false where tenant = $1 and id = $3
      )
      %s
      """
          .formatted(CHANGED);

  private final Tx tx;

  Pins(Tx tx) {
    this.tx = tx;
  }

  /** How many there are, at which version. */
  record State(long version, int count) {}

  /** What the caller sees of a conversation's pins. */
  Uni<PinList> list(Caller caller, UUID conversation, Access access) {
    return tx.read(LIST, Tuple.of(caller.tenant(), conversation, access.visibleFromSeq()))
        .map(Pins::list);
  }

  /** The same as the work sees it. */
  Uni<PinList> list(Held held) {
    return run(
            held,
            LIST,
            Tuple.of(
                held.caller().tenant(),
                held.message().conversationId(),
                held.access().visibleFromSeq()))
        .map(Pins::list);
  }

  Uni<State> state(Held held) {
    return run(held, STATE, Tuple.of(held.caller().tenant(), held.message().conversationId()))
        .map(rows -> rows.iterator().next())
        .map(row -> new State(row.getLong("pin_version"), row.getLong("pins").intValue()));
  }

  /** The pins' new version. */
  Uni<Long> add(Held held) {
    return run(
            held,
            ADD,
            message(held)
                .addString(held.caller().id())
                .addOffsetDateTime(held.now().atOffset(ZoneOffset.UTC)))
        .map(Pins::version);
  }

  /** The pins' new version. */
  Uni<Long> remove(Held held) {
    return run(held, REMOVE, message(held)).map(Pins::version);
  }

  private static Tuple message(Held held) {
    return Tuple.of(
        held.caller().tenant(),
        held.message().conversationId(),
        held.message().id(),
        held.message().seq());
  }

  private static long version(RowSet<Row> rows) {
    return rows.iterator().next().getLong("version");
  }

  private static PinList list(RowSet<Row> rows) {
    List<PinList.Pin> items = new ArrayList<>(rows.size());
    long version = 0;
    for (Row row : rows) {
      version = row.getLong("version");
      if (row.getUUID("message_id") != null) {
        items.add(
            new PinList.Pin(
                row.getUUID("message_id"),
                row.getLong("seq"),
                row.getString("by_id"),
                row.getOffsetDateTime("at").toInstant()));
      }
    }
    return new PinList(items, version);
  }

  private static Uni<RowSet<Row>> run(Held held, String statement, Tuple values) {
    return held.work().sql().preparedQuery(statement).execute(values);
  }
}
