package dev.parley.notification.email;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.notification.EmailMode;
import dev.parley.notification.EmailRule;
import dev.parley.notification.NotificationConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who may have to be told of new messages: one statement for a whole batch.
 *
 * <p>It leaves out only whom the rule would leave out: those who are there and do not want mail
 * while they are, and in channels and deal rooms all but the mentioned and those who asked for
 * every message, so that a large channel costs no more than a small one. A mention of the whole
 * {@code channel} does look at each member.
 */
@ApplicationScoped
class Candidates {
  // The limits keep the planner from reading all members of a large channel to find one.
  private static final String OF =
      """
      with message as (
        select * from unnest($1::int[], $2::text[], $3::uuid[], $4::bigint[], $5::timestamptz[],
                             $10::text[]) as m(ord, tenant, conversation_id, seq, at, type)
      ), mention as (
        select * from unnest($6::int[], $7::text[]) as n(ord, id)
      ), place as (
        select m.*,
               m.type = any($8::text[])
                 and not exists (select from mention n where n.ord = m.ord and n.id = 'channel')
                 as wide
        from message m
      ), person as (
        select p.ord, r.kind, r.subject
        from place p join right_copy r using (tenant, conversation_id)
        where not p.wide and r.granted and r.kind <> 'phone' and r.visible_from_seq <= p.seq
        union
        select p.ord, r.kind, r.subject
        from place p
        join mention n using (ord)
        cross join lateral (
          select * from right_copy r
          where r.tenant = p.tenant and r.conversation_id = p.conversation_id
            and r.kind = 'user' and r.subject = n.id
          limit 1
        ) r
        where p.wide and r.granted and r.visible_from_seq <= p.seq
        union
        select p.ord, r.kind, r.subject
        from place p
        join preference_level l on l.tenant = p.tenant and l.type = p.type and l.level = 'all'
        cross join lateral (
          select * from right_copy r
          where r.tenant = p.tenant and r.conversation_id = p.conversation_id
            and r.kind = l.kind and r.subject = l.person
          limit 1
        ) r
        where p.wide and r.granted and r.visible_from_seq <= p.seq
        union
        select p.ord, r.kind, r.subject
        from place p
        join conversation_level l
          on l.tenant = p.tenant and l.conversation_id = p.conversation_id and l.level = 'all'
        cross join lateral (
          select * from right_copy r
          where r.tenant = p.tenant and r.conversation_id = p.conversation_id
            and r.kind = l.kind and r.subject = l.person
          limit 1
        ) r
        where p.wide and r.granted and r.visible_from_seq <= p.seq
      ), known as (
        select p.ord, o.kind, o.subject, p.type, coalesce(w.level, l.level) as level, f.email,
               coalesce(w.mute_until > $11, false) as muted,
               coalesce(s.state in ('online', 'dnd') and s.changed_at > $9 or s.online_until > p.at, false)
                 as present
        from person o
        join place p using (ord)
        left join preference f
          on f.tenant = p.tenant and f.kind = o.kind and f.person = o.subject
        left join preference_level l
          on l.tenant = p.tenant and l.kind = o.kind and l.person = o.subject and l.type = p.type
        left join conversation_level w
          on w.tenant = p.tenant and w.conversation_id = p.conversation_id
         and w.kind = o.kind and w.person = o.subject
        left join presence_copy s on s.tenant = p.tenant and s.kind = o.kind and s.id = o.subject
      )
      select * from known where not present or email = 'always'
      """;
  private static final String[] WIDE =
      Arrays.stream(ConversationType.values())
          .filter(EmailRule::isWide)
          .map(ConversationType::wire)
          .toArray(String[]::new);

  private final Tx tx;
  private final Clock clock;
  private final NotificationConfig config;

  Candidates(Tx tx, Clock clock, NotificationConfig config) {
    this.tx = tx;
    this.clock = clock;
    this.config = config;
  }

  /** One person and one message. */
  record Candidate(
      NewMessage message,
      String kind,
      String person,
      ConversationType type,
      boolean muted,
      Level level,
      EmailMode mode,
      boolean present) {}

  /** The members to whom the rule is to be put, for each message. */
  Uni<List<Candidate>> of(List<NewMessage> messages) {
    List<Integer> mentionOf = new ArrayList<>();
    List<String> mention = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      for (String id : messages.get(i).mentions()) {
        mentionOf.add(i);
        mention.add(id);
      }
    }
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    Tuple values =
        Tuple.from(
            new Object[] {
              java.util.stream.IntStream.range(0, messages.size()).boxed().toArray(Integer[]::new),
              messages.stream().map(NewMessage::tenant).toArray(String[]::new),
              messages.stream().map(NewMessage::conversationId).toArray(java.util.UUID[]::new),
              messages.stream().map(NewMessage::seq).toArray(Long[]::new),
              messages.stream()
                  .map(m -> m.at().atOffset(ZoneOffset.UTC))
                  .toArray(OffsetDateTime[]::new),
              mentionOf.toArray(Integer[]::new),
              mention.toArray(String[]::new),
              WIDE,
              now.minus(config.presence().believed()),
              messages.stream().map(m -> m.type().wire()).toArray(String[]::new),
              now
            });
    return tx.read(OF, values)
        .map(
            rows -> {
              List<Candidate> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(candidate(row, messages)));
              return found;
            });
  }

  private static Candidate candidate(Row row, List<NewMessage> messages) {
    String level = row.getString("level");
    String mode = row.getString("email");
    return new Candidate(
        messages.get(row.getInteger("ord")),
        row.getString("kind"),
        row.getString("subject"),
        messages.get(row.getInteger("ord")).type(),
        row.getBoolean("muted"),
        level == null ? null : Level.of(level),
        mode == null ? null : EmailMode.of(mode),
        row.getBoolean("present"));
  }
}
