package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.ConversationType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts what is unread (product.md §4), exactly and without anything having been written for a
 * member by a send (ADR "Unread is a difference").
 *
 * <p>The head of a conversation counts its messages, each message keeps the number at its place,
 * and a member the number where they have read to: the difference is what came since. From it go,
 * counted one by one, the member's own messages (there are none but after a mark was taken back)
 * and those deleted since; mentions are counted among the messages that mention somebody. Whether
 * there is any of these to look for is told by the head, so that nearly always none is.
 *
 * <p>One statement is one snapshot of what is committed, and such snapshots follow one another;
 * therefore a higher {@link Count#version()} is always the newer truth. That is why nothing is
 * counted inside of a transaction that has changed something itself.
 */
@ApplicationScoped
public class Counts {
  private final Tx tx;

  Counts(Tx tx) {
    this.tx = tx;
  }

  /**
   * The caller's counts in all conversations that they take or took part in: who has left the last
   * one has a version all the same, and a newer one than before.
   */
  public Uni<List<Count>> all(Caller caller) {
    return tx.read(
            CountSql.EVERYWHERE,
            Tuple.of(caller.tenant(), caller.kind(), caller.id(), caller.impersonator() != null))
        .map(rows -> everywhere(caller, rows));
  }

  /** The caller's count in one conversation; empty when they never took part in it. */
  public Uni<Optional<Count>> in(Caller caller, UUID conversation) {
    return tx.read(
            CountSql.THERE,
            people(
                    List.of(caller.tenant()),
                    List.of(caller.kind()),
                    List.of(caller.id()),
                    caller.impersonator() != null)
                .addArrayOfUUID(new UUID[] {conversation}))
        .map(rows -> there(rows).stream().findFirst());
  }

  /** The counts of these people in these conversations, as far as they take or took part. */
  Uni<List<Count>> in(Work work, Collection<UUID> conversations, Collection<Person> people) {
    return work.sql()
        .preparedQuery(CountSql.THERE)
        .execute(
            people(
                    people.stream().map(Person::tenant).toList(),
                    people.stream().map(person -> person.who().kind()).toList(),
                    people.stream().map(person -> person.who().id()).toList(),
                    false)
                .addArrayOfUUID(conversations.toArray(UUID[]::new)))
        .map(Counts::there);
  }

  /** Somebody of a tenant. */
  record Person(String tenant, Recipient who) {}

  private static Tuple people(
      List<String> tenants, List<String> kinds, List<String> ids, boolean impersonated) {
    return Tuple.tuple()
        .addArrayOfString(tenants.toArray(String[]::new))
        .addArrayOfString(kinds.toArray(String[]::new))
        .addArrayOfString(ids.toArray(String[]::new))
        .addBoolean(impersonated);
  }

  private static List<Count> there(RowSet<Row> rows) {
    List<Count> counts = new ArrayList<>(rows.size());
    for (Row row : rows) {
      counts.add(
          count(
              row,
              new Person(
                  row.getString("tenant"),
                  new Recipient(row.getString("kind"), row.getString("subject_id"))),
              row.getLong("thread_unread"),
              row.getLong("total"),
              row.getLong("version")));
    }
    return counts;
  }

  private static List<Count> everywhere(Caller caller, RowSet<Row> rows) {
    Person person = new Person(caller.tenant(), new Recipient(caller.kind(), caller.id()));
    Map<UUID, Long> threads = new HashMap<>();
    long total = 0;
    long version = 0;
    for (Row row : rows) {
      if (row.getBoolean("granted") == null) {
        threads.put(row.getUUID("conversation_id"), row.getLong("thread_unread"));
      } else {
        total += row.getBoolean("quiet") ? 0 : row.getLong("unread");
        version += row.getLong("moves");
      }
    }
    List<Count> counts = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getBoolean("granted") != null) {
        long replies = threads.getOrDefault(row.getUUID("conversation_id"), 0L);
        counts.add(count(row, person, replies, total, version));
      }
    }
    return counts;
  }

  private static Count count(Row row, Person person, long threadUnread, long total, long version) {
    return new Count(
        person.tenant(),
        person.who().kind(),
        person.who().id(),
        row.getUUID("conversation_id"),
        ConversationType.of(row.getString("type")),
        row.getBoolean("granted"),
        row.getLong("visible_from_seq"),
        row.getLong("read_seq"),
        row.getLong("last_seq"),
        row.getLong("rev"),
        row.getLong("unread"),
        row.getLong("mentions"),
        threadUnread,
        total,
        version);
  }
}
