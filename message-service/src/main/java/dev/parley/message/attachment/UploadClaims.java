package dev.parley.message.attachment;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.message.StoredFile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Who looks at an upload: one request at a time, on whichever node. Its bytes are copied to where
 * they are downloaded from by nobody else, so what was checked is not written over. A node renews
 * what it holds for as long as that takes; where it has died, its claims end some seconds later.
 *
 * <p>The limit: a node that could not renew for so long, and is alive, may copy the bytes once more
 * while another looks at them. They are the same unless the store takes other bytes than were
 * signed for; what the first has found counts for nothing then.
 */
@ApplicationScoped
class UploadClaims {
  private static final Logger LOG = Logger.getLogger(UploadClaims.class);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  /** By the database's clock, which is one for all nodes. */
  private static final String TAKE =
      """
      update attachment set claim = $3, claimed_until = statement_timestamp() + interval '10 seconds'
      where tenant = $1 and id = $2 and state = 'uploading'
        and (claimed_until is null or claimed_until <= statement_timestamp())
      """;

  private static final String RENEW =
      """
      update attachment a set claimed_until = statement_timestamp() + interval '10 seconds'
      from unnest($1::text[], $2::uuid[], $3::uuid[]) c(tenant, id, claim)
      where a.tenant = c.tenant and a.id = c.id and a.claim = c.claim and a.state = 'uploading'
      """;
  private static final String HOLD =
      """
      select id from attachment
      where tenant = $1 and id = $2 and state = 'uploading' and claim = $3
      for update
      """;
  private static final String RELEASE =
      """
      update attachment set claimed_until = null
      where tenant = $1 and id = $2 and state = 'uploading' and claim = $3
      """;

  private final Vertx vertx;
  private final Tx tx;
  private final Set<Claim> held = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean renewing = new AtomicBoolean();

  UploadClaims(Vertx vertx, Tx tx) {
    this.vertx = vertx;
    this.tx = tx;
  }

  /** One request's, on an upload. */
  record Claim(StoredFile file, UUID id) {
    private Tuple key() {
      return Tuple.of(file.tenant(), file.id(), id);
    }
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(RENEWAL.toMillis(), timer -> renew());
  }

  /** Claims it until {@link #release}, if nobody else has. */
  Uni<Optional<Claim>> take(StoredFile file) {
    Claim claim = new Claim(file, Ids.next());
    return tx.in(file.tenant())
        .change(TAKE, claim.key())
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                return Optional.empty();
              }
              held.add(claim);
              return Optional.of(claim);
            });
  }

  /** Whether that claim holds still; then it does until the work's end. */
  Uni<Boolean> isHeld(Work work, Claim claim) {
    return work.sql().preparedQuery(HOLD).execute(claim.key()).map(rows -> rows.size() == 1);
  }

  /** Ends it: what is still an upload the next may look at. */
  Uni<Void> release(Claim claim) {
    held.remove(claim);
    return tx.in(claim.file().tenant()).change(RELEASE, claim.key()).replaceWithVoid();
  }

  private void renew() {
    List<Claim> all = List.copyOf(held);
    if (all.isEmpty() || !renewing.compareAndSet(false, true)) {
      return;
    }
    Tuple keys =
        Tuple.of(
            all.stream().map(claim -> claim.file().tenant()).toArray(String[]::new),
            all.stream().map(claim -> claim.file().id()).toArray(UUID[]::new),
            all.stream().map(Claim::id).toArray(UUID[]::new));
    tx.ofAllTenants()
        .change(RENEW, keys)
        .onTermination()
        .invoke(() -> renewing.set(false))
        .subscribe()
        .with(
            done -> {},
            failure -> LOG.warnf("claims not renewed: %s", failure.getClass().getName()));
  }
}
