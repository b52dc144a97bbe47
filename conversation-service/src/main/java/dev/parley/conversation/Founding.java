package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Brings a conversation into being: once, with its first members, and tells of it. */
@ApplicationScoped
public class Founding {
  private final Conversations conversations;
  private final Members members;
  private final ConversationLog log;

  Founding(Conversations conversations, Members members, ConversationLog log) {
    this.conversations = conversations;
    this.members = members;
    this.log = log;
  }

  /**
   * Stores and tells of it, unless its unique key is taken: of many at once one creates, the others
   * wait for it and get false.
   */
  public Uni<Boolean> found(Work work, Actor actor, Conversation c, List<Membership> first) {
    return conversations
        .insert(work, c, first.size())
        .flatMap(
            created ->
                created
                    ? members
                        .insert(work, c, first)
                        .invoke(() -> log.created(work, actor, c, first))
                        .replaceWith(true)
                    : Uni.createFrom().item(false));
  }
}
