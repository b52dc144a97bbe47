package dev.parley.conversation.derive;

import dev.parley.conversation.Query;
import dev.parley.conversation.derive.Due.RecordKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Clients and open deals, and which of the conversations that they come with are there. */
@ApplicationScoped
class Missing {
  private static final String MISSING =
      """
      select r.tenant, r.type, r.id, coalesce(r.name, r.id) as name, r.company_id,
             o.name as company_name, r.data::json ->> 'ownerId' as owner_id,
             array(select json_array_elements_text(r.data::json -> 'followers')) as followers,
             exists (select from conversation c
               where c.tenant = r.tenant and c.unique_key = 'company/' || r.company_id)
               as company_has,
             exists (select from conversation c
               where c.tenant = r.tenant and c.unique_key
                 = case r.type when 'deal' then 'deal_room/' else 'client/' end || r.id)
               as has_own
      from unnest($1::text[], $2::text[], $3::text[]) as d(tenant, type, id)
      join record_copy r on r.tenant = d.tenant and r.type = d.type and r.id = d.id
      left join record_copy o on o.tenant = r.tenant and o.type = 'company'
        and o.id = r.company_id and not o.deleted
      where not r.deleted
        and (r.type = 'contact' and r.is_client
             or r.type = 'deal' and not coalesce((r.data::json ->> 'closed')::boolean, false))
      order by r.tenant, r.type, r.id
      """;

  Missing() {}

  /**
   * A client, or an open deal.
   *
   * @param companyHas whether its company has a channel
   * @param hasOwn whether it has a channel, or the deal its room
   */
  record Lone(
      String tenant,
      String type,
      String id,
      String name,
      String companyId,
      String companyName,
      String ownerId,
      List<String> followers,
      boolean companyHas,
      boolean hasOwn) {
    boolean isDeal() {
      return type.equals("deal");
    }

    RecordKey key() {
      return new RecordKey(tenant, type, id);
    }

    private static Lone of(Row row) {
      return new Lone(
          row.getString("tenant"),
          row.getString("type"),
          row.getString("id"),
          row.getString("name"),
          row.getString("company_id"),
          row.getString("company_name"),
          row.getString("owner_id"),
          List.of(row.getArrayOfStrings("followers")),
          row.getBoolean("company_has"),
          row.getBoolean("has_own"));
    }

    /** Without name: fit for logs. */
    @Override
    public String toString() {
      return "Lone[type=" + type + ", id=" + id + "]";
    }
  }

  /** Those among the records. */
  Uni<List<Lone>> among(Query query, Collection<RecordKey> records) {
    return query.list(
        MISSING,
        Tuple.of(
            Due.column(records, RecordKey::tenant),
            Due.column(records, RecordKey::type),
            Due.column(records, RecordKey::id)),
        Lone::of);
  }
}
