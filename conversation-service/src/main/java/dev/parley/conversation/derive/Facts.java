package dev.parley.conversation.derive;

import dev.parley.contracts.Json;
import dev.parley.conversation.DerivedMembers.Target;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the records say of conversations besides who is in them. */
@ApplicationScoped
class Facts {
  private static final String FACTS =
      """
      with target as (
        select * from jsonb_to_recordset($1::text::jsonb)
          as t(id uuid, tenant text, type text, subject text, users text[]))
      select t.id, r.name, coalesce(r.deleted, false) as gone,
             coalesce((r.data::json ->> 'closed')::boolean, false) as closed,
             case when not r.deleted then r.data::json ->> 'ownerId' end as owner_id,
             array(select json_array_elements_text(r.data::json -> 'followers')
                   where not r.deleted) as followers,
             coalesce(not r.deleted and u.active and not u.deleted, false) as owner_active,
             g.companies,
             case when not exists (select from record_copy y
                 where y.tenant = t.tenant and y.type = 'contact'
                   and y.id = r.data::json ->> 'mergedInto'
                   and y.data::json ->> 'mergedInto' = t.subject)
               then r.data::json ->> 'mergedInto' end as merged_into
      from target t
      left join lateral (
        select o.deleted, o.name, o.data from record_copy o
        where o.tenant = t.tenant and o.id = t.subject
          and o.type = case t.type when 'deal_room' then 'deal' when 'company' then 'company'
                                   else 'contact' end
        limit 1) r on true
      left join lateral (
        select o.deleted, o.active from record_copy o
        where o.tenant = t.tenant and o.type = 'user' and o.id = r.data::json ->> 'ownerId'
        limit 1) u on true
      left join lateral (
        select count(distinct coalesce(k.company_id, '')) as companies
        from member m
        join record_copy k on k.tenant = m.tenant and k.type = 'contact' and k.id = m.subject_id
          and not k.deleted and k.is_client
        where m.tenant = t.tenant and m.conversation_id = t.id and m.kind = 'client'
          and m.state in ('requested', 'active') and t.type = 'client_group') g on true
      """;

  Facts() {}

  /**
   * Of one conversation.
   *
   * @param name of the record behind it, or null
   * @param gone the record behind it has been deleted
   * @param closed the deal is closed
   * @param owner of the record, or null
   * @param followers of the contact
   * @param ownerActive whether the CRM knows that user as active
   * @param mergedInto the contact that took the contact's place, or null
   * @param companies of how many companies a group's clients are
   */
  record Fact(
      UUID id,
      String name,
      boolean gone,
      boolean closed,
      String owner,
      List<String> followers,
      boolean ownerActive,
      long companies,
      String mergedInto) {
    private static Fact of(Row row) {
      Long companies = row.getLong("companies");
      return new Fact(
          row.getUUID("id"),
          row.getString("name"),
          row.getBoolean("gone"),
          row.getBoolean("closed"),
          row.getString("owner_id"),
          List.of(row.getArrayOfStrings("followers")),
          row.getBoolean("owner_active"),
          companies == null ? 0 : companies,
          row.getString("merged_into"));
    }
  }

  /** By conversation. */
  Uni<Map<UUID, Fact>> of(Query query, List<Target> targets) {
    return query
        .list(FACTS, Tuple.of(Json.text(targets)), Fact::of)
        .map(all -> all.stream().collect(Collectors.toMap(Fact::id, Function.identity())));
  }
}
