package dev.parley.notification.email;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.notification.NotificationConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tables {@code mail}, {@code mail_text}, {@code mail_message}: which mails wait, which are being
 * sent and by when somebody else should look after them.
 */
@ApplicationScoped
class Mails {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration TEXT_KEPT = Duration.ofHours(1);

  private static final String ADD_TEXTS =
      """
      insert into mail_text
        (message_id, seq, author_kind, author_id, author_name, internal, excerpt, at, thread_root)
      select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[],
                           $6::boolean[], $7::text[], $8::timestamptz[], $9::uuid[])
      on conflict do nothing
      """;
  private static final String ROOT =
      """
      update mail_text t set root_seq = x.seq
      from unnest($1::uuid[], $2::bigint[]) as x(root, seq)
      where t.thread_root = x.root and t.root_seq is null
      """;

  // A mail that waits is locked by this, so it cannot be claimed before what is added has
  // committed.
  private static final String OPEN =
      """
      insert into mail (id, tenant, kind, person, conversation_id, state, due_at, created_at)
      select id, tenant, kind, person, conversation_id, 'waiting', $6, $7
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[])
        as n(id, tenant, kind, person, conversation_id)
      on conflict (tenant, kind, person, conversation_id) where state = 'waiting'
        do update set due_at = mail.due_at
      returning id, tenant, kind, person, conversation_id
      """;
  private static final String ADD_MESSAGES =
      """
      insert into mail_message as m (mail_id, message_id, mentioned, since)
      select * from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::timestamptz[])
      on conflict (mail_id, message_id) do update
        set mentioned = m.mentioned or excluded.mentioned,
            since = coalesce(excluded.since, m.since)
      """;
  private static final String CLAIM =
      """
      update mail set state = 'sending', attempts = attempts + 1, due_at = $2
      where id in (select id from mail
                   where state in ('waiting', 'sending', 'retry') and due_at <= $1
                   order by due_at limit $3 for update skip locked)
      returning id, attempts, created_at
      """;
  private static final String AGAIN =
      """
      update mail set state = 'retry', due_at = $3, reason = $4
      where id = $1 and state = 'sending' and attempts = $2
      """;
  private static final String FINISH =
      """
      with done as (
        update mail set state = $3, done_at = $4, reason = $5
        where id = $1 and state = 'sending' and attempts = $2 returning id
      )
      delete from mail_message where mail_id in (select id from done)
      """;
  private static final String REWORD =
      """
      update mail_text t set excerpt = x.excerpt
      from unnest($1::uuid[], $2::text[]) as x(message_id, excerpt)
      where t.message_id = x.message_id
      """;
  private static final String DROP = "delete from mail_message where message_id = any($1)";
  private static final String DROP_TEXTS = "delete from mail_text where message_id = any($1)";
  private static final String PURGE = "delete from mail where done_at < $1";
  private static final String PURGE_TEXTS =
      """
      delete from mail_text t
      where t.at < $1 and not exists (select from mail_message x where x.message_id = t.message_id)
      """;

  private final Tx tx;
  private final Clock clock;
  private final NotificationConfig.Email config;

  Mails(Tx tx, Clock clock, NotificationConfig config) {
    this.tx = tx;
    this.clock = clock;
    this.config = config.email();
  }

  /** A message that is a reason to mail somebody; of several edits of one the last. */
  record Reason(NewMessage message, String kind, String person, boolean mentioned) {
    /** When an edit made it one; null for a new message. */
    OffsetDateTime since() {
      return message.edit() ? utc(message.at()) : null;
    }

    String key() {
      return key(message.tenant(), kind, person, message.conversationId());
    }

    static String key(String tenant, String kind, String person, UUID conversationId) {
      return tenant + "\n" + kind + "\n" + person + "\n" + conversationId;
    }
  }

  /** A mail that this node has taken to send, on its n-th attempt. */
  record Claim(UUID id, int attempt, Instant createdAt) {}

  /** Puts each message into the mail that waits for its reader, opening one where none does. */
  Uni<Void> add(Work work, List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Map<String, Reason> last = new LinkedHashMap<>();
    reasons.forEach(r -> last.put(r.message().id() + "\n" + r.key(), r));
    Collection<Reason> each = last.values();
    return addTexts(work, each)
        .chain(() -> open(work, each))
        .flatMap(
            mails ->
                run(
                    work,
                    ADD_MESSAGES,
                    column(each, UUID.class, r -> mails.get(r.key())),
                    column(each, UUID.class, r -> r.message().id()),
                    column(each, Boolean.class, Reason::mentioned),
                    column(each, OffsetDateTime.class, Reason::since)));
  }

