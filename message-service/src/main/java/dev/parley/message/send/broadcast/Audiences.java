package dev.parley.message.send.broadcast;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.copy.RecordCards;
import dev.parley.message.send.broadcast.BroadcastRequest.Audience;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Clients that somebody may write to in their own channel: who sees all customers to all, others to
 * those whose contact they own, are assigned to or follow, or whose channel they are in; the CRM's
 * {@code visibleTo} narrows it (product.md §3).
 */
@ApplicationScoped
class Audiences {
  /** Of contact {@code c}; {@code $1} tenant, {@code $2} user, {@code $3} whether restricted. */
  static final String REACHED =
      """
      c.tenant = $1 and c.type = 'contact' and c.client
      and (c.visible_to is null or $2 = any(c.visible_to))
      and (not $3 or $2 = any(c.linked) or exists (
        select from member m
        join timeline t on t.tenant = m.tenant and t.conversation_id = m.conversation_id
          and t.type = 'client'
        join member o on o.tenant = m.tenant and o.conversation_id = m.conversation_id
          and o.kind = 'user' and o.subject_id = $2 and o.granted
        where m.tenant = c.tenant and m.kind = 'client' and m.subject_id = c.id and m.granted))
      """;

  private static final String KNOWN =
      "select c.id from record_copy c where c.id = any($4) and " + REACHED;

  private static final String TARGET =
      """
      select c.data, o.data as company, (
        select m.conversation_id from member m
        join timeline t on t.tenant = m.tenant and t.conversation_id = m.conversation_id
          and t.type = 'client'
        where m.tenant = c.tenant and m.kind = 'client' and m.subject_id = c.id and m.granted
        order by m.conversation_id limit 1) as channel
      from record_copy c
      left join record_copy o on o.tenant = c.tenant and o.type = 'company' and o.id = c.company_id
        and not o.deleted
      where c.id = $4 and
      """
          + REACHED;

  private final Tx tx;
  private final RecordCards cards;
  private final Waiter waiter;

  Audiences(Tx tx, RecordCards cards, Waiter waiter) {
    this.tx = tx;
    this.cards = cards;
    this.waiter = waiter;
  }

  /**
   * A client as they are now.
   *
   * @param channel null where there is none yet
   */
  record Target(String name, String company, UUID channel) {
    private static Target of(Row row) {
      return new Target(
          name(row.getString("data")), name(row.getString("company")), row.getUUID("channel"));
    }

    private static String name(String record) {
      return record == null ? null : Json.read(record, CrmRecord.class).name();
    }

    /** Without the names: fit for logs. */
    @Override
    public String toString() {
      return "Target[channel=" + channel + "]";
    }
  }

  /**
   * Checks that whom the audience names is there, waiting up to 1 s for what the CRM has just told.
   *
   * @throws Problem 422 {@code unknown_reference} naming the field, alike for who there is not and
   *     whom the caller may not write to
   */
  Uni<Void> check(Caller caller, Audience audience) {
    if (audience.companyId() != null) {
      return company(caller, audience.companyId());
    }
    return audience.clientIds() == null
        ? Uni.createFrom().voidItem()
        : clients(caller, audience.clientIds());
  }

  /** The client, if the author may write to them now. */
  Uni<Optional<Target>> target(Work work, Caller author, String clientId) {
    return work.sql()
        .preparedQuery(TARGET)
        .execute(Tuple.of(author.tenant(), author.id(), !author.seesAllCustomers(), clientId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(Target.of(rows.iterator().next())));
  }

  private Uni<Void> company(Caller caller, String id) {
    RecordRef ref = new RecordRef("company", id);
    return waiter
        .await(
            caller.tenant() + "/company/" + id,
            () ->
                cards.visible(caller, List.of(ref)).map(seen -> Optional.ofNullable(seen.get(ref))))
        .invoke(
            seen -> {
              if (seen.isEmpty()) {
                throw unknown("audience.companyId");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> clients(Caller caller, List<String> ids) {
    return missing(caller, ids)
        .flatMap(
            missing ->
                missing.isEmpty()
                    ? Uni.createFrom().item(missing)
                    : awaited(caller, ids, missing.get(0)))
        .invoke(
            missing -> {
              if (!missing.isEmpty()) {
                throw unknown("audience.clientIds[" + ids.indexOf(missing.get(0)) + "]");
              }
            })
        .replaceWithVoid();
  }

  private Uni<List<String>> awaited(Caller caller, List<String> ids, String first) {
    return waiter
        .await(
            caller.tenant() + "/contact/" + first,
            () ->
                missing(caller, ids)
                    .map(
                        missing ->
                            missing.isEmpty()
                                ? Optional.of(missing)
                                : Optional.<List<String>>empty()))
        .flatMap(
            found -> found.isPresent() ? Uni.createFrom().item(found.get()) : missing(caller, ids));
  }

  private Uni<List<String>> missing(Caller caller, List<String> ids) {
    return tx.read(
            KNOWN,
            Tuple.of(
                caller.tenant(),
                caller.id(),
                !caller.seesAllCustomers(),
                ids.toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> known = new HashSet<>();
              rows.forEach(row -> known.add(row.getString("id")));
              return ids.stream().filter(id -> !known.contains(id)).toList();
            });
  }

  private static Problem unknown(String field) {
    return Problem.at(Code.UNKNOWN_REFERENCE, field, "names nobody whom you may write to");
  }
}
