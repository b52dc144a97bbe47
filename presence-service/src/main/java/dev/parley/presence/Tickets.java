package dev.parley.presence;

import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tickets: what a browser puts into the socket's address instead of its token.
 *
 * <p>A ticket is sealed, so any node opens what any other gave out; it works for 30 s and once: its
 * id is burnt in the database that all nodes share. What is sealed in it was read from the verified
 * token, and it never outlives that token.
 */
@ApplicationScoped
public class Tickets {
  public static final Duration TTL = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(Tickets.class);
  private static final String SCOPE = "ticket";
  private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
  private static final String BURN =
      "insert into ticket (id, used_at) values ($1, clock_timestamp()) on conflict do nothing";
  private static final String PURGE =
      "delete from ticket where used_at < clock_timestamp() - interval '5 minutes'";

  private final Cursors seals;
  private final Tx tx;
  private final Clock clock;

  Tickets(Cursors seals, Tx tx, Clock clock) {
    this.seals = seals;
    this.tx = tx;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(
        PURGE_EVERY.toMillis(),
        timer ->
            tx.change(PURGE, Tuple.tuple())
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("purge of tickets put off")));
  }

  /** A ticket for the session. */
  public String issue(Session session) {
    Sealed sealed = new Sealed(Ids.next(), clock.instant(), session);
    return seals.seal(SCOPE, Json.text(sealed));
  }

  /**
   * Takes the ticket, once and for all.
   *
   * @return its session; 401 when it is none of ours, too old, or was used
   */
  public Uni<Session> take(String ticket) {
    Sealed sealed = open(ticket);
    Instant now = clock.instant();
    if (sealed == null
        || sealed.at().isBefore(now.minus(TTL))
        || !sealed.session().expiresAt().isAfter(now)) {
      return Uni.createFrom().failure(refused());
    }
    return tx.change(BURN, Tuple.of(sealed.id()))
        .map(
            burnt -> {
              if (burnt.rowCount() == 0) {
                throw refused();
              }
              return sealed.session();
            });
  }

  private Sealed open(String ticket) {
    byte[] opened = seals.open(SCOPE, ticket);
    return opened == null
        ? null
        : Json.read(new String(opened, StandardCharsets.UTF_8), Sealed.class);
  }

  private static Problem refused() {
    return Problem.of(Code.UNAUTHENTICATED, "The ticket is unknown, too old or used.");
  }

  private record Sealed(UUID id, Instant at, Session session) {}
}
