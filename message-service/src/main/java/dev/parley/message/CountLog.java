package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.UnreadUpdated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells people their counts ({@code unread.updated}): one record for all people of a conversation.
 *
 * <p>Counts are absolute and versioned, so records may come twice. What one person is told of one
 * conversation comes in the order of its versions, whoever tells it: counting and committing are
 * done under locks of the conversation's and the person's names ({@link Turn}). Of two
 * conversations there is no order; the higher version is the newer one.
 *
 * <p>In conversations of more than {@value #MOST} people only those are told who are named: those
 * who acted there and those who were mentioned. The others count the messages as they come, or ask.
 */
@ApplicationScoped
public class CountLog {
  /** Up to how many people of a conversation are all told of what is new there. */
  public static final int MOST = 1_000;

  /** What concerns somebody wherever they begin to see. */
  private static final long ANYWHERE = Long.MAX_VALUE;

  private static final String AUDIENCE =
      """
      select c.id as conversation_id, m.kind, m.subject_id
      from unnest($1::text[], $2::uuid[], $3::bigint[]) as c(tenant, id, place)
      cross join lateral (
        select kind, subject_id from member
        where tenant = c.tenant and conversation_id = c.id and granted and kind <> 'phone'
          and visible_from_seq <= c.place
        limit %d) m
      """
          .formatted(MOST + 1);

  private final Tx tx;
  private final Counts counts;
  private final Clock clock;

  CountLog(Tx tx, Counts counts, Clock clock) {
    this.tx = tx;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * What has happened in a conversation.
   *
   * @param place of the message, the last of them: who sees only what came later does not notice
   * @param named who is told however many take part, if they do, and of which place: who sees only
   *     what came later does not notice
   * @param moved whose membership has begun or ended: they are told that they take part no more
   */
  public record News(
      String tenant,
      UUID conversation,
      Audience audience,
      long place,
      Map<Recipient, Long> named,
      Set<Recipient> moved) {
    /** Of a message; nobody has come or gone. */
    public News(
        String tenant, UUID conversation, Audience audience, long place, Set<Recipient> named) {
      this(tenant, conversation, audience, place, at(place, named), Set.of());
    }

    /** Something that is these people's alone. */
    public News(String tenant, UUID conversation, Set<Recipient> named) {
      this(tenant, conversation, Audience.NAMED, 0, at(ANYWHERE, named), Set.of());
    }

    private static Map<Recipient, Long> at(long place, Set<Recipient> people) {
      return people.stream().collect(Collectors.toMap(Function.identity(), one -> place));
    }

    private boolean concerns(Count count, Map<Recipient, Long> told) {
      Long of = told.get(count.person());
      return of != null
          && of >= count.visibleFromSeq()
          && (count.member() || moved.contains(count.person()));
    }
  }

  /** Whom something concerns besides those who are named. */
  public enum Audience {
    NAMED,
    STAFF,
    ALL;

    /** Whom one of two concerns. */
    public Audience and(Audience other) {
      return compareTo(other) > 0 ? this : other;
    }

    private boolean has(Recipient member) {
      return this == ALL || this == STAFF && member.kind().equals("user");
    }
  }

  /**
   * Tells the caller's devices, after a change of their own has been committed.
   *
   * @return what they were told
   */
  public Uni<Optional<Count>> tell(Caller caller, UUID conversation) {
    Recipient who = new Recipient(caller.kind(), caller.id());
    return tx.write(
        work ->
            Turn.of(work, conversation, who)
                .chain(
                    () ->
                        counts.in(
                            work,
                            List.of(conversation),
                            List.of(new Counts.Person(caller.tenant(), who))))
                .invoke(found -> emit(work, found))
                .map(found -> found.stream().findFirst()));
  }

  /** Tells the people of these conversations, all in one transaction of four statements. */
  public Uni<Void> tell(Collection<News> all) {
    List<UUID> conversations = all.stream().map(News::conversation).toList();
    return tx.ofAllTenants()
        .write(
            work ->
                Turn.of(work, conversations)
                    .chain(() -> audience(work, all))
                    .flatMap(
                        people ->
                            counts
                                .in(work, conversations, all(people))
                                .invoke(found -> tell(work, found, people))))
        .replaceWithVoid();
  }

  private void tell(Work work, List<Count> found, Map<News, Map<Recipient, Long>> people) {
    Map<UUID, List<Count>> byConversation = new HashMap<>();
    found.forEach(
        count ->
            byConversation
                .computeIfAbsent(count.conversationId(), id -> new ArrayList<>())
                .add(count));
    people.forEach(
        (news, audience) ->
            emit(
                work,
                byConversation.getOrDefault(news.conversation(), List.of()).stream()
                    .filter(count -> news.concerns(count, audience))
                    .toList()));
  }

  private static List<Counts.Person> all(Map<News, Map<Recipient, Long>> people) {
    Set<Counts.Person> all = new HashSet<>();
    people.forEach(
        (news, audience) ->
            audience.keySet().forEach(who -> all.add(new Counts.Person(news.tenant(), who))));
    return List.copyOf(all);
  }

  private static Uni<Map<News, Map<Recipient, Long>>> audience(Work work, Collection<News> all) {
    return members(work, all)
        .map(
            members -> {
              Map<News, Map<Recipient, Long>> people = new HashMap<>();
              for (News news : all) {
                people.put(
                    news, audience(news, members.getOrDefault(news.conversation(), Set.of())));
              }
              return people;
            });
  }

  /** Of the conversations whose news concern others than those they name; who joins is named. */
  private static Uni<Map<UUID, Set<Recipient>>> members(Work work, Collection<News> all) {
    List<News> wide = all.stream().filter(news -> news.audience() != Audience.NAMED).toList();
    if (wide.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return work.sql()
        .preparedQuery(AUDIENCE)
        .execute(
            Tuple.tuple()
                .addArrayOfString(wide.stream().map(News::tenant).toArray(String[]::new))
                .addArrayOfUUID(wide.stream().map(News::conversation).toArray(UUID[]::new))
                .addArrayOfLong(wide.stream().map(News::place).toArray(Long[]::new)))
        .map(
            rows -> {
              Map<UUID, Set<Recipient>> members = new HashMap<>();
              for (Row row : rows) {
                members
                    .computeIfAbsent(row.getUUID("conversation_id"), id -> new HashSet<>())
                    .add(new Recipient(row.getString("kind"), row.getString("subject_id")));
              }
              return members;
            });
  }

  /** Who is told, and the place that they must see. */
  private static Map<Recipient, Long> audience(News news, Set<Recipient> members) {
    Map<Recipient, Long> audience = new HashMap<>(news.named());
    news.moved().forEach(one -> audience.put(one, ANYWHERE));
    if (members.size() <= MOST) {
      members.stream()
          .filter(news.audience()::has)
          .forEach(one -> audience.put(one, ANYWHERE)); // was asked of them already
    }
    return audience;
  }

  private void emit(Work work, List<Count> found) {
    if (found.isEmpty()) {
      return;
    }
    Count first = found.get(0);
    PersonalLog.emit(
        work,
        Envelope.of(
                EventType.UNREAD_UPDATED,
                first.tenant(),
                first.conversationId(),
                Actor.SYSTEM,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                new UnreadUpdated(found.stream().map(Count::told).toList()))
            .in(first.type()),
        found.stream().map(Count::person).toList());
  }
}
