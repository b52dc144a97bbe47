package dev.parley.message.copy;

import dev.parley.chassis.caller.ClientNames;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.message.MessageView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clients are called, and the pictures of those who write, as the CRM has them. Remembered, so
 * that a page of messages nearly always asks for none: a new name holds within five seconds on
 * every node, a new picture within a minute.
 */
@ApplicationScoped
public class People implements ClientNames {
  private static final String FIND =
      """
      select k.type, k.id, r.name, r.picture
      from unnest($2::text[], $3::text[]) k(type, id)
      cross join lateral (
        select data::json ->> 'name' as name, data::json ->> 'avatarUrl' as picture
        from record_copy where tenant = $1 and type = k.type and id = k.id and not deleted
        offset 0) r
      """;

  private static final int AT_MOST = 20_000;
  private static final long NAMES_FOR_MS = 5_000;
  private static final long PICTURES_FOR_MS = 60_000;

  private final Tx tx;
  private final Clock clock;
  private final Map<Person, Look> remembered = new ConcurrentHashMap<>();

  People(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * @param type {@code user} or {@code contact}
   */
  private record Person(String tenant, String type, String id) {
    /** Who wrote it; null for what no person of the CRM has written. */
    static Person author(String tenant, MessageView message) {
      if (message.authorKind() == AuthorKind.USER) {
        return new Person(tenant, "user", message.authorId());
      }
      return message.authorKind() == AuthorKind.CLIENT
          ? new Person(tenant, "contact", message.authorId())
          : null;
    }
  }

  /**
   * @param name null where the CRM has told none
   * @param picture its address; null likewise
   */
  private record Look(String name, String picture, long at) {}

  @Override
  public Uni<String> of(String tenant, String clientId) {
    Person client = new Person(tenant, "contact", clientId);
    return looks(tenant, List.of(client), NAMES_FOR_MS).map(found -> found.get(client).name);
  }

  /** The messages with their authors' pictures; of who is remembered nothing is asked. */
  public Uni<List<MessageView>> in(String tenant, List<MessageView> messages) {
    List<Person> authors =
        messages.stream()
            .map(message -> Person.author(tenant, message))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return looks(tenant, authors, PICTURES_FOR_MS)
        .map(
            found ->
                messages.stream()
                    .map(message -> shown(message, found.get(Person.author(tenant, message))))
                    .toList());
  }

  private static MessageView shown(MessageView message, Look author) {
    return author == null || author.picture == null ? message : message.withAvatar(author.picture);
  }

  /** The CRM has told of those, and the table has it. */
  public void changed(Collection<CrmRecord> records) {
    records.forEach(
        record -> remembered.remove(new Person(record.tenant(), record.type(), record.id())));
  }

  private Uni<Map<Person, Look>> looks(String tenant, List<Person> people, long notOlderMs) {
    long now = clock.millis();
    Map<Person, Look> looks = new HashMap<>();
    for (Person person : people) {
      Look known = remembered.get(person);
      if (known != null && known.at > now - notOlderMs) {
        looks.put(person, known);
      }
    }
    List<Person> others = people.stream().filter(one -> !looks.containsKey(one)).toList();
    return others.isEmpty()
        ? Uni.createFrom().item(looks)
        : find(tenant, others, now).invoke(this::remember).invoke(looks::putAll).replaceWith(looks);
  }

  private Uni<Map<Person, Look>> find(String tenant, List<Person> people, long now) {
    return tx.read(
            FIND,
            Tuple.of(
                tenant,
                people.stream().map(Person::type).toArray(String[]::new),
                people.stream().map(Person::id).toArray(String[]::new)))
        .map(
            rows -> {
              Map<Person, Look> found = new HashMap<>();
              people.forEach(person -> found.put(person, new Look(null, null, now)));
              rows.forEach(
                  row ->
                      found.put(
                          new Person(tenant, row.getString("type"), row.getString("id")),
                          new Look(row.getString("name"), row.getString("picture"), now)));
              return found;
            });
  }

  private void remember(Map<Person, Look> found) {
    if (remembered.size() + found.size() > AT_MOST) {
      remembered.clear();
    }
    remembered.putAll(found);
  }
}
