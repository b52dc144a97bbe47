package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The store of memberships. Names are those of the CRM's records as they are now. */
@ApplicationScoped
public class Members {
  private static final String COLUMNS =
      """
      select m.id, m.conversation_id, m.kind, m.subject_id, m.role, m.source, m.state, m.joined_at,
             m.effective_seq, m.visible_from_seq, coalesce(r.name, m.display_name) as shown_name,
             r.data::json ->> 'avatarUrl' as avatar_url
      """;

  /**
   * The record of who is member {@code m}. {@code offset 0}: it is looked up for each of them. As a
   * plain join its key was none that an index serves, because a sub-select is not leakproof (see
   * tenant_wall.sql), and all users of the tenant were read for each member.
   */
  private static final String NAMED =
      """
      left join lateral (
        select contact_id from conversation
        where m.kind = 'phone' and tenant = m.tenant and id = m.conversation_id offset 0) c on true
      left join lateral (
        select name, data from record_copy
        where tenant = m.tenant and not deleted
          and type = case m.kind when 'user' then 'user' else 'contact' end
          and id = case m.kind when 'phone' then c.contact_id else m.subject_id end
        offset 0) r on true
      """;

  private static final String FIRST =
      COLUMNS
          + """
          from unnest($2::uuid[]) as wanted(id)
          cross join lateral (
            select * from member
            where tenant = $1 and conversation_id = wanted.id and state = 'active'
            order by joined_at, id limit 8) m
          """
          + NAMED
          + "order by m.conversation_id, m.joined_at, m.id";

  private static final String PAGE =
      COLUMNS
          + "from member m "
          + NAMED
          + """
          where m.tenant = $1 and m.conversation_id = $2 and m.state = 'active'
            and (m.joined_at, m.id) > ($3, $4)
          order by m.joined_at, m.id limit $5
          """;

  private static final String BY_ID =
      COLUMNS
          + "from member m "
          + NAMED
          + """
          where m.tenant = $1 and m.conversation_id = $2 and m.id = any($3)
          order by m.joined_at, m.id
          """;

  private static final String LIVE =
      COLUMNS
          + "from member m "
          + NAMED
          + """
          where m.tenant = $1 and m.conversation_id = $2 and m.state in ('requested', 'active')
            and m.kind = $3 and m.subject_id = any($4)
          """;

  /** Who is inactive inherits nothing. */
  private static final String HEIR =
      COLUMNS
          + """
          from (
            (select a.* from member a
             where a.tenant = $1 and a.conversation_id = $2 and a.state = 'active'
               and a.role = 'admin' and a.kind = 'user' and a.id <> $3
               and not exists (select from record_copy u where u.tenant = a.tenant
                 and u.type = 'user' and u.id = a.subject_id and (u.deleted or not u.active))
             order by a.joined_at, a.id limit 1)
            union all
            (select b.* from member b
             where b.tenant = $1 and b.conversation_id = $2 and b.state = 'active'
               and b.role = 'member' and b.kind = 'user' and b.id <> $3
               and not exists (select from record_copy u where u.tenant = b.tenant
                 and u.type = 'user' and u.id = b.subject_id and (u.deleted or not u.active))
             order by b.joined_at, b.id limit 1)) m
          """
          + NAMED
          + "order by case m.role when 'admin' then 0 else 1 end limit 1";

  private static final String OWNER =
      COLUMNS
          + "from member m "
          + NAMED
          + """
          where m.tenant = $1 and m.conversation_id = $2 and m.state in ('requested', 'active')
            and m.role = 'owner'
          order by m.joined_at, m.id limit 1
          """;

  private static final String CLIENTS_COMPANY =
      """
      select r.company_id from member m
      join record_copy r on r.tenant = m.tenant and r.type = 'contact' and r.id = m.subject_id
      where m.tenant = $1 and m.conversation_id = $2 and m.kind = 'client'
        and m.state in ('requested', 'active') and r.company_id is not null
      limit 1
      """;

  private static final String PLACES =
      "select places from activity where tenant = $1 and conversation_id = $2";

  private static final String TAKE_PLACES =
      "update activity set places = places + $3 where tenant = $1 and conversation_id = $2";

  /** Who has starred it before takes part so. */
  private static final String INSERT =
      """
      insert into member (id, tenant, conversation_id, kind, subject_id, display_name, role, source,
                          state, joined_at, effective_seq, visible_from_seq, starred)
      select x.id, $1, $2, x.kind, x.subject_id, x.name, x.role, x.source, $3, $4, $5, $6,
             coalesce(p.starred, false)
      from unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
        as x(id, kind, subject_id, name, role, source)
      left join preference p on p.tenant = $1 and p.kind = x.kind
        and p.subject_id = x.subject_id and p.conversation_id = $2
      """;

  private static final String SET_ROLE =
      "update member set role = $3 where tenant = $1 and id = $2";

  private static final String REMOVE =
      """
      with gone as (
        select id, conversation_id, state from member where tenant = $1 and id = $2),
      removed as (
        update member m set state = 'removing' from gone where m.tenant = $1 and m.id = gone.id)
      update activity a
      set places = places - 1, member_count = member_count - (gone.state = 'active')::int
      from gone
      where a.conversation_id = gone.conversation_id and gone.state in ('requested', 'active')
      """;

