package dev.parley.conversation.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the CRM's records, as far as they have not been deleted. */
@ApplicationScoped
public class Records {
  private static final String SEES = sees("$2", "$3");

  private static final String FIND =
      """
      select r.type, r.id, r.name, r.active, r.data from record_copy r
      where r.tenant = $1 and r.type = $2 and r.id = any($3) and not r.deleted
      """;

  private static final String VISIBLE =
      """
      select r.type, r.id, r.name, r.active, r.data from record_copy r
      join unnest($4::text[], $5::text[]) k(type, id) on r.type = k.type and r.id = k.id
      where r.tenant = $1 and
      """
          + SEES;

  private static final String NAMED =
      """
      select r.type, r.id, r.name, r.active, r.data from record_copy r
      join unnest($4::text[], $5::text[], $6::boolean[]) k(type, id, open)
        on r.type = k.type and r.id = k.id
      where r.tenant = $1 and (k.open or
      """
          + SEES
          + ")";

  private static final String SEARCH =
      """
      select r.type, r.id, r.name, r.active, r.data from record_copy r
      where r.tenant = $1 and r.type = any($4) and (not $5 or r.type <> 'contact' or r.is_client)
        and ($6 = '' or exists (select from record_word_copy w
          where w.tenant = r.tenant and w.type = r.type and w.id = r.id
            and w.word >= $6 and w.word < $7))
        and (lower(coalesce(r.name, '')), r.type, r.id) > (lower($8), $9, $10)
        and
      """
          + SEES
          + " order by lower(coalesce(r.name, '')), r.type, r.id limit $11";

  private static final String PEOPLE =
      """
      select r.type, r.id, r.name, r.active, r.data from record_copy r
      where r.tenant = $1 and r.type = any($4) and r.id = any($5)
        and (r.type <> 'contact' or r.is_client)
        and (r.type = 'user' and r.deleted or
      """
          + SEES
          + ") order by r.type";

  private static final String HOLDERS =
      """
      select r.type, r.id, r.name, r.active, r.data from record_phone_copy p
      join record_copy r on r.tenant = p.tenant and r.type = 'contact' and r.id = p.contact_id
      where p.tenant = $1 and p.phone = $2 and not r.deleted
      limit 2
      """;

  private static final String VERSIONS =
      """
      select type, id, version, deleted and data::json ->> 'mergedInto' is null as ended
      from record_copy
      where tenant = $1 and ($2::text is null or type = $2) and (type, id) > ($3, $4)
      order by type, id limit $5
      """;

  Records() {}

  /**
   * In a statement: whether a user of its tenant sees record {@code r}. {@code visibleTo} of the
   * CRM narrows it for everybody.
   *
   * @param user the place of the user's id
   * @param assignedOnly the place of whether they see assigned data only: what they own, are
   *     assigned to, follow, or are on the account team of (product.md §3)
   */
  public static String sees(String user, String assignedOnly) {
    return """
    not r.deleted and (r.visible_to is null or %1$s = any(r.visible_to))
    and (not %2$s or r.type = 'user' or %1$s = any(r.linked)
      or exists (select from record_copy o
                 where o.tenant = r.tenant and o.type = 'company' and o.id = r.company_id
                   and not o.deleted and %1$s = any(o.linked)))
    """
        .formatted(user, assignedOnly);
  }

  /** Ids and versions behind that one, by type and id; deleted ones, too. */
  public Uni<List<RecordVersion>> versions(
      Query query, String tenant, String type, String afterType, String afterId, int limit) {
    return query.list(
        VERSIONS, Tuple.of(tenant, type, afterType, afterId, limit), RecordVersion::of);
  }

  /** Those of the ids that exist, whoever may see them. */
  public Uni<Map<String, RecordCopy>> find(
      Query query, String tenant, String type, Collection<String> ids) {
    return query
        .list(FIND, Tuple.of(tenant, type, ids.toArray(String[]::new)), RecordCopy::of)
        .map(
            found -> {
              Map<String, RecordCopy> byId = new HashMap<>();
              found.forEach(record -> byId.put(record.id(), record));
              return byId;
            });
  }

  /** Those of the records that the caller may see. */
  public Uni<Map<RecordRef, RecordCopy>> visible(
      Query query, Caller caller, Collection<RecordRef> refs) {
    return query
        .list(
            VISIBLE,
            Tuple.of(
                caller.tenant(),
                caller.id(),
                caller.assignedDataOnly(),
                refs.stream().map(RecordRef::type).toArray(String[]::new),
                refs.stream().map(RecordRef::id).toArray(String[]::new)),
            RecordCopy::of)
        .map(Records::byRef);
  }

  /**
   * The records that conversations are called after: deals as far as the caller may see them; of
   * others, deleted ones too, whoever sees the conversation knows the name.
   */
  public Uni<Map<RecordRef, RecordCopy>> namesakes(
      Query query, Caller caller, Collection<RecordRef> refs) {
    return query
        .list(
            NAMED,
            Tuple.of(
                caller.tenant(),
                caller.id(),
                caller.assignedDataOnly(),
                refs.stream().map(RecordRef::type).toArray(String[]::new),
                refs.stream().map(RecordRef::id).toArray(String[]::new),
                refs.stream().map(ref -> !ref.type().equals("deal")).toArray(Boolean[]::new)),
            RecordCopy::of)
        .map(Records::byRef);
  }

  private static Map<RecordRef, RecordCopy> byRef(List<RecordCopy> found) {
    Map<RecordRef, RecordCopy> byRef = new HashMap<>();
    found.forEach(r -> byRef.put(new RecordRef(r.type(), r.id()), r));
    return byRef;
  }

  /** The last record of a page, sorted by name. */
  public record Position(String name, String type, String id) {
    /** Before all. */
    public static final Position START = new Position("", "", "");

    public static Position of(RecordCopy record) {
      return new Position(record.name() == null ? "" : record.name(), record.type(), record.id());
    }
  }

  /**
   * Users, clients and companies by id that the caller may see, each of any of the types. A user
   * who has been deleted is still known by name, as inactive: what they wrote has not gone.
   */
  public Uni<List<RecordCopy>> people(
      Query query, Caller caller, Collection<String> types, Collection<String> ids) {
    return query.list(
        PEOPLE,
        Tuple.of(
            caller.tenant(),
            caller.id(),
            caller.assignedDataOnly(),
            types.toArray(String[]::new),
            ids.toArray(String[]::new)),
        RecordCopy::of);
  }

  /**
   * Records of these types that the caller may see, by name.
   *
   * @param prefix of any word of the name or of the e-mail address; empty or null for all
   * @param clientsOnly of the contacts those that may log in
   */
  public Uni<List<RecordCopy>> search(
      Query query,
      Caller caller,
      Collection<String> types,
      boolean clientsOnly,
      String prefix,
      Position after,
      int limit) {
    String from = Words.fold(prefix);
    return query.list(
        SEARCH,
        Tuple.from(
            Arrays.asList(
                caller.tenant(),
                caller.id(),
                caller.assignedDataOnly(),
                types.toArray(String[]::new),
                clientsOnly,
                from,
                from + Character.toString(Character.MAX_CODE_POINT),
                after.name(),
                after.type(),
                after.id(),
                limit)),
        RecordCopy::of);
  }

  /** The contact with that number, if exactly one has it (product.md §3). */
  public Uni<Optional<RecordCopy>> onlyHolder(Query query, String tenant, String number) {
    return query
        .list(HOLDERS, Tuple.of(tenant, number), RecordCopy::of)
        .map(found -> found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty());
  }
}
