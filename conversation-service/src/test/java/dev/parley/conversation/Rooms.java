package dev.parley.conversation;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.Posting;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Conversations of any type with given members, founded without a request. */
@ApplicationScoped
public class Rooms {
  private static final AtomicLong NUMBERS = new AtomicLong(5_550_200_000L);

  /** No record says who is in it: they stay all the same; and it is as if it had been used. */
  private static final String STAYS =
      """
      with used as (
        update activity set unused_upto = -1 where tenant = $1 and conversation_id = $2)
      delete from derivation_due where tenant = $1 and conversation_id = $2
      """;

  private final Tx tx;
  private final Founding founding;

  Rooms(Tx tx, Founding founding) {
    this.tx = tx;
    this.founding = founding;
  }

  /**
   * One that has been founded.
   *
   * @param members their ids, by person
   */
  public record Room(String id, Map<String, String> members) {}

  /** Founds one; the first of the {@code users} is its owner where the type has one. */
  public Room found(
      Team team,
      ConversationType type,
      String key,
      MemberSource source,
      List<String> users,
      List<String> clients) {
    UUID id = Ids.next();
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Membership> members = new ArrayList<>();
    users.forEach(
        user ->
            members.add(member(id, MemberKind.USER, user, role(type, users, user), source, at)));
    clients.forEach(client -> members.add(member(id, MemberKind.CLIENT, client, null, source, at)));
    String their = type == ConversationType.SMS ? "+1" + NUMBERS.incrementAndGet() : null;
    if (their != null) {
      members.add(member(id, MemberKind.PHONE, their, null, MemberSource.DERIVED, at));
    }
    Conversation made =
        ConversationBuilder.builder()
            .id(id)
            .tenant(team.tenant())
            .type(type)
            .uniqueKey(key)
            .name(type == ConversationType.CHANNEL ? "c" + id : "Room")
            .subject(type == ConversationType.SUBJECT ? "Subject" : null)
            .state(ConversationState.OPEN)
            .posting(type == ConversationType.CHANNEL ? Posting.ALL : null)
            .createdBy(users.isEmpty() ? "system" : users.get(0))
            .createdAt(at)
            .version(1)
            .ownNumber(their == null ? null : "+15550100001")
            .externalNumbers(their == null ? null : List.of(their))
            .build();
    tx.write(
            work ->
                founding
                    .found(work, Actor.SYSTEM, made, members)
                    .call(() -> Query.in(work).run(STAYS, Tuple.of(team.tenant(), id))))
        .await()
        .atMost(Duration.ofSeconds(30));
    Map<String, String> ids = new HashMap<>();
    members.forEach(member -> ids.put(member.subjectId(), member.id().toString()));
    return new Room(id.toString(), ids);
  }

  private static MemberRole role(ConversationType type, List<String> users, String user) {
    MembershipPolicy policy = MembershipPolicy.of(type);
    if (type == ConversationType.DIRECT || policy.creator() == MembershipPolicy.Creator.NONE) {
      return policy.others();
    }
    if (user.equals(users.get(0))) {
      return MemberRole.OWNER;
    }
    return user.startsWith("ada") ? MemberRole.ADMIN : MemberRole.MEMBER;
  }

  private static Membership member(
      UUID id, MemberKind kind, String who, MemberRole role, MemberSource source, Instant at) {
    return Membership.initial(id, kind, who, Team.nameOf(who), role, source, at);
  }
}
