package dev.parley.chassis.app;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.NotYet;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.inbox.Inbox;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An effect that is not idempotent by itself, behind the inbox. */
@ApplicationScoped
public class ProbeEvents implements BatchConsumer {
  private final Set<String> poison = ConcurrentHashMap.newKeySet();
  private final Set<String> early = ConcurrentHashMap.newKeySet();
  private final AtomicInteger notYets = new AtomicInteger();
  private final Tx tx;
  private final Inbox inbox;

  ProbeEvents(Tx tx, Inbox inbox) {
    this.tx = tx;
    this.inbox = inbox;
  }

  /** Types that this consumer cannot process, until they are taken out. */
  public Set<String> poison() {
    return poison;
  }

  /** Types that are not to be processed yet. */
  public Set<String> early() {
    return early;
  }

  /** How often something was not to be processed yet. */
  public int notYets() {
    return notYets.get();
  }

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.CONVERSATION);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> events = batch.stream().map(Received::envelope).toList();
    return tx.write(
        work ->
            inbox
                .fresh(work, name(), events.stream().map(Envelope::id).toList())
                .flatMap(fresh -> effects(work, events, fresh)));
  }

  private Uni<Void> effects(Work work, List<Envelope> events, Set<UUID> fresh) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Envelope event : events) {
      if (fresh.remove(event.id())) {
        all = all.chain(() -> effect(work, event));
      }
    }
    return all;
  }

  private Uni<Void> effect(Work work, Envelope event) {
    if (poison.contains(event.type())) {
      throw new IllegalArgumentException("cannot be processed");
    }
    if (early.contains(event.type())) {
      notYets.incrementAndGet();
      throw new NotYet("what it needs");
    }
    if (event.type().startsWith("probe.asked")) {
      work.emit(Topics.TIMELINE, event.tenant() + "a", answer(event));
    }
    return work.sql()
        .preparedQuery("insert into effect (tenant, event_id, times) values ($1, $2, 1)")
        .execute(Tuple.of(event.tenant(), event.id()))
        .replaceWithVoid();
  }

  /** What this consumer says in turn. */
  private static Envelope answer(Envelope event) {
    return Envelope.of(
        "probe.answered",
        event.tenant(),
        event.conversationId(),
        event.actor(),
        event.at(),
        event.data());
  }
}
