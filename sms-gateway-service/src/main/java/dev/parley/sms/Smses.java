package dev.parley.sms;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.DeliveryStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The store of texts that leave. */
@ApplicationScoped
public class Smses {
  /**
   * Whoever is about to join a carrier's id to a text, or to keep a status of an id not joined yet,
   * takes this lock first: else each could miss the other.
   */
  private static final String LOCK_PROVIDER_ID =
      "select pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String BY_ID = "select * from sms where id = $1 for update";
  private static final String BY_PROVIDER_ID =
      "select * from sms where provider = $1 and provider_id = $2 for update";
  private static final String SAVE =
      """
      update sms set segments = $2, dispatch = $3, status = $4, code = $5, reason = $6,
                     provider_id = $7, due_at = $8, updated_at = $9
      where id = $1
      """;

  private final Clock clock;

  Smses(Clock clock) {
    this.clock = clock;
  }

  /** Locks a carrier's id; before any text is locked. */
  public Uni<Void> lockProviderId(Work work, String provider, String providerId) {
    return work.sql()
        .preparedQuery(LOCK_PROVIDER_ID)
        .execute(Tuple.of(provider + "\n" + providerId))
        .replaceWithVoid();
  }

  /** The text, locked. */
  public Uni<Optional<Sms>> lock(Work work, UUID id) {
    return work.sql().preparedQuery(BY_ID).execute(Tuple.of(id)).map(Smses::first);
  }

  /** The text that the carrier knows by that id, locked. */
  public Uni<Optional<Sms>> lock(Work work, String provider, String providerId) {
    return work.sql()
        .preparedQuery(BY_PROVIDER_ID)
        .execute(Tuple.of(provider, providerId))
        .map(Smses::first);
  }

  /** Writes what may change of a locked text. */
  public Uni<Void> save(Work work, Sms sms) {
    Tuple values =
        Tuple.tuple()
            .addUUID(sms.id())
            .addInteger(sms.segments())
            .addString(sms.dispatch().column())
            .addString(sms.status().wire())
            .addString(sms.code())
            .addString(sms.reason())
            .addString(sms.providerId())
            .addOffsetDateTime(time(sms.dueAt()))
            .addOffsetDateTime(time(clock.instant()));
    return work.sql().preparedQuery(SAVE).execute(values).replaceWithVoid();
  }

  /** The first row's text. */
  public static Optional<Sms> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(sms(rows.iterator().next()));
  }

  /** An instant as the database takes it. */
  public static OffsetDateTime time(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Sms sms(Row row) {
    return new Sms(
        row.getUUID("id"),
        row.getString("tenant"),
        row.getUUID("conversation_id"),
        row.getUUID("message_id"),
        row.getString("own_number"),
        row.getString("their_number"),
        row.getString("body"),
        row.getInteger("segments"),
        Dispatch.of(row.getString("dispatch")),
        DeliveryStatus.of(row.getString("status")),
        row.getString("code"),
        row.getString("reason"),
        row.getString("provider"),
        row.getString("provider_id"),
        row.getUUID("attempt_id"),
        row.getInteger("attempts"),
        instant(row, "claimed_at"),
        instant(row, "due_at"),
        instant(row, "created_at"));
  }

  private static Instant instant(Row row, String column) {
    OffsetDateTime at = row.getOffsetDateTime(column);
    return at == null ? null : at.toInstant();
  }
}
