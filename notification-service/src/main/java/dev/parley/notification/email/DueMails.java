package dev.parley.notification.email;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.MemberKind;
import dev.parley.notification.EmailMode;
import dev.parley.notification.EmailRule.Facts;
import dev.parley.notification.NotificationConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads claimed mails with the rights, preferences and presence of this moment. */
@ApplicationScoped
class DueMails {
  private static final String OF =
      """
      select m.id, m.kind, m.person, m.conversation_id, c.type, c.title, p.email as address,
             coalesce(p.active, false) as active, x.message_id, x.mentioned, t.author_kind,
             t.author_id, t.author_name, t.internal, t.excerpt,
             coalesce(w.level, l.level) as level, f.email as mode,
             coalesce(w.mute_until > $3, false) as muted,
             coalesce(r.granted and r.visible_from_seq <= least(t.seq, t.root_seq), false)
               as visible,
             coalesce(s.state in ('online', 'dnd') and s.changed_at > $2
                 or s.online_until > coalesce(x.since, t.at), false)
               as present
      from mail m
      join conversation_copy c using (conversation_id)
      join mail_message x on x.mail_id = m.id
      join mail_text t using (message_id)
      left join person_copy p on p.tenant = m.tenant and p.kind = m.kind and p.id = m.person
      left join right_copy r
        on r.tenant = m.tenant and r.conversation_id = m.conversation_id
       and r.kind = m.kind and r.subject = m.person
      left join preference f on f.tenant = m.tenant and f.kind = m.kind and f.person = m.person
      left join preference_level l
        on l.tenant = m.tenant and l.kind = m.kind and l.person = m.person and l.type = c.type
      left join conversation_level w
        on w.tenant = m.tenant and w.conversation_id = m.conversation_id
       and w.kind = m.kind and w.person = m.person
      left join presence_copy s on s.tenant = m.tenant and s.kind = m.kind and s.id = m.person
      where m.id = any($1::uuid[])
      order by m.id, t.seq
      """;

  /** One address, nothing that could become a second one or another header. */
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>\\[\\]():;,\"\\\\@]{1,64}@[^\\s<>\\[\\]():;,\"\\\\@]{1,255}");

  private final Tx tx;
  private final Clock clock;
  private final NotificationConfig config;

  DueMails(Tx tx, Clock clock, NotificationConfig config) {
    this.tx = tx;
    this.clock = clock;
    this.config = config;
  }

  /** The mails by id; one without messages is missing. */
  Uni<Map<UUID, DueMail>> of(Collection<UUID> ids) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    Tuple values = Tuple.of(ids.toArray(UUID[]::new), now.minus(config.presence().believed()), now);
    return tx.read(OF, values)
        .map(
            rows -> {
              Map<UUID, DueMail> mails = new LinkedHashMap<>();
              rows.forEach(
                  row ->
                      mails
                          .computeIfAbsent(row.getUUID("id"), id -> mail(row))
                          .items()
                          .add(item(row)));
              return mails;
            });
  }

  private static DueMail mail(Row row) {
    return new DueMail(
        row.getUUID("id"),
        row.getUUID("conversation_id"),
        ConversationType.of(row.getString("type")),
        row.getString("title"),
        address(row),
        new ArrayList<>());
  }

  private static DueMail.Item item(Row row) {
    String level = row.getString("level");
    String mode = row.getString("mode");
    String kind = row.getString("kind");
    Facts facts =
        new Facts(
            row.getBoolean("visible"),
            kind.equals(row.getString("author_kind"))
                && row.getString("person").equals(row.getString("author_id")),
            MemberKind.of(kind),
            row.getBoolean("internal"),
            row.getBoolean("active") && address(row) != null,
            ConversationType.of(row.getString("type")),
            row.getBoolean("muted"),
            level == null ? null : Level.of(level),
            row.getBoolean("mentioned"),
            mode == null ? null : EmailMode.of(mode),
            row.getBoolean("present"));
    return new DueMail.Item(
        row.getUUID("message_id"), row.getString("author_name"), row.getString("excerpt"), facts);
  }

  private static String address(Row row) {
    String address = row.getString("address");
    return address != null && ADDRESS.matcher(address).matches() ? address : null;
  }
}
