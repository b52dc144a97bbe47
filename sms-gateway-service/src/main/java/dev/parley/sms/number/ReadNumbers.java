package dev.parley.sms.number;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.sms.OwnNumber;
import dev.parley.sms.OwnNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Reads numbers for whoever may see them. */
@ApplicationScoped
class ReadNumbers {
  private final OwnNumbers numbers;
  private final Cursors cursors;

  ReadNumbers(OwnNumbers numbers, Cursors cursors) {
    this.numbers = numbers;
    this.cursors = cursors;
  }

  /** The tenant's number, or 404. */
  Uni<NumberView> one(Caller caller, String e164) {
    return numbers
        .find(caller, e164)
        .map(found -> NumberView.of(found.orElseThrow(Problem::notFound)));
  }

  /** The tenant's numbers, by number. */
  Uni<Page<NumberView>> page(Caller caller, String cursor, int limit) {
    String scope = Cursors.scope("numbers", caller);
    String after = cursor == null ? "" : cursors.require(scope, cursor);
    return numbers
        .page(caller, after, limit + 1)
        .map(
            found -> {
              List<OwnNumber> items = found.subList(0, Math.min(limit, found.size()));
              String next =
                  found.size() > limit ? cursors.seal(scope, items.get(limit - 1).e164()) : null;
              return new Page<>(items.stream().map(NumberView::of).toList(), next);
            });
  }

  /** The numbers that the caller holds; the first is the default. */
  Uni<Page<SenderView>> senders(Caller caller) {
    return numbers
        .heldBy(caller)
        .map(
            held -> {
              List<SenderView> items = new ArrayList<>();
              for (OwnNumber number : held) {
                items.add(new SenderView(number.e164(), number.label(), items.isEmpty()));
              }
              return new Page<>(items, null);
            });
  }
}
