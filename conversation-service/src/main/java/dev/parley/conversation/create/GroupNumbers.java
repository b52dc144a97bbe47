package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.PhonePairs;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.copy.NumberCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the number of ours from which a mixed group writes (product.md §5): the one asked for;
 * where an outside number is bound to it, another that the caller holds; else, if asked, the one
 * asked for is taken over from SMS conversations, which are archived.
 */
@ApplicationScoped
class GroupNumbers {
  private final PhonePairs pairs;
  private final NumberCopies own;
  private final Conversations conversations;
  private final ConversationLog log;
  private final Access access;

  GroupNumbers(
      PhonePairs pairs,
      NumberCopies own,
      Conversations conversations,
      ConversationLog log,
      Access access) {
    this.pairs = pairs;
    this.own = own;
    this.conversations = conversations;
    this.log = log;
    this.access = access;
  }

  /**
   * The group with its number of ours.
   *
   * @throws Problem 409 {@code number_in_use}
   */
  Uni<Conversation> settled(Work work, Caller caller, Conversation made, boolean takeOver) {
    if (made.type() != ConversationType.GROUP || made.numbers().isEmpty()) {
      return Uni.createFrom().item(made);
    }
    Query query = Query.in(work);
    return own.heldBy(query, caller.tenant(), caller.id())
        .flatMap(
            held -> {
              Set<String> choice = new LinkedHashSet<>();
              choice.add(made.ownNumber());
              choice.addAll(held);
              List<String> ours = List.copyOf(choice);
              return free(query, made, ours, 0)
                  .flatMap(
                      found ->
                          found.isPresent()
                              ? Uni.createFrom().item(found.get())
                              : taken(work, caller, made.from(ours.get(0)), takeOver));
            });
  }

  private Uni<Optional<Conversation>> free(
      Query query, Conversation made, List<String> ours, int at) {
    if (at == ours.size()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return pairs
        .taken(query, made.tenant(), ours.get(at), made.numbers())
        .flatMap(
            taken ->
                taken.isEmpty()
                    ? Uni.createFrom().item(Optional.of(made.from(ours.get(at))))
                    : free(query, made, ours, at + 1));
  }

  private Uni<Conversation> taken(Work work, Caller caller, Conversation made, boolean takeOver) {
    if (!takeOver) {
      throw inUse();
    }
    Query query = Query.in(work);
    return pairs
        .taken(query, made.tenant(), made.ownNumber(), made.numbers())
        .flatMap(
            theirs -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String their : theirs) {
                all =
                    all.chain(() -> pairs.holder(query, made.tenant(), made.ownNumber(), their))
                        .flatMap(holder -> archive(work, caller, holder));
              }
              return all;
            })
        .replaceWith(made);
  }

  private Uni<Void> archive(Work work, Caller caller, Optional<UUID> holder) {
    if (holder.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return access
        .lock(work, caller, holder.get().toString())
        .onFailure(Problem.class)
        .transform(e -> inUse())
        .map(Seen::conversation)
        .flatMap(
            sms -> {
              if (sms.type() != ConversationType.SMS) {
                throw inUse();
              }
              Conversation archived = sms.in(ConversationState.ARCHIVED);
              return conversations
                  .update(work, archived)
                  .chain(
                      () ->
                          log.changed(
                              work, caller.actor(), EventType.CONVERSATION_ARCHIVED, archived));
            });
  }

  private static Problem inUse() {
    return Problem.at(
        Code.NUMBER_IN_USE, "externalNumbers", "write to another conversation with this number");
  }
}