  private static final String REMOVE_ALL =
      """
      with gone as (
        select id, conversation_id, state from member
        where tenant = $1 and conversation_id = $2 and id = any($3)
          and state in ('requested', 'active')),
      removed as (
        update member m set state = 'removing' from gone where m.tenant = $1 and m.id = gone.id),
      counted as (
        select count(*)::int as places, (count(*) filter (where state = 'active'))::int as members
        from gone)
      update activity a
      set places = a.places - counted.places, member_count = a.member_count - counted.members
      from counted where a.tenant = $1 and a.conversation_id = $2
      """;

  Members() {}

  /** The first eight of each conversation, in order of joining. */
  public Uni<Map<UUID, List<Membership>>> first(Query query, String tenant, List<UUID> of) {
    return query
        .list(FIRST, Tuple.of(tenant, of.toArray(UUID[]::new)), Membership::of)
        .map(all -> all.stream().collect(Collectors.groupingBy(Membership::conversationId)));
  }

  /** Members after that one, in order of joining. */
  public Uni<List<Membership>> page(
      Query query, Conversation of, Instant afterTime, UUID afterId, int limit) {
    return query.list(
        PAGE,
        Tuple.of(of.tenant(), of.id(), afterTime.atOffset(ZoneOffset.UTC), afterId, limit),
        Membership::of);
  }

  /** These memberships of the conversation, in whatever state. */
  public Uni<List<Membership>> find(Query query, Conversation of, Collection<UUID> ids) {
    return query.list(
        BY_ID, Tuple.of(of.tenant(), of.id(), ids.toArray(UUID[]::new)), Membership::of);
  }

  /** The memberships of these people that are requested or active, by person. */
  public Uni<Map<String, Membership>> live(
      Query query, Conversation of, MemberKind kind, Collection<String> people) {
    return query
        .list(
            LIVE,
            Tuple.of(of.tenant(), of.id(), kind.wire(), people.toArray(String[]::new)),
            Membership::of)
        .map(
            all ->
                all.stream().collect(Collectors.toMap(Membership::subjectId, Function.identity())));
  }

  /** Who becomes owner when this one leaves: the longest-standing admin, else member. */
  public Uni<Optional<Membership>> heir(Query query, Conversation of, UUID leaving) {
    return query.first(HEIR, Tuple.of(of.tenant(), of.id(), leaving), Membership::of);
  }

  /** The owner, where there is one. */
  public Uni<Optional<Membership>> owner(Query query, Conversation of) {
    return query.first(OWNER, Tuple.of(of.tenant(), of.id()), Membership::of);
  }

  /** The company of the clients who are in it, if there are any. */
  public Uni<Optional<String>> clientsCompany(Query query, Conversation of) {
    return query.first(
        CLIENTS_COMPANY, Tuple.of(of.tenant(), of.id()), row -> row.getString("company_id"));
  }

  /** How many are members or are about to be. */
  public Uni<Integer> places(Query query, Conversation of) {
    return query
        .first(PLACES, Tuple.of(of.tenant(), of.id()), row -> row.getInteger("places"))
        .map(Optional::orElseThrow);
  }

  /** Stores new memberships of one conversation, all in the same state and of the same time. */
  public Uni<Void> insert(Work work, Conversation of, List<Membership> members) {
    if (members.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Membership any = members.get(0);
    return Query.in(work)
        .run(
            INSERT,
            Tuple.from(
                Arrays.asList(
                    of.tenant(),
                    of.id(),
                    any.state().wire(),
                    any.joinedAt().atOffset(ZoneOffset.UTC),
                    any.effectiveSeq(),
                    any.visibleFromSeq(),
                    members.stream().map(Membership::id).toArray(UUID[]::new),
                    column(members, m -> m.kind().wire()),
                    column(members, Membership::subjectId),
                    column(members, Membership::displayName),
                    column(members, m -> m.role() == null ? null : m.role().wire()),
                    column(members, m -> m.source().wire()))))
        .chain(() -> takePlaces(work, of, members))
        .replaceWithVoid();
  }

  /** Gives the member another role. */
  public Uni<Void> setRole(Work work, Conversation of, UUID member, MemberRole role) {
    return Query.in(work)
        .run(SET_ROLE, Tuple.of(of.tenant(), member, role.wire()))
        .replaceWithVoid();
  }

  /** Begins to remove the member: gone here at once, ended once it has its place in the log. */
  public Uni<Void> remove(Work work, Conversation of, UUID member) {
    return Query.in(work).run(REMOVE, Tuple.of(of.tenant(), member)).replaceWithVoid();
  }

  /** Begins to remove several at once. */
  public Uni<Void> removeAll(Work work, Conversation of, Collection<UUID> members) {
    return Query.in(work)
        .run(REMOVE_ALL, Tuple.of(of.tenant(), of.id(), members.toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  /** The first members of a conversation have their places from its beginning. */
  private static Uni<?> takePlaces(Work work, Conversation of, List<Membership> members) {
    return members.get(0).state() == Membership.State.REQUESTED
        ? Query.in(work).run(TAKE_PLACES, Tuple.of(of.tenant(), of.id(), members.size()))
        : Uni.createFrom().voidItem();
  }

  private static String[] column(List<Membership> members, Function<Membership, String> of) {
    return members.stream().map(of).toArray(String[]::new);
  }
}
