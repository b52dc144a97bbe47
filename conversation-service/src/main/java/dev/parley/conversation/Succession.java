package dev.parley.conversation;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.MemberRole;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * No last owner is lost (product.md §1): where one leaves or is deactivated, the longest-standing
 * admin, else member, takes over. Where nobody active is left the owner stays.
 */
@ApplicationScoped
public class Succession {
  private static final String OWNED_BY_INACTIVE =
      """
      select m.tenant, m.conversation_id, m.subject_id, c.type
      from unnest($1::text[], $2::text[]) as told(tenant, id)
      join record_copy r on r.tenant = told.tenant and r.type = 'user' and r.id = told.id
        and (r.deleted or not r.active)
      join member m on m.tenant = told.tenant and m.kind = 'user' and m.subject_id = told.id
        and m.state = 'active' and m.role = 'owner'
      join conversation c on c.tenant = m.tenant and c.id = m.conversation_id
      order by m.conversation_id
      """;

  private final Tx tx;
  private final Conversations conversations;
  private final Members members;
  private final ConversationLog log;

  Succession(Tx tx, Conversations conversations, Members members, ConversationLog log) {
    this.tx = tx;
    this.conversations = conversations;
    this.members = members;
    this.log = log;
  }

  /** Makes the heir owner of a conversation that the work has locked, if there is one. */
  public Uni<Void> succeed(Work work, Actor actor, Conversation conversation, Membership leaving) {
    return members
        .heir(Query.in(work), conversation, leaving.id())
        .flatMap(
            heir ->
                heir.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : give(work, actor, conversation, heir.get(), MemberRole.OWNER));
  }

  /**
   * Of those who come, the first becomes owner of what nobody owns: a deal's room that came with a
   * deal without an owner, or a channel that everybody had left.
   */
  public Uni<List<Membership>> firstOwner(
      Query query, Conversation conversation, List<Membership> coming) {
    boolean joined = MembershipPolicy.of(conversation.type()).join() == Who.STAFF;
    if (!joined || coming.isEmpty()) {
      return Uni.createFrom().item(coming);
    }
    return members
        .owner(query, conversation)
        .map(
            owner -> {
              if (owner.isPresent()) {
                return coming;
              }
              List<Membership> all = new ArrayList<>(coming);
              all.set(0, coming.get(0).as(MemberRole.OWNER));
              return all;
            });
  }

  /** Makes one owner and the owner, where there is one, admin. */
  public Uni<Void> handOver(Work work, Actor actor, Conversation conversation, Membership heir) {
    return members
        .owner(Query.in(work), conversation)
        .flatMap(
            owner ->
                owner.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : give(work, actor, conversation, owner.get(), MemberRole.ADMIN))
        .chain(() -> give(work, actor, conversation, heir, MemberRole.OWNER));
  }

  /** Gives the member that role and tells of it. */
  public Uni<Void> give(
      Work work, Actor actor, Conversation conversation, Membership member, MemberRole role) {
    return members
        .setRole(work, conversation, member.id(), role)
        .invoke(() -> log.update(work, actor, conversation, member.as(role)));
  }

  /**
   * Of the users told of, whoever is inactive now hands over what they own. Repeating it changes
   * nothing.
   */
  public Uni<Void> ofInactive(List<CrmRecord> told) {
    List<CrmRecord> gone =
        told.stream()
            .filter(r -> r.type().equals("user"))
            .filter(r -> r.gone() || Boolean.FALSE.equals(r.active()))
            .toList();
    if (gone.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Tuple users =
        Tuple.of(
            gone.stream().map(CrmRecord::tenant).toArray(String[]::new),
            gone.stream().map(CrmRecord::id).toArray(String[]::new));
    Query query = tx::read;
    return query
        .list(
            OWNED_BY_INACTIVE,
            users,
            row ->
                new Owned(
                    row.getString("tenant"),
                    row.getUUID("conversation_id"),
                    row.getString("subject_id"),
                    ConversationType.of(row.getString("type"))))
        .flatMap(
            owned -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Owned one : owned) {
                if (MembershipPolicy.of(one.type()).succeeded()) {
                  all = all.chain(() -> tx.write(work -> replace(work, one)));
                }
              }
              return all;
            });
  }

  private record Owned(String tenant, UUID id, String owner, ConversationType type) {}

  private Uni<Void> replace(Work work, Owned owned) {
    Query query = Query.in(work);
    return conversations
        .lockById(work, owned.tenant(), owned.id())
        .flatMap(
            conversation ->
                members
                    .owner(query, conversation)
                    .map(now -> now.filter(one -> one.subjectId().equals(owned.owner())))
                    .flatMap(
                        now ->
                            now.isEmpty()
                                ? Uni.createFrom().<Optional<Membership>>item(Optional.empty())
                                : members.heir(query, conversation, now.get().id()))
                    .flatMap(
                        heir ->
                            heir.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : handOver(work, Actor.SYSTEM, conversation, heir.get())));
  }
}
