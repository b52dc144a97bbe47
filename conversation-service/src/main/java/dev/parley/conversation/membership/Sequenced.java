package dev.parley.conversation.membership;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.State;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Waits, up to 1 s, until message-service has given a change of membership its place among the
 * messages and the record is back. From then on the change holds in every service that has read so
 * far (product.md §1, "Rights and messages have one order").
 */
@ApplicationScoped
class Sequenced {
  private final Waiter waiter;
  private final Members members;
  private final Tx tx;

  Sequenced(Waiter waiter, Members members, Tx tx) {
    this.waiter = waiter;
    this.members = members;
    this.tx = tx;
  }

  /** The memberships, and whether none of them is on its way any more. */
  record Outcome(boolean done, List<Membership> members) {}

  /** Waits for all of them. */
  Uni<Outcome> await(Conversation conversation, Collection<UUID> ids) {
    return waiter
        .await(
            "members/" + conversation.id(),
            () ->
                members
                    .find(tx::read, conversation, ids)
                    .map(found -> Optional.of(found).filter(Sequenced::settled)))
        .flatMap(
            settled ->
                settled.isPresent()
                    ? Uni.createFrom().item(new Outcome(true, settled.get()))
                    : members
                        .find(tx::read, conversation, ids)
                        .map(late -> new Outcome(settled(late), late)));
  }

  private static boolean settled(List<Membership> found) {
    return found.stream()
        .noneMatch(one -> one.state() == State.REQUESTED || one.state() == State.REMOVING);
  }
}
