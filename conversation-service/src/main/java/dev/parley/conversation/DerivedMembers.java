package dev.parley.conversation;

import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who belongs to conversations by the records as they are now (product.md §1): one statement for
 * many conversations, however many members they have.
 *
 * <p>Into a deal room come users whom the CRM knows as active; elsewhere a user counts until the
 * CRM says inactive or deleted, since people's records may come after those that name them.
 */
@ApplicationScoped
public class DerivedMembers {
  private static final String WANTED =
      """
      with target as (
        select * from jsonb_to_recordset($1::text::jsonb)
          as t(id uuid, tenant text, type text, subject text, users text[])),
      named as (
        select t.id, t.tenant, t.type, u.id as user_id from target t
        cross join unnest(t.users) as u(id)
        union
        select t.id, t.tenant, t.type, u.id from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'contact' and r.id = t.subject
          and not r.deleted
        cross join unnest(r.linked) as u(id)
        where t.type in ('client', 'sms')
        union
        select t.id, t.tenant, t.type, u.id from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'company' and r.id = t.subject
          and not r.deleted
        cross join unnest(r.linked) as u(id)
        where t.type = 'company'
        union
        select t.id, t.tenant, t.type, u.id from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'contact' and not r.deleted
          and r.is_client and r.company_id = t.subject
        cross join unnest(r.assignees) as u(id)
        where t.type = 'company'
        union
        select t.id, t.tenant, t.type, r.data::json ->> 'ownerId' from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'deal' and r.id = t.subject
          and not r.deleted
        where t.type = 'deal_room'
        union
        select t.id, t.tenant, t.type, u.id from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'deal' and r.id = t.subject
          and not r.deleted
        join record_copy o on o.tenant = t.tenant and o.type = 'company' and o.id = r.company_id
          and not o.deleted
        cross join json_array_elements_text(o.data::json -> 'accountTeam') as u(id)
        where t.type = 'deal_room'),
      wanted as (
        select n.id, n.tenant, 'user' as kind, n.user_id as subject_id,
               coalesce(u.name, n.user_id) as name
        from named n
        left join record_copy u on u.tenant = n.tenant and u.type = 'user' and u.id = n.user_id
        where n.user_id is not null
          and coalesce(u.active and not u.deleted, n.type <> 'deal_room')
        union all
        select t.id, t.tenant, 'client', r.id, coalesce(r.name, r.id) from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'contact' and r.id = t.subject
          and not r.deleted and r.is_client
        where t.type = 'client'
        union all
        select t.id, t.tenant, 'client', r.id, coalesce(r.name, r.id) from target t
        join record_copy r on r.tenant = t.tenant and r.type = 'contact' and not r.deleted
          and r.is_client and r.company_id = t.subject
        where t.type = 'company')
      """;

  private static final String ALL =
      WANTED
          + """
          select id as conversation_id, kind, subject_id, name, null::uuid as member_id from wanted
          order by id, kind, subject_id
          """;

  /**
   * Whom conversations lack and whose reason has ended. Into deal rooms people are only added; a
   * group's clients are put in by hand, and leave when they are no longer anybody's. {@code except}
   * is linear whatever the planner believes of a statement's own tables.
   */
  private static final String DIFFERENCES =
      WANTED
          + """
          ,
          missing as (
            select tenant, id, kind, subject_id from wanted
            except
            select m.tenant, m.conversation_id, m.kind, m.subject_id from target t
            join member m on m.tenant = t.tenant and m.conversation_id = t.id
              and m.state in ('requested', 'active')),
          gone as (
            select m.tenant, m.conversation_id as id, m.kind, m.subject_id from target t
            join member m on m.tenant = t.tenant and m.conversation_id = t.id
              and m.source = 'derived' and m.state in ('requested', 'active')
              and m.kind <> 'phone'
            where t.type in ('client', 'client_group', 'company', 'sms')
            except
            select tenant, id, kind, subject_id from wanted)
          select n.id as conversation_id, n.kind, n.subject_id,
                 coalesce(r.name, n.subject_id) as name, null::uuid as member_id
          from missing n
          left join record_copy r on r.tenant = n.tenant and r.id = n.subject_id
            and r.type = case n.kind when 'user' then 'user' else 'contact' end
          union all
          select m.conversation_id, m.kind, m.subject_id, m.display_name, m.id
          from gone g
          join member m on m.tenant = g.tenant and m.conversation_id = g.id and m.kind = g.kind
            and m.subject_id = g.subject_id and m.state in ('requested', 'active')
          union all
          select m.conversation_id, m.kind, m.subject_id, m.display_name, m.id
          from target t
          join member m on m.tenant = t.tenant and m.conversation_id = t.id
            and m.kind = 'client' and m.state in ('requested', 'active')
          where t.type = 'client_group' and exists (select from record_copy r
            where r.tenant = t.tenant and r.type = 'contact' and r.id = m.subject_id
              and (r.deleted or not r.is_client))
          order by 1, 2, 3
          """;

  DerivedMembers() {}

  /**
   * A conversation as far as its derived members depend on it.
   *
   * @param subject the id of the record behind it: contact, company or deal
   * @param users who take part whatever the records say: assignee, followers, holder of our number
   */
  public record Target(UUID id, String tenant, String type, String subject, List<String> users) {
    /** Of a conversation; {@code holder} may be null. */
    public static Target of(Conversation c, String holder) {
      List<String> users =
          new ArrayList<>(
              Stream.of(c.assigneeId(), holder).filter(Objects::nonNull).distinct().toList());
      if (c.followers() != null) {
        users.addAll(c.followers());
      }
      return new Target(c.id(), c.tenant(), c.type().wire(), subject(c), users);
    }

    private static String subject(Conversation c) {
      return c.type() == ConversationType.DEAL_ROOM || c.type() == ConversationType.COMPANY
          ? c.uniqueKey().substring(c.uniqueKey().indexOf('/') + 1)
          : c.contactId();
    }
  }

  /**
   * Somebody who is to come, or to go.
   *
   * @param member the membership that is to end; null for who is to come
   */
  public record Person(UUID conversation, MemberKind kind, String id, String name, UUID member) {
    /** Whether to come, not to go. */
    public boolean isToCome() {
      return member == null;
    }

    /** Whether it is that member. */
    public boolean is(Membership one) {
      return kind == one.kind() && id.equals(one.subjectId());
    }

    /** The membership of who is there from the first message on. */
    public Membership initial(Conversation c, MemberRole role) {
      return Membership.initial(c.id(), kind, id, name, role, MemberSource.DERIVED, c.createdAt());
    }

    private static Person of(Row row) {
      return new Person(
          row.getUUID("conversation_id"),
          MemberKind.of(row.getString("kind")),
          row.getString("subject_id"),
          row.getString("name"),
          row.getUUID("member_id"));
    }

    /** Without id and name: fit for logs. */
    @Override
    public String toString() {
      return "Person[kind=" + kind + ", member=" + member + "]";
    }
  }

  /** Everybody who belongs to them. */
  public Uni<Map<UUID, List<Person>>> all(Query query, List<Target> targets) {
    return persons(query, ALL, targets);
  }

  /** What differs from those who are there. */
  public Uni<Map<UUID, List<Person>>> differences(Query query, List<Target> targets) {
    return persons(query, DIFFERENCES, targets);
  }

  private static Uni<Map<UUID, List<Person>>> persons(
      Query query, String statement, List<Target> targets) {
    if (targets.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return query
        .list(statement, Tuple.of(Json.text(targets)), Person::of)
        .map(all -> all.stream().collect(Collectors.groupingBy(Person::conversation)));
  }
}
