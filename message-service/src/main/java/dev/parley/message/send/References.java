package dev.parley.message.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.RecordCard;
import dev.parley.message.copy.RecordCards;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records that a message names: staff's alone, and such as its author may see. */
@ApplicationScoped
class References {
  private final RecordCards cards;
  private final Waiter waiter;

  References(RecordCards cards, Waiter waiter) {
    this.cards = cards;
    this.waiter = waiter;
  }

  /**
   * Checks that they are there.
   *
   * @param waits whether up to 1 s is waited for what the CRM has just told
   * @throws Problem 403 for clients; 422 {@code unknown_reference} naming the field, alike for what
   *     there is not and what the author may not see
   */
  Uni<Void> check(Caller caller, SendMessageRequest request, boolean waits) {
    List<RecordRef> refs = request.records();
    if (refs.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients attach no records.");
    }
    RecordRef last = refs.get(refs.size() - 1);
    Uni<Boolean> there =
        waits
            ? waiter
                .await(
                    caller.tenant() + "/" + last.type() + "/" + last.id(),
                    () -> cards.visible(caller, refs).map(seen -> all(refs, seen)))
                .map(Optional::isPresent)
            : Uni.createFrom().item(false);
    return there.flatMap(
        all ->
            all
                ? Uni.createFrom().voidItem()
                : cards.visible(caller, refs).invoke(seen -> refuse(refs, seen)).replaceWithVoid());
  }

  private static Optional<Boolean> all(List<RecordRef> refs, Map<RecordRef, RecordCard> seen) {
    return seen.keySet().containsAll(refs) ? Optional.of(true) : Optional.empty();
  }

  /** The sent message with its records as its author sees them. */
  Uni<SendMessage.Sent> shown(Caller caller, SendMessage.Sent sent) {
    ObjectNode json = Json.read(sent.json(), ObjectNode.class);
    List<RecordRef> refs = new ArrayList<>();
    json.path("records")
        .forEach(ref -> refs.add(new RecordRef(ref.get("type").asText(), ref.get("id").asText())));
    if (refs.isEmpty()) {
      return Uni.createFrom().item(sent); // Deleted meanwhile.
    }
    return cards
        .visible(caller, refs)
        .map(
            seen -> {
              List<RecordCard> shown =
                  refs.stream().map(ref -> seen.getOrDefault(ref, RecordCard.hidden(ref))).toList();
              json.set("records", Json.mapper().valueToTree(shown));
              return new SendMessage.Sent(
                  sent.id(), sent.version(), sent.repeated(), Json.text(json));
            });
  }

  private static void refuse(List<RecordRef> refs, Map<RecordRef, RecordCard> seen) {
    for (int i = 0; i < refs.size(); i++) {
      if (!seen.containsKey(refs.get(i))) {
        throw Problem.at(Code.UNKNOWN_REFERENCE, "recordRefs[" + i + "]", "is no record");
      }
    }
  }
}
