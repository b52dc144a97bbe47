package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Brings a conversation into being: once, with its first members, and tells of it. */
@ApplicationScoped
public class Founding {
  private static final String UNUSED =
      "update activity set unused_upto = $3 where tenant = $1 and conversation_id = $2";

  private final Conversations conversations;
  private final Members members;
  private final ConversationLog log;
  private final Derivations derivations;

  Founding(
      Conversations conversations, Members members, ConversationLog log, Derivations derivations) {
    this.conversations = conversations;
    this.members = members;
    this.log = log;
    this.derivations = derivations;
  }

  /**
   * Stores and tells of it, unless its unique key is taken: of many at once one creates, the others
   * wait for it and get false.
   */
  public Uni<Boolean> found(Work work, Actor actor, Conversation c, List<Membership> first) {
    return found(work, actor, c, first, null, null);
  }

  /**
   * The same for what stands for records of the CRM.
   *
   * @param holder of our number, for SMS; else null
   * @param welcome text of message 1, or null; a client's own channel is not listed for staff
   *     before another message has come
   */
  public Uni<Boolean> found(
      Work work,
      Actor actor,
      Conversation c,
      List<Membership> first,
      String holder,
      String welcome) {
    return conversations
        .insert(work, c, first.size())
        .flatMap(
            created ->
                created
                    ? members
                        .insert(work, c, first)
                        .chain(() -> derivations.begin(work, c, holder, owner(first)))
                        .chain(() -> unused(work, c, welcome))
                        .invoke(() -> log.created(work, actor, c, first, welcome))
                        .replaceWith(true)
                    : Uni.createFrom().item(false));
  }

  private static String owner(List<Membership> first) {
    return first.stream()
        .filter(one -> one.role() == MemberRole.OWNER && one.source() == MemberSource.DERIVED)
        .map(Membership::subjectId)
        .findFirst()
        .orElse(null);
  }

  private static Uni<?> unused(Work work, Conversation c, String welcome) {
    return c.type() == ConversationType.CLIENT
        ? Query.in(work).run(UNUSED, Tuple.of(c.tenant(), c.id(), welcome == null ? 0L : 1L))
        : Uni.createFrom().voidItem();
  }
}
