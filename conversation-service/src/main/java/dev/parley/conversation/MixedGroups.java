package dev.parley.conversation;

import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Outside numbers in groups (product.md §5, "Mixed conversations"): at most 50, each bound with our
 * number of the group, so that what they write comes here.
 */
@ApplicationScoped
public class MixedGroups {
  /** How many outside numbers a group may have. */
  public static final int MOST = 50;

  private final Conversations conversations;
  private final ConversationLog log;

  MixedGroups(Conversations conversations, ConversationLog log) {
    this.conversations = conversations;
    this.log = log;
  }

  /**
   * Numbers that have come into a group with a number of ours, that the work has locked.
   *
   * @throws Problem 409 {@code number_in_use} where one is bound elsewhere
   */
  public Uni<Void> take(Work work, Actor actor, Conversation conversation, List<String> numbers) {
    if (numbers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<String> all = new ArrayList<>(conversation.numbers());
    all.addAll(numbers);
    if (all.size() > MOST) {
      throw Problem.invalid("members", "would be more than " + MOST + " outside numbers");
    }
    return changed(work, actor, conversation, conversation.withNumbers(all));
  }

  /** A number that has left. */
  public Uni<Void> leave(Work work, Actor actor, Conversation conversation, String number) {
    List<String> left = new ArrayList<>(conversation.numbers());
    left.remove(number);
    return changed(work, actor, conversation, conversation.withNumbers(left));
  }

  private Uni<Void> changed(Work work, Actor actor, Conversation now, Conversation next) {
    return conversations.update(work, next).chain(() -> log.updated(work, actor, now, next));
  }
}
