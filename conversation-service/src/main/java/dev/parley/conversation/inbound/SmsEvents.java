package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.inbox.Inbox;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SmsReceived;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Texts from outside. Each is bound once, however often and in whatever order it comes: what makes
 * it one is the id that follows from the carrier's, not the event's.
 */
@ApplicationScoped
class SmsEvents implements BatchConsumer {
  private final Tx tx;
  private final Inbox inbox;
  private final BindInbound bind;

  SmsEvents(Tx tx, Inbox inbox, BindInbound bind) {
    this.tx = tx;
    this.inbox = inbox;
    this.bind = bind;
  }

  @Override
  public String name() {
    return "inbound";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.SMS_INBOUND);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    Map<UUID, Text> texts = new LinkedHashMap<>();
    for (Received received : batch) {
      if (EventType.SMS_RECEIVED.equals(received.type())) {
        Envelope event = received.envelope();
        SmsReceived sms = event.data(SmsReceived.class);
        texts.putIfAbsent(sms.messageId(), new Text(event.tenant(), sms));
      }
    }
    return texts.isEmpty() ? Uni.createFrom().voidItem() : tx.write(work -> bindFresh(work, texts));
  }

  private record Text(String tenant, SmsReceived sms) {}

  private Uni<Void> bindFresh(Work work, Map<UUID, Text> texts) {
    return inbox
        .fresh(work, name(), texts.keySet())
        .flatMap(
            fresh -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Text text : texts.values()) {
                if (fresh.contains(text.sms().messageId())) {
                  all = all.chain(() -> bind.bind(work, text.tenant(), text.sms()));
                }
              }
              return all;
            });
  }
}
