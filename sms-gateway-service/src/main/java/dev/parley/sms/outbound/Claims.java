package dev.parley.sms.outbound;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.Smses;
import dev.parley.sms.provider.SmsProvider;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Who deals with which text of a carrier. A claim is a transaction of its own, so no database lock
 * is held while a carrier is called; rows that another node is claiming are skipped, not waited
 * for.
 *
 * <p>A text is claimed only as the oldest of its two numbers that is not done, and none of them is
 * claimed beside another: a unique index stands behind that.
 */
@ApplicationScoped
class Claims {
  private static final String UNIQUE_VIOLATION = "23505";

  /** The number's row is locked too: it carries the pace, for all nodes. */
  private static final String NEXT =
      """
      update sms set dispatch = 'sending', attempt_id = $1, attempts = attempts + 1,
                     claimed_at = $2, due_at = $3, updated_at = $2
      where id = (
        select s.id from sms s
        join number o on o.e164 = s.own_number and o.tenant = s.tenant
        where s.provider = $4 and s.dispatch = 'waiting' and s.due_at <= $2
          and o.next_send_at <= $2
          and not exists (
            select 1 from sms b
            where b.tenant = s.tenant and b.own_number = s.own_number
              and b.their_number = s.their_number and b.dispatch <> 'done'
              and (b.n < s.n or b.dispatch <> 'waiting'))
        order by s.n limit 1
        for update of s, o skip locked)
      returning *
      """;

  private static final String PACE =
      "update number set next_send_at = greatest(next_send_at, $2) + $3::interval where e164 = $1";

  private static final String WHEN =
      """
      select min(greatest(s.due_at, o.next_send_at)) as at from sms s
      join number o on o.e164 = s.own_number and o.tenant = s.tenant
      where s.provider = $2 and s.dispatch = 'waiting'
        and greatest(s.due_at, o.next_send_at) > $1
      """;

  private static final String DOUBTFUL =
      """
      update sms set dispatch = 'in_doubt', due_at = $2, updated_at = $1
      where id = (
        select id from sms
        where provider = $3 and dispatch in ('sending', 'in_doubt') and due_at <= $1
        order by due_at limit 1
        for update skip locked)
      returning *
      """;

  private static final String HOLD =
      "update number set next_send_at = greatest(next_send_at, $2) where e164 = $1";

  private final Tx tx;
  private final SmsConfig.Dispatch config;
  private final Clock clock;
  private final String provider;

  Claims(Tx tx, SmsConfig config, Clock clock, SmsProvider provider) {
    this.tx = tx;
    this.config = config.dispatch();
    this.clock = clock;
    this.provider = provider.name();
  }

  /** Claims the text that is to leave next; empty when none may leave now. */
  Uni<Optional<Sms>> next() {
    Instant now = clock.instant();
    OffsetDateTime due = Smses.time(now.plus(config.stuckAfter()));
    return tx.write(
            work ->
                work.sql()
                    .preparedQuery(NEXT)
                    .execute(Tuple.of(Ids.next(), Smses.time(now), due, provider))
                    .map(Smses::first)
                    .call(sms -> sms.map(s -> pace(work, s, now)).orElse(nothing())))
        .onFailure(Claims::isTaken)
        .recoverWithItem(Optional.empty());
  }

  /** When the next text may leave that may not now; empty when none waits. */
  Uni<Optional<Instant>> nextAt() {
    return tx.read(WHEN, Tuple.of(Smses.time(clock.instant()), provider))
        .map(
            rows ->
                Optional.ofNullable(rows.iterator().next().getOffsetDateTime("at"))
                    .map(OffsetDateTime::toInstant));
  }

  /**
   * Claims a text whose claim was never reported on, or that is in doubt and due; for as long as a
   * look-up takes at most.
   */
  Uni<Optional<Sms>> doubtful() {
    Instant now = clock.instant();
    OffsetDateTime due = Smses.time(now.plus(config.stuckAfter()));
    return tx.write(
        work ->
            work.sql()
                .preparedQuery(DOUBTFUL)
                .execute(Tuple.of(Smses.time(now), due, provider))
                .map(Smses::first));
  }

  /** Lets nothing leave from the number until then. */
  Uni<Void> hold(Work work, String number, Instant until) {
    return work.sql()
        .preparedQuery(HOLD)
        .execute(Tuple.of(number, Smses.time(until)))
        .replaceWithVoid();
  }

  private Uni<Void> pace(Work work, Sms sms, Instant now) {
    Duration gap = Duration.ofSeconds(1).dividedBy(config.perNumberPerSecond());
    return work.sql()
        .preparedQuery(PACE)
        .execute(
            Tuple.of(sms.ownNumber(), Smses.time(now), io.vertx.pgclient.data.Interval.of(gap)))
        .replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  /** Another node has just claimed a text of the same two numbers. */
  private static boolean isTaken(Throwable failure) {
    return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
  }
}
