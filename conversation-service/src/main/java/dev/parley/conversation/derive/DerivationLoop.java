package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.derive.Due.Noted;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Works off what is due: at once on the node that has stored the records, else, after a crash or
 * for a time that has come, with the next sweep of any node. Several nodes share the work; nothing
 * is done twice, since who takes a note deletes it in the same transaction.
 */
@ApplicationScoped
public class DerivationLoop {
  private static final Logger LOG = Logger.getLogger(DerivationLoop.class);
  private static final int RECORDS = 200;

  private final Vertx vertx;
  private final Tx tx;
  private final Due due;
  private final FoundChannels channels;
  private final Derive derive;
  private final Archival archival;
  private final Keeping keeping;
  private final Derivations derivations;
  private final DeriveConfig config;
  private final Clock clock;
  private final AtomicInteger pokes = new AtomicInteger();

  /** Of its own, so that what a request has poked works for all tenants and in nobody's name. */
  private final Context context;

  private volatile boolean stopped;

  DerivationLoop(
      Vertx vertx,
      Tx tx,
      Due due,
      FoundChannels channels,
      Derive derive,
      Archival archival,
      Keeping keeping,
      Derivations derivations,
      DeriveConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.due = due;
    this.channels = channels;
    this.derive = derive;
    this.archival = archival;
    this.keeping = keeping;
    this.derivations = derivations;
    this.config = config;
    this.clock = clock;
    this.context = vertx.getOrCreateContext();
  }

  void start(@Observes StartupEvent event) {
    derivations.workedOffBy(this::poke);
    vertx.setPeriodic(config.sweep().toMillis(), timer -> poke());
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /** Says that something is due. Many pokes make one round, one comes after the last. */
  public void poke() {
    if (!stopped && pokes.getAndIncrement() == 0) {
      context.runOnContext(go -> run());
    }
  }

  private void run() {
    int seen = pokes.get();
    round()
        .subscribe()
        .with(
            done -> rest(seen),
            failure -> {
              LOG.warnf("what is due waits for the next round: %s", failure.getClass().getName());
              pokes.set(0);
            });
  }

  private void rest(int seen) {
    if (!stopped && !pokes.compareAndSet(seen, 0)) {
      run();
    }
  }

  /** Everything that is due now. */
  Uni<Void> round() {
    return records()
        .onFailure()
        .invoke(failure -> LOG.warnf("changed records wait: %s", failure.getClass().getName()))
        .onFailure()
        .recoverWithNull()
        .chain(this::conversations)
        .chain(this::archive);
  }

  /** Notes the conversations that changed records stand behind. */
  Uni<Void> records() {
    return tx.write(
            work ->
                due.takeRecords(work, RECORDS)
                    .call(
                        taken ->
                            taken.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : channels.found(work, taken).chain(() -> due.mark(work, taken))))
        .flatMap(taken -> taken.size() < RECORDS ? Uni.createFrom().voidItem() : records());
  }

  /** Until none is left: some are noted once more by what they came to. */
  private Uni<Void> conversations() {
    return due.some(tx::read, config.batch())
        .flatMap(
            noted ->
                noted.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : derived(noted).chain(this::conversations));
  }

  private Uni<Void> derived(List<Noted> noted) {
    return tx.write(work -> derive.derive(work, noted))
        .onFailure()
        .recoverWithUni(failure -> oneByOne(noted));
  }

  /** So that one which cannot be computed holds up no other. */
  private Uni<Void> oneByOne(List<Noted> noted) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Noted one : noted) {
      done =
          done.chain(
              () ->
                  tx.write(work -> derive.derive(work, List.of(one)))
                      .onFailure()
                      .recoverWithUni(failure -> putOff(one, failure)));
    }
    return done;
  }

  private Uni<Void> putOff(Noted one, Throwable failure) {
    LOG.warnf("conversation %s is put off: %s", one.id(), failure.getClass().getName());
    return tx.write(work -> due.putOff(work, one, config.backoff()));
  }

  private Uni<Void> archive() {
    return keeping
        .due(tx::read, clock.instant(), config.batch())
        .flatMap(
            some ->
                some.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : tx.write(work -> archival.archive(work, some)));
  }
}
