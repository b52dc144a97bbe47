package dev.parley.sms;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The store of our numbers. */
@ApplicationScoped
public class OwnNumbers {
  private static final String COLUMNS = "tenant, e164, carrier, label, sms_enabled, user_id";
  private static final String AT = "select " + COLUMNS + " from number where e164 = $1";
  private static final String FIND = AT + " and tenant = $2";
  private static final String ALL =
      "select " + COLUMNS + " from number where e164 = any($1) order by e164";
  private static final String PAGE =
      "select " + COLUMNS + " from number where tenant = $1 and e164 > $2 order by e164 limit $3";
  private static final String HELD =
      "select "
          + COLUMNS
          + " from number where tenant = $1 and user_id = $2 and sms_enabled order by e164";

  private static final String PUT =
      """
      insert into number (e164, tenant, carrier, label, sms_enabled, user_id,
                          created_at, updated_at, next_send_at)
      values ($1, $2, $3, $4, $5, $6, $7, $7, $7)
      on conflict (e164) do update
      set carrier = excluded.carrier, label = excluded.label, sms_enabled = excluded.sms_enabled,
          user_id = excluded.user_id, updated_at = excluded.updated_at,
          version = number.version + 1
      where number.tenant = excluded.tenant
      returning version
      """;
  private static final String UPDATE =
      """
      update number set carrier = $3, label = $4, sms_enabled = $5, user_id = $6, updated_at = $7,
          version = version + 1
      where e164 = $1 and tenant = $2
      returning version
      """;

  private final Tx tx;
  private final Clock clock;

  OwnNumbers(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** The number, if it is the caller's tenant's. */
  public Uni<Optional<OwnNumber>> find(Caller caller, String e164) {
    return tx.read(FIND, Tuple.of(e164, caller.tenant())).map(OwnNumbers::first);
  }

  /** The number, whosever it is: for what comes from carriers, which know no tenants. */
  public Uni<Optional<OwnNumber>> at(String e164) {
    return tx.ofAllTenants().read(AT, Tuple.of(e164)).map(OwnNumbers::first);
  }

  /** Those of the numbers that are ours, by number. */
  public Uni<Map<String, OwnNumber>> all(Work work, Collection<String> numbers) {
    return work.sql()
        .preparedQuery(ALL)
        .execute(Tuple.tuple().addArrayOfString(numbers.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, OwnNumber> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getString("e164"), number(row)));
              return found;
            });
  }

  /** The tenant's numbers behind the one given, in order. */
  public Uni<List<OwnNumber>> page(Caller caller, String after, int limit) {
    return tx.read(PAGE, Tuple.of(caller.tenant(), after, limit)).map(OwnNumbers::list);
  }

  /** The numbers that the caller may send from. */
  public Uni<List<OwnNumber>> heldBy(Caller caller) {
    return tx.read(HELD, Tuple.of(caller.tenant(), caller.id())).map(OwnNumbers::list);
  }

  /**
   * Brings the number in or changes it. Of several tenants at once one gets it.
   *
   * @return its version, 1 when it is new; empty when it is another tenant's
   */
  public Uni<Optional<Long>> put(Work work, OwnNumber number) {
    return write(work, PUT, number);
  }

  /**
   * Changes the number.
   *
   * @return its version; empty when the tenant has no such number
   */
  public Uni<Optional<Long>> update(Work work, OwnNumber number) {
    return write(work, UPDATE, number);
  }

  private Uni<Optional<Long>> write(Work work, String statement, OwnNumber number) {
    Tuple values =
        Tuple.tuple()
            .addString(number.e164())
            .addString(number.tenant())
            .addString(number.carrier())
            .addString(number.label())
            .addBoolean(number.smsEnabled())
            .addString(number.userId())
            .addOffsetDateTime(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    return work.sql()
        .preparedQuery(statement)
        .execute(values)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong("version")));
  }

  private static Optional<OwnNumber> first(RowSet<Row> rows) {
    return list(rows).stream().findFirst();
  }

  private static List<OwnNumber> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(OwnNumbers::number).toList();
  }

  private static OwnNumber number(Row row) {
    return new OwnNumber(
        row.getString("tenant"),
        row.getString("e164"),
        row.getString("carrier"),
        row.getString("label"),
        row.getBoolean("sms_enabled"),
        row.getString("user_id"));
  }
}
