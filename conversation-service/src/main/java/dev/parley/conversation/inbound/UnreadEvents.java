package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who has something unread where, as message-service counts it; by the counts' version. Most of
 * what it tells changes nothing here, and then nothing is written: a busy conversation is unread
 * for the same people as before.
 */
@ApplicationScoped
class UnreadEvents implements BatchConsumer {
  /**
   * {@code own}: told to one person alone, because of something that they did. That is kept with
   * its version in any case, so that what was counted before and is told behind it is known as
   * such.
   */
  private static final String TAKE =
      """
      update member m
      set unread = x.unread, read_seq = coalesce(x.read_seq, m.read_seq), unread_version = x.version
      from (select o.id, y.unread, y.read_seq, y.version
            from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::bigint[],
                        $7::bigint[], $8::boolean[])
              as y(tenant, conversation_id, kind, subject_id, unread, read_seq, version, own)
            join member o on o.tenant = y.tenant and o.conversation_id = y.conversation_id
              and o.kind = y.kind and o.subject_id = y.subject_id
              and o.state in ('requested', 'active')
            where o.unread_version < y.version
              and (y.own or o.unread <> y.unread or o.read_seq <> coalesce(y.read_seq, o.read_seq))
            order by o.id for no key update of o) x
      where m.id = x.id
      """;

  private final Tx tx;

  UnreadEvents(Tx tx) {
    this.tx = tx;
  }

  @Override
  public String name() {
    return "unread";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.MESSAGE_PERSONAL);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(300);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    Map<List<Object>, Told> newest = new LinkedHashMap<>();
    for (Received received : batch) {
      if (EventType.UNREAD_UPDATED.equals(received.type())) {
        take(newest, received.envelope());
      }
    }
    return newest.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(
            work ->
                work.sql().preparedQuery(TAKE).execute(columns(newest.values())).replaceWithVoid());
  }

  private static void take(Map<List<Object>, Told> newest, Envelope event) {
    List<UnreadCount> counts = event.data(UnreadUpdated.class).counts();
    for (UnreadCount count : counts) {
      Told told = new Told(event.tenant(), event.conversationId(), count, counts.size() == 1);
      newest.merge(
          List.of(told.conversation(), count.kind(), count.id()),
          told,
          (a, b) -> b.count().version() > a.count().version() ? b : a);
    }
  }

  private record Told(String tenant, UUID conversation, UnreadCount count, boolean own) {}

  private static Tuple columns(Collection<Told> all) {
    return Tuple.from(
        Arrays.asList(
            all.stream().map(Told::tenant).toArray(String[]::new),
            all.stream().map(Told::conversation).toArray(UUID[]::new),
            all.stream().map(one -> one.count().kind()).toArray(String[]::new),
            all.stream().map(one -> one.count().id()).toArray(String[]::new),
            all.stream().map(one -> one.count().unread() > 0).toArray(Boolean[]::new),
            all.stream().map(one -> one.count().readSeq()).toArray(Long[]::new),
            all.stream().map(one -> one.count().version()).toArray(Long[]::new),
            all.stream().map(Told::own).toArray(Boolean[]::new)));
  }
}
