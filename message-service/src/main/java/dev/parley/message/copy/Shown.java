package dev.parley.message.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.message.MessageView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What the CRM has to say of messages, put into them when they are read and for their reader: the
 * cards of records ({@link RecordCards}) and the authors' pictures ({@link People}).
 */
@ApplicationScoped
public class Shown {
  private final RecordCards cards;
  private final People people;

  Shown(RecordCards cards, People people) {
    this.cards = cards;
    this.people = people;
  }

  /** The messages as the caller is shown them. */
  public Uni<List<MessageView>> to(Caller caller, List<MessageView> messages) {
    return cards.in(caller, messages).flatMap(carded -> people.in(caller.tenant(), carded));
  }

  /** The message as the caller is shown it. */
  public Uni<MessageView> to(Caller caller, MessageView message) {
    return to(caller, List.of(message)).map(shown -> shown.get(0));
  }
}
