package dev.parley.conversation.me;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Settings;
import dev.parley.conversation.copy.NumberCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who one is here, and what holds. */
@ApplicationScoped
class ReadMe {
  private final Settings settings;
  private final Tx tx;
  private final NumberCopies numbers;

  ReadMe(Settings settings, Tx tx, NumberCopies numbers) {
    this.settings = settings;
    this.tx = tx;
    this.numbers = numbers;
  }

  /** The caller; numbers only of staff. */
  Uni<MeView> read(Caller caller) {
    Uni<List<String>> held =
        caller.isClient()
            ? Uni.createFrom().item(List.of())
            : numbers.heldBy(tx::read, caller.tenant(), caller.id());
    return held.flatMap(
        own -> settings.of(caller.tenant()).map(set -> MeView.of(caller, set.open(), own)));
  }
}
