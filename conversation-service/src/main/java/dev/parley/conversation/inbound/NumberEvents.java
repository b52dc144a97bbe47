package dev.parley.conversation.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SmsNumber;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.Derivations.Held;
import dev.parley.conversation.copy.NumberCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Our telephone numbers, from the gateway: a projection by version. */
@ApplicationScoped
class NumberEvents implements BatchConsumer {
  private final Tx tx;
  private final NumberCopies numbers;
  private final Derivations derivations;
  private final Waiter waiter;

  NumberEvents(Tx tx, NumberCopies numbers, Derivations derivations, Waiter waiter) {
    this.tx = tx;
    this.numbers = numbers;
    this.derivations = derivations;
    this.waiter = waiter;
  }

  @Override
  public String name() {
    return "numbers";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.SMS_NUMBERS);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<NumberCopies.Told> told =
        batch.stream()
            .filter(one -> EventType.NUMBER_UPDATED.equals(one.type()))
            .map(Received::envelope)
            .map(NumberEvents::told)
            .toList();
    return told.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(
                work ->
                    numbers
                        .upsert(work, told)
                        .flatMap(changed -> derivations.held(work, held(changed))))
            .invoke(derivations::poke)
            .invoke(
                () ->
                    waiter.arrived(
                        told.stream().map(one -> one.tenant() + "/numbers").distinct().toList()));
  }

  /** Of several states of a number the last. */
  private static List<Held> held(List<NumberCopies.Told> changed) {
    Map<String, Held> byNumber = new LinkedHashMap<>();
    for (NumberCopies.Told one : changed) {
      SmsNumber number = one.number();
      byNumber.put(number.e164(), new Held(one.tenant(), number.e164(), number.userId()));
    }
    return List.copyOf(byNumber.values());
  }

  private static NumberCopies.Told told(Envelope event) {
    return new NumberCopies.Told(event.tenant(), event.data(SmsNumber.class));
  }
}
