package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Members;
import dev.parley.conversation.Query;
import dev.parley.conversation.Succession;
import dev.parley.conversation.derive.Facts.Fact;
import dev.parley.conversation.derive.Keeping.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/**
 * The deal's owner owns its room (product.md §1): when the deal changes hands, the new owner
 * becomes the room's and the old one stays as admin. Once per change, so that what people hand over
 * by hand afterwards stays as they have it.
 */
@ApplicationScoped
class RoomOwner {
  private final Members members;
  private final Succession succession;
  private final Keeping keeping;

  RoomOwner(Members members, Succession succession, Keeping keeping) {
    this.members = members;
    this.succession = succession;
    this.keeping = keeping;
  }

  Uni<Void> follow(Work work, Conversation c, Kept kept, Fact fact) {
    if (c.type() != ConversationType.DEAL_ROOM
        || !fact.ownerActive()
        || Objects.equals(kept.dealOwner(), fact.owner())) {
      return Uni.createFrom().voidItem();
    }
    Query query = Query.in(work);
    return members
        .live(query, c, MemberKind.USER, List.of(fact.owner()))
        .flatMap(
            live ->
                live.isEmpty() || live.get(fact.owner()).role() == MemberRole.OWNER
                    ? Uni.createFrom().voidItem()
                    : succession.handOver(work, Actor.SYSTEM, c, live.get(fact.owner())))
        .chain(() -> keeping.owned(work, c, fact.owner()));
  }
}
