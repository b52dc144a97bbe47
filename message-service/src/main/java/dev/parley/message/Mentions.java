package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Mentions as data (product.md §4): who of the mentioned will not see the message. */
@ApplicationScoped
public class Mentions {
  private static final Set<String> GROUPS = Set.of("channel", "here");
  private static final int CONFIRM_FROM = 50;
  private static final String MEMBERS =
      """
      select array(select unnest($3::text[]) except
                   select subject_id from member
                   where tenant = $1 and conversation_id = $2 and kind = 'user' and granted) as out,
             (select count(*) from member
              where tenant = $1 and conversation_id = $2 and kind <> 'phone' and granted) as members
      """;

  private final Tx tx;

  Mentions(Tx tx) {
    this.tx = tx;
  }

  /**
   * The mentioned people who take no part; no query when nobody is mentioned.
   *
   * @throws Problem 403 for clients who mention everybody; 409 {@code confirm_required} where that
   *     alerts 50 people or more
   */
  public Uni<List<String>> unreachable(
      Caller caller, UUID conversation, List<String> mentions, Boolean confirm) {
    List<String> people =
        mentions.stream().filter(id -> !GROUPS.contains(id)).distinct().sorted().toList();
    boolean everybody = mentions.stream().anyMatch(GROUPS::contains);
    if (everybody && caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients mention people one by one.");
    }
    if (people.isEmpty() && !everybody) {
      return Uni.createFrom().item(List.of());
    }
    return tx.read(MEMBERS, Tuple.of(caller.tenant(), conversation, people.toArray(String[]::new)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (everybody
                  && row.getLong("members") >= CONFIRM_FROM
                  && !Boolean.TRUE.equals(confirm)) {
                throw Problem.of(
                        Code.CONFIRM_REQUIRED, "This alerts everybody here; send confirm: true.")
                    .with("members", row.getLong("members"));
              }
              List<String> out = new ArrayList<>(List.of(row.getArrayOfStrings("out")));
              out.sort(null);
              return out;
            });
  }
}
