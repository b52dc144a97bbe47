package dev.parley.conversation.preference;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.LevelUpdated;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.PersonalLog;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * Puts what notification-service tells (of which messages somebody wants to be told, and until when
 * it is muted) to what one keeps of a conversation, so that all of it has one version and one
 * event. By that service's version: what comes again or late changes nothing and tells nobody.
 */
@ApplicationScoped
public class KeepLevels {
  private static final String KEEP =
      """
      with kept as (
        insert into preference as p (tenant, kind, subject_id, conversation_id, starred, version,
                                     level, mute_until, level_version)
        select $1, $2, $3, c.id, false, 1, $5, $6, $7
        from conversation c where c.tenant = $1 and c.id = $4
        on conflict (tenant, kind, subject_id, conversation_id) do update
        set level = excluded.level, mute_until = excluded.mute_until,
            level_version = excluded.level_version, version = p.version + 1
        where p.level_version < excluded.level_version
        returning conversation_id, starred, hidden_seq, version, level, mute_until)
      select k.*, c.type,
        coalesce(k.hidden_seq >= case when l.seq >= coalesce(m.visible_from_seq, 1) then l.seq
                                      else 0 end, false) as hidden
      from kept k
      join conversation c on c.tenant = $1 and c.id = k.conversation_id
      join activity a on a.tenant = $1 and a.conversation_id = k.conversation_id
      cross join lateral (
        select case when $2 = 'client' then a.public_seq else a.last_seq end as seq) l
      left join member m on m.tenant = $1 and m.conversation_id = k.conversation_id
        and m.kind = $2 and m.subject_id = $3 and m.state = 'active'
      """;

  private final ConversationLog log;

  KeepLevels(ConversationLog log) {
    this.log = log;
  }

  /** Takes records of {@code level.updated}, and tells the devices of those whose they are. */
  public Uni<Void> take(Work work, List<Envelope> told) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Envelope event : told) {
      for (Recipient who : event.to()) {
        done = done.chain(() -> keep(work, event, who));
      }
    }
    return done;
  }

  private Uni<Void> keep(Work work, Envelope event, Recipient who) {
    LevelUpdated told = event.data(LevelUpdated.class);
    return Query.in(work)
        .first(
            KEEP,
            Tuple.from(
                Arrays.asList(
                    event.tenant(),
                    who.kind(),
                    who.id(),
                    event.conversationId(),
                    told.level() == null ? null : told.level().wire(),
                    told.muteUntil() == null ? null : told.muteUntil().atOffset(ZoneOffset.UTC),
                    told.version())),
            row -> row)
        .invoke(kept -> kept.ifPresent(row -> tell(work, event, who, row)))
        .replaceWithVoid();
  }

  private void tell(Work work, Envelope event, Recipient who, Row row) {
    PersonalLog.emit(
        work,
        Envelope.of(
                EventType.PREFERENCES_UPDATED,
                event.tenant(),
                event.conversationId(),
                event.actor(),
                log.now(),
                Preferences.kept(row, row.getBoolean("hidden")))
            .in(ConversationType.of(row.getString("type"))),
        List.of(who));
  }
}