  /** Takes mails that are due; no other node takes them for the time of the lease. */
  Uni<List<Claim>> claim(int limit) {
    Instant now = clock.instant();
    return tx.write(
        work ->
            work.sql()
                .preparedQuery(CLAIM)
                .execute(Tuple.of(utc(now), utc(now.plus(config.lease())), limit))
                .map(
                    rows -> {
                      List<Claim> claims = new ArrayList<>(rows.size());
                      rows.forEach(
                          row ->
                              claims.add(
                                  new Claim(
                                      row.getUUID(0),
                                      row.getInteger(1),
                                      row.getOffsetDateTime(2).toInstant())));
                      return claims;
                    }));
  }

  /** Notes that the mail is to be tried again. */
  Uni<Void> again(Claim claim, Duration pause, String reason) {
    return tx.write(
        work ->
            run(
                work,
                AGAIN,
                claim.id(),
                claim.attempt(),
                utc(clock.instant().plus(pause)),
                reason));
  }

  /** Notes how the mail ended: {@code sent}, {@code cancelled} or {@code failed}. */
  Uni<Void> finish(Claim claim, String state, String reason) {
    return tx.write(
        work ->
            run(work, FINISH, claim.id(), claim.attempt(), state, utc(clock.instant()), reason));
  }

  /** What waits with these messages says this now. */
  Uni<Void> reword(Work work, Map<UUID, String> excerpts) {
    return excerpts.isEmpty()
        ? Uni.createFrom().voidItem()
        : run(
            work,
            REWORD,
            column(excerpts.keySet(), UUID.class, id -> id),
            column(excerpts.values(), String.class, text -> text));
  }

  /** The threads of replies that wait begin there. */
  Uni<Void> root(Work work, Map<UUID, Long> seqs) {
    return run(
        work,
        ROOT,
        column(seqs.keySet(), UUID.class, id -> id),
        column(seqs.values(), Long.class, seq -> seq));
  }

  /** No mail says anything of these messages any more. */
  Uni<Void> drop(Work work, Collection<UUID> messages) {
    UUID[] ids = messages.toArray(UUID[]::new);
    return ids.length == 0
        ? Uni.createFrom().voidItem()
        : run(work, DROP, (Object) ids).chain(() -> run(work, DROP_TEXTS, (Object) ids));
  }

  /** Forgets mails that ended a week ago, and words that no mail waits with. */
  Uni<Void> purge() {
    Instant now = clock.instant();
    return tx.write(work -> run(work, PURGE, utc(now.minus(KEPT))))
        .chain(() -> tx.write(work -> run(work, PURGE_TEXTS, utc(now.minus(TEXT_KEPT)))));
  }

  private Uni<Void> addTexts(Work work, Collection<Reason> reasons) {
    Map<UUID, NewMessage> messages = new TreeMap<>();
    reasons.forEach(r -> messages.put(r.message().id(), r.message()));
    Collection<NewMessage> all = messages.values();
    return run(
        work,
        ADD_TEXTS,
        column(all, UUID.class, NewMessage::id),
        column(all, Long.class, NewMessage::seq),
        column(all, String.class, NewMessage::authorKind),
        column(all, String.class, NewMessage::authorId),
        column(all, String.class, NewMessage::authorName),
        column(all, Boolean.class, NewMessage::internal),
        column(all, String.class, NewMessage::excerpt),
        column(all, OffsetDateTime.class, m -> utc(m.at())),
        column(all, UUID.class, NewMessage::threadRoot));
  }

  private Uni<Map<String, UUID>> open(Work work, Collection<Reason> reasons) {
    Map<String, Reason> places = new TreeMap<>();
    reasons.forEach(r -> places.putIfAbsent(r.key(), r));
    Collection<Reason> all = places.values();
    Instant now = clock.instant();
    Object[] values = {
      column(all, UUID.class, r -> Ids.next()),
      column(all, String.class, r -> r.message().tenant()),
      column(all, String.class, Reason::kind),
      column(all, String.class, Reason::person),
      column(all, UUID.class, r -> r.message().conversationId()),
      utc(now.plus(config.grouping())),
      utc(now)
    };
    return work.sql()
        .preparedQuery(OPEN)
        .execute(Tuple.from(values))
        .map(
            rows -> {
              Map<String, UUID> mails = new HashMap<>();
              rows.forEach(
                  row ->
                      mails.put(
                          Reason.key(
                              row.getString(1), row.getString(2), row.getString(3), row.getUUID(4)),
                          row.getUUID(0)));
              return mails;
            });
  }

  private static Uni<Void> run(Work work, String statement, Object... values) {
    return work.sql().preparedQuery(statement).execute(Tuple.from(values)).replaceWithVoid();
  }

  @SuppressWarnings("unchecked")
  private static <R, T> T[] column(Collection<R> rows, Class<T> type, Function<R, T> value) {
    return rows.stream()
        .map(value)
        .toArray(size -> (T[]) java.lang.reflect.Array.newInstance(type, size));
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
