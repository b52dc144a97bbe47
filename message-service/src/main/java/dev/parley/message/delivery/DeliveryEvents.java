package dev.parley.message.delivery;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.NotYet;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Keeps on each message how far it got to each number, and tells it in the conversation's log. News
 * in any order, however often, end in the same state: a status gives way only to a later one
 * (product.md §5, Delivery).
 */
@ApplicationScoped
class DeliveryEvents implements BatchConsumer {
  private static final String KNOWN =
      """
      select status from delivery
      where tenant = $1 and message_id = $2 and recipient = $3 for update
      """;
  private static final String STORE =
      """
      insert into delivery (tenant, message_id, recipient, status, code, reason, segments, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (tenant, message_id, recipient) do update
      set status = excluded.status, code = excluded.code, reason = excluded.reason,
          segments = excluded.segments, at = excluded.at
      """;
  private static final String TOUCH =
      """
      update message set rev = $3, client_rev = coalesce(client_rev, rev)
      where tenant = $1 and id = $2
      returning seq
      """;

  private final Tx tx;
  private final Timelines timelines;

  DeliveryEvents(Tx tx, Timelines timelines) {
    this.tx = tx;
    this.timelines = timelines;
  }

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.SMS);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> events =
        batch.stream()
            .map(Received::envelope)
            .filter(event -> EventType.DELIVERY_UPDATED.equals(event.type()))
            .toList();
    return tx.write(
        work -> {
          Uni<Void> done = timelines.lockAll(work, events);
          for (Envelope event : events) {
            done = done.chain(() -> update(work, event));
          }
          return done;
        });
  }

  private Uni<Void> update(Work work, Envelope event) {
    Delivery news = event.data(Delivery.class);
    return work.sql()
        .preparedQuery(KNOWN)
        .execute(Tuple.of(event.tenant(), news.messageId(), news.to()))
        .flatMap(
            known -> isNews(known, news) ? place(work, event, news) : Uni.createFrom().voidItem());
  }

  private Uni<Void> place(Work work, Envelope event, Delivery news) {
    return timelines
        .place(work, event.tenant(), event.conversationId(), news.messageId(), false)
        .flatMap(
            place -> {
              Timelines.Place at = place.orElseThrow(() -> new NotYet("message"));
              return store(work, event, news)
                  .chain(() -> touch(work, event, news, at))
                  .invoke(seq -> tell(work, event, at, seq))
                  .replaceWithVoid();
            });
  }

  private static Uni<Void> store(Work work, Envelope event, Delivery news) {
    return work.sql()
        .preparedQuery(STORE)
        .execute(
            Tuple.tuple()
                .addString(event.tenant())
                .addUUID(news.messageId())
                .addString(news.to())
                .addString(news.status().wire())
                .addString(news.code())
                .addString(news.reason())
                .addInteger(news.segments())
                .addOffsetDateTime(news.at().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /** The seq of the message: who does not see the message is not told of it either. */
  private static Uni<Long> touch(Work work, Envelope event, Delivery news, Timelines.Place place) {
    return work.sql()
        .preparedQuery(TOUCH)
        .execute(Tuple.of(event.tenant(), news.messageId(), place.rev()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new NotYet("message");
              }
              return rows.iterator().next().getLong("seq");
            });
  }

  private static void tell(Work work, Envelope event, Timelines.Place place, long seq) {
    work.emit(
        Topics.TIMELINE,
        event.conversationId().toString(),
        new Envelope(
            event.id(),
            event.type(),
            event.version(),
            event.tenant(),
            event.conversationId(),
            seq,
            null,
            place.rev(),
            place.type(),
            event.actor(),
            event.at(),
            null,
            event.data()));
  }

  private static boolean isNews(RowSet<Row> known, Delivery news) {
    if (known.size() == 0) {
      return true;
    }
    DeliveryStatus before = DeliveryStatus.of(known.iterator().next().getString("status"));
    return before.givesWayTo(news.status());
  }
}
