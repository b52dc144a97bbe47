package dev.parley.message.reading;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Recipient;
import dev.parley.message.CountLog;
import dev.parley.message.CountLog.News;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells people whose mute has run out what is unread now. Who asks gets the right count at that
 * moment already ({@link dev.parley.message.Counts}); here the devices are told, and only then is
 * the mute taken out, so a node that dies meanwhile has it told again, with the same version.
 */
@ApplicationScoped
class EndMutes {
  /** How many are ended by one turn. */
  static final int AT_ONCE = 200;

  private static final String DUE =
      """
      select tenant, conversation_id, kind, subject_id, muted_until from member
      where muted_until <= statement_timestamp() order by muted_until limit $1
      """;

  /** Rows are locked in the order of conversations, as sends that share a transaction do. */
  private static final String END =
      """
      with due as (
        select m.tenant, m.conversation_id, m.kind, m.subject_id
        from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
          as d(tenant, conversation_id, kind, subject_id, muted_until)
        join member m on m.tenant = d.tenant and m.conversation_id = d.conversation_id
          and m.kind = d.kind and m.subject_id = d.subject_id and m.muted_until = d.muted_until
        order by m.conversation_id
        for no key update of m
      )
      update member m set muted_until = null, marks = m.marks + 1
      from due d
      where m.tenant = d.tenant and m.conversation_id = d.conversation_id and m.kind = d.kind
        and m.subject_id = d.subject_id
      """;

  private final Tx tx;
  private final CountLog log;

  EndMutes(Tx tx, CountLog log) {
    this.tx = tx;
    this.log = log;
  }

  private record Due(String tenant, UUID conversation, Recipient who, OffsetDateTime until) {}

  /** How many were ended. */
  Uni<Integer> turn() {
    return tx.ofAllTenants()
        .read(DUE, Tuple.of(AT_ONCE))
        .flatMap(
            rows -> {
              List<Due> due = new ArrayList<>(rows.size());
              rows.forEach(row -> due.add(due(row)));
              return due.isEmpty()
                  ? Uni.createFrom().item(0)
                  : log.tell(news(due)).chain(() -> end(due)).replaceWith(due.size());
            });
  }

  /** One for each conversation: of two of them the people would be those of one. */
  private static List<News> news(List<Due> due) {
    Map<UUID, News> news = new HashMap<>();
    for (Due one : due) {
      News before = news.get(one.conversation());
      Set<Recipient> people = new HashSet<>(Set.of(one.who()));
      if (before != null) {
        people.addAll(before.named().keySet());
      }
      news.put(one.conversation(), new News(one.tenant(), one.conversation(), people));
    }
    return List.copyOf(news.values());
  }

  private Uni<Void> end(List<Due> due) {
    Tuple values =
        Tuple.of(
            due.stream().map(Due::tenant).toArray(String[]::new),
            due.stream().map(Due::conversation).toArray(UUID[]::new),
            due.stream().map(one -> one.who().kind()).toArray(String[]::new),
            due.stream().map(one -> one.who().id()).toArray(String[]::new),
            due.stream().map(Due::until).toArray(OffsetDateTime[]::new));
    return tx.ofAllTenants()
        .write(work -> work.sql().preparedQuery(END).execute(values))
        .replaceWithVoid();
  }

  private static Due due(Row row) {
    return new Due(
        row.getString("tenant"),
        row.getUUID("conversation_id"),
        new Recipient(row.getString("kind"), row.getString("subject_id")),
        row.getOffsetDateTime("muted_until"));
  }
}
