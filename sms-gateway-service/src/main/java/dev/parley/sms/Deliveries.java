package dev.parley.sms;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Delivery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * How far texts got. Each rise of a status is told once, in the transaction that stores it; news
 * that raises nothing changes nothing, so callbacks may come twice and in any order.
 */
@ApplicationScoped
public class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);

  private final Smses smses;
  private final EarlyStatuses early;
  private final Clock clock;

  Deliveries(Smses smses, EarlyStatuses early, Clock clock) {
    this.smses = smses;
    this.early = early;
    this.clock = clock;
  }

  /** Applies news of a text; text and carrier's id must be locked. */
  public Uni<Void> apply(Work work, Sms locked, Sms.News news) {
    if (locked.providerId() != null
        && news.providerId() != null
        && !news.providerId().equals(locked.providerId())) {
      LOG.errorf("the carrier has sms %s twice", locked.id());
      return Uni.createFrom().voidItem();
    }
    if (locked.providerId() != null || news.providerId() == null) {
      return apply(work, locked, List.of(news));
    }
    return early
        .take(work, locked.provider(), news.providerId())
        .flatMap(
            kept -> {
              kept.add(0, news);
              return apply(work, locked, kept);
            });
  }

  /** Tells the status of a text as it stands; its row must be locked or new. */
  public void tell(Work work, Sms sms) {
    Delivery delivery =
        new Delivery(
            sms.messageId(),
            sms.theirNumber(),
            sms.status(),
            sms.code(),
            sms.reason(),
            sms.segments(),
            clock.instant());
    work.emit(
        Topics.SMS,
        sms.conversationId().toString(),
        Envelope.of(
            EventType.DELIVERY_UPDATED,
            sms.tenant(),
            sms.conversationId(),
            Actor.SYSTEM,
            delivery.at(),
            delivery));
  }

  private Uni<Void> apply(Work work, Sms locked, List<Sms.News> all) {
    Sms sms = locked;
    for (Sms.News news : all) {
      Sms next = sms.after(news);
      if (next.status() != sms.status()) {
        tell(work, next);
      }
      sms = next;
    }
    return sms.equals(locked) ? Uni.createFrom().voidItem() : smses.save(work, sms);
  }
}
