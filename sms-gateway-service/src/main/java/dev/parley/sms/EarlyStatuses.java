package dev.parley.sms;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.DeliveryStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Statuses that carriers told before we knew the text they are about: kept for 24 h after they were
 * told last (product.md §5).
 */
@ApplicationScoped
public class EarlyStatuses {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final String KEEP =
      """
      insert into status_event (provider, provider_id, status, code, reason, received_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (provider, provider_id, status) do update set received_at = excluded.received_at
      """;
  private static final String TAKE =
      """
      delete from status_event where provider = $1 and provider_id = $2
      returning status, code, reason
      """;
  private static final String FORGET = "delete from status_event where received_at < $1";

  private final Tx tx;
  private final Clock clock;

  EarlyStatuses(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Keeps a status whose text is not known; the carrier's id must be locked. */
  public Uni<Void> keep(Work work, String provider, Sms.News news) {
    Tuple values =
        Tuple.tuple()
            .addString(provider)
            .addString(news.providerId())
            .addString(news.status().wire())
            .addString(news.code())
            .addString(news.reason())
            .addOffsetDateTime(Smses.time(clock.instant()));
    return work.sql().preparedQuery(KEEP).execute(values).replaceWithVoid();
  }

  /** What was kept for a text, lowest status first; from now on it is not. */
  public Uni<List<Sms.News>> take(Work work, String provider, String providerId) {
    return work.sql()
        .preparedQuery(TAKE)
        .execute(Tuple.of(provider, providerId))
        .map(
            rows -> {
              List<Sms.News> kept = new ArrayList<>();
              for (Row row : rows) {
                kept.add(
                    new Sms.News(
                        providerId,
                        DeliveryStatus.of(row.getString("status")),
                        row.getString("code"),
                        row.getString("reason"),
                        0));
              }
              kept.sort(Comparator.comparingInt(news -> news.status().rank()));
              return kept;
            });
  }

  /** Forgets what nobody asked for in time. */
  public Uni<Void> forget() {
    return tx.change(FORGET, Tuple.of(Smses.time(clock.instant().minus(KEPT)))).replaceWithVoid();
  }
}
