package dev.parley.conversation.me;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Settings;
import dev.parley.conversation.copy.NumberCopies;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who one is here, and what holds. */
@ApplicationScoped
class ReadMe {
  private final Settings settings;
  private final Records records;
  private final NumberCopies numbers;
  private final Tx tx;

  ReadMe(Settings settings, Records records, NumberCopies numbers, Tx tx) {
    this.settings = settings;
    this.records = records;
    this.numbers = numbers;
    this.tx = tx;
  }

  /** The caller, by the name that others see; numbers only of staff. */
  Uni<MeView> read(Caller caller) {
    return name(caller)
        .flatMap(
            name ->
                held(caller)
                    .flatMap(
                        own ->
                            settings
                                .of(caller.tenant())
                                .map(set -> MeView.of(caller, name, set.open(), own))));
  }

  private Uni<String> name(Caller caller) {
    return records
        .find(
            tx::read, caller.tenant(), caller.isClient() ? "contact" : "user", List.of(caller.id()))
        .map(
            found -> {
              RecordCopy self = found.get(caller.id());
              return self == null || self.name() == null ? caller.name() : self.name();
            });
  }

  private Uni<List<String>> held(Caller caller) {
    return caller.isClient()
        ? Uni.createFrom().item(List.of())
        : numbers.heldBy(tx::read, caller.tenant(), caller.id());
  }
}
