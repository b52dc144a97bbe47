package dev.parley.conversation.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.SmsNumber;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our numbers as the gateway tells of them; of two states the one with the higher version. */
@ApplicationScoped
public class NumberCopies {
  /** Gives those that were there before with another holder, or none and have one now. */
  private static final String UPSERT =
      """
      with before as (select user_id from number_copy where e164 = $1),
      told as (
        insert into number_copy as c (e164, tenant, sms_enabled, user_id, version)
        values ($1, $2, $3, $4, $5)
        on conflict (e164) do update
        set tenant = excluded.tenant, sms_enabled = excluded.sms_enabled,
            user_id = excluded.user_id, version = excluded.version
        where excluded.version > c.version
        returning c.e164, c.tenant, c.user_id)
      select e164, tenant, user_id from told
      where user_id is distinct from (select user_id from before)
      """;

  private static final String ONE =
      "select e164, sms_enabled, user_id from number_copy where tenant = $1 and e164 = $2";
  private static final String FIRST_OF =
      """
      select e164, sms_enabled, user_id from number_copy
      where tenant = $1 and user_id = $2 and sms_enabled order by e164 limit 1
      """;

  private static final String HELD_BY =
      "select e164 from number_copy where tenant = $1 and user_id = $2 and sms_enabled order by e164";

  NumberCopies() {}

  /** A number and whose it is. */
  public record Told(String tenant, SmsNumber number) {}

  /** Takes over what was told; gives those whose holder is another than before. */
  public Uni<List<Told>> upsert(Work work, List<Told> told) {
    List<Told> changed = new ArrayList<>();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Told one : told) {
      SmsNumber number = one.number();
      all =
          all.chain(
                  () ->
                      Query.in(work)
                          .run(
                              UPSERT,
                              Tuple.of(
                                  number.e164(),
                                  one.tenant(),
                                  number.smsEnabled(),
                                  number.userId(),
                                  number.version())))
              .invoke(rows -> rows.forEach(row -> changed.add(one)))
              .replaceWithVoid();
    }
    return all.replaceWith(changed);
  }

  /** The number, if it is the tenant's. */
  public Uni<Optional<NumberCopy>> find(Query query, String tenant, String e164) {
    return query.first(ONE, Tuple.of(tenant, e164), NumberCopies::number);
  }

  /** The number that the user texts from unless they name another: the first, as in senders. */
  public Uni<Optional<NumberCopy>> defaultOf(Query query, String tenant, String user) {
    return query.first(FIRST_OF, Tuple.of(tenant, user), NumberCopies::number);
  }

  /** The numbers that the user may text from as their own. */
  public Uni<List<String>> heldBy(Query query, String tenant, String user) {
    return query.list(HELD_BY, Tuple.of(tenant, user), row -> row.getString("e164"));
  }

  private static NumberCopy number(Row row) {
    return new NumberCopy(
        row.getString("e164"), row.getBoolean("sms_enabled"), row.getString("user_id"));
  }
}
