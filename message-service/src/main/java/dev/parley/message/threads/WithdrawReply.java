package dev.parley.message.threads;

import dev.parley.message.OnDeletion;
import dev.parley.message.Replies;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** With a reply its root's figures change. */
@ApplicationScoped
class WithdrawReply implements OnDeletion {
  private final Replies replies;

  WithdrawReply(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return held.message().threadRoot() == null
        ? Uni.createFrom().voidItem()
        : replies.withdrawn(held);
  }
}
