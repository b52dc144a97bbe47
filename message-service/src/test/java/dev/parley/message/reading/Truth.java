package dev.parley.message.reading;

import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import dev.parley.message.Group;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is unread in all of a tenant's conversations, three times: as a naive count of the messages
 * gives it, as people are answered, and as they are told. The count knows marks, but none of the
 * numbers that the service keeps; what is muted or hidden it is told by the test.
 */
final class Truth {
  /**
   * As product.md §4 says it, one message after the other. Mentions are ids of users; a client is
   * meant where there is no such user.
   */
  private static final String RECOUNT =
      """
      select m.kind, m.subject_id, m.conversation_id,
        count(x.id) as unread,
        count(x.id) filter (where x.mentions && array['channel', 'here']
          or m.subject_id = any(x.mentions)
            and (m.kind = 'user' or n.users = 0)) as mentions,
        (select count(*) from thread_follow f
         join message r on r.tenant = f.tenant and r.id = f.root_id
         join message y on y.tenant = f.tenant and y.thread_root = f.root_id
         where f.tenant = m.tenant and f.conversation_id = m.conversation_id and f.following
           and f.kind = m.kind and f.subject_id = m.subject_id and r.seq >= m.visible_from_seq
           and y.seq > f.read_seq and y.kind = 'user' and y.deleted_at is null
           and (y.author_kind <> m.kind or y.author_id <> m.subject_id)
           and (m.kind = 'user' or y.visibility = 'all')) as replies,
        (select coalesce(max(z.seq), 0) from message z
         where z.tenant = m.tenant and z.conversation_id = m.conversation_id
           and z.kind = 'user') as said
      from member m
      cross join lateral (
        select count(*) as users from member u
        where u.tenant = m.tenant and u.conversation_id = m.conversation_id and u.kind = 'user'
          and u.subject_id = m.subject_id) n
      left join message x on x.tenant = m.tenant and x.conversation_id = m.conversation_id
        and x.seq > m.read_seq and x.seq >= m.visible_from_seq
        and x.kind = 'user' and x.thread_root is null and x.deleted_at is null
        and (x.author_kind <> m.kind or x.author_id <> m.subject_id)
        and (m.kind = 'user' or x.visibility = 'all')
      where m.tenant = $1 and m.granted
      group by m.tenant, m.conversation_id, m.kind, m.subject_id
      """;

  private final Tx tx;
  private final String tenant;
  private final Group any;
  private final Set<String> muted = new HashSet<>();
  private final Map<String, Long> hidden = new HashMap<>();

  Truth(Tx tx, Group any) {
    this.tx = tx;
    this.tenant = any.tenant();
    this.any = any;
  }

  /** One person's counts in one conversation. */
  record In(long unread, long mentions, long replies) {
    boolean isNothing() {
      return unread == 0 && mentions == 0 && replies == 0;
    }
  }

  /**
   * One person's counts, where there are any.
   *
   * @param version 0 where it does not matter
   */
  record Of(long total, Map<UUID, In> conversations, long version) {
    Of withoutVersion() {
      return new Of(total, conversations, 0);
    }
  }

  void mute(String who, UUID conversation, boolean now) {
    if (now) {
      muted.add(who + conversation);
    } else {
      muted.remove(who + conversation);
    }
  }

  boolean isMuted(String who, UUID conversation) {
    return muted.contains(who + conversation);
  }

  /** Hidden with that message; null: not hidden. */
  void hide(String who, UUID conversation, Long seq) {
    hidden.put(who + conversation, seq);
  }

  Long hidden(String who, UUID conversation) {
    return hidden.get(who + conversation);
  }

  /** By person. */
  Map<String, Of> recount(List<String> people) {
    Map<String, Long> totals = new HashMap<>();
    Map<String, Map<UUID, In>> counts = new HashMap<>();
    for (Row row :
        tx.ofAllTenants().read(RECOUNT, Tuple.of(tenant)).await().atMost(Duration.ofSeconds(30))) {
      String who = who(row.getString("kind"), row.getString("subject_id"));
      UUID conversation = row.getUUID("conversation_id");
      In in = new In(row.getLong("unread"), row.getLong("mentions"), row.getLong("replies"));
      Long with = hidden(who, conversation);
      if (!isMuted(who, conversation) && (with == null || row.getLong("said") > with)) {
        totals.merge(who, in.unread(), Long::sum);
      }
      put(counts, who, conversation, in);
    }
    Map<String, Of> truth = new TreeMap<>();
    for (String who : people) {
      Map<UUID, In> conversations = counts.getOrDefault(who, Map.of());
      truth.put(who, new Of(totals.getOrDefault(who, 0L), conversations, 0));
    }
    return truth;
  }

  /** As {@code GET /v1/unread} answers. */
  Of asked(String who) {
    var answer = any.as(who).get("/v1/unread").then().statusCode(200).extract().jsonPath();
    Map<String, Map<UUID, In>> counts = new HashMap<>();
    List<Map<String, Object>> conversations = answer.getList("conversations");
    for (Map<String, Object> one : conversations) {
      put(
          counts,
          who,
          UUID.fromString((String) one.get("conversationId")),
          new In(number(one, "unread"), number(one, "mentions"), number(one, "threadUnread")));
    }
    return new Of(
        answer.getLong("total"), counts.getOrDefault(who, Map.of()), answer.getLong("version"));
  }

  /** As all that was pushed says, the highest version of each. */
  Of told(String who) {
    Map<UUID, UnreadCount> newest = new HashMap<>();
    UnreadCount last = null;
    for (Envelope event :
        Wire.now(
            Topics.MESSAGE_PERSONAL,
            one -> one.tenant().equals(tenant) && EventType.UNREAD_UPDATED.equals(one.type()))) {
      for (UnreadCount count : event.data(UnreadUpdated.class).counts()) {
        if (who.equals(who(count.kind(), count.id()))) {
          newest.merge(event.conversationId(), count, (a, b) -> b.version() >= a.version() ? b : a);
          last = last == null || count.version() >= last.version() ? count : last;
        }
      }
    }
    Map<String, Map<UUID, In>> counts = new HashMap<>();
    newest.forEach(
        (conversation, count) ->
            put(
                counts,
                who,
                conversation,
                new In(count.unread(), count.mentions(), count.threadUnread())));
    return new Of(last == null ? 0 : last.total(), counts.getOrDefault(who, Map.of()), 0);
  }

  private static void put(Map<String, Map<UUID, In>> counts, String who, UUID where, In in) {
    if (!in.isNothing()) {
      counts.computeIfAbsent(who, key -> new TreeMap<>()).put(where, in);
    }
  }

  private static String who(String kind, String id) {
    return kind.equals("client") ? "client:" + id : id;
  }

  private static long number(Map<String, Object> of, String name) {
    return ((Number) of.get(name)).longValue();
  }
}
