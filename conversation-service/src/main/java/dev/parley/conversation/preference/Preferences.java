package dev.parley.conversation.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.PersonalLog;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

/** The store of what people keep of conversations for themselves. */
@ApplicationScoped
class Preferences {
  private static final String PUT =
      """
      with kept as (
        insert into preference as p (tenant, kind, subject_id, conversation_id, starred, hidden_seq,
                                     version)
        values ($1, $2, $3, $4, coalesce($5::boolean, false),
                case when $6::boolean then $7::bigint end, 1)
        on conflict (tenant, kind, subject_id, conversation_id) do update
        set starred = coalesce($5::boolean, p.starred),
            hidden_seq = case when $6::boolean is null then p.hidden_seq
                              when $6 then $7::bigint end,
            version = p.version + 1
        returning starred, hidden_seq, version, level, mute_until),
      mirrored as (
        update member m set starred = kept.starred, hidden_seq = kept.hidden_seq
        from kept
        where m.tenant = $1 and m.conversation_id = $4 and m.kind = $2 and m.subject_id = $3
          and m.state in ('requested', 'active'))
      select starred, hidden_seq, version, level, mute_until from kept
      """;

  private final Tx tx;
  private final ConversationLog log;

  Preferences(Tx tx, ConversationLog log) {
    this.tx = tx;
    this.log = log;
  }

  /**
   * Stores what is not null, and tells the reader's other devices; hidden is up to the newest
   * message that the reader has seen.
   */
  Uni<Void> put(Caller caller, Seen seen, Boolean starred, Boolean hidden) {
    return tx.write(
        work ->
            Query.in(work)
                .first(
                    PUT,
                    Tuple.from(
                        Arrays.asList(
                            caller.tenant(),
                            caller.kind(),
                            caller.id(),
                            seen.conversation().id(),
                            starred,
                            hidden,
                            seen.lastSeq())),
                    row -> kept(row, seen))
                .invoke(kept -> tell(work, caller, seen.conversation(), kept.orElseThrow()))
                .replaceWithVoid());
  }

  private void tell(Work work, Caller caller, Conversation c, PreferencesUpdated kept) {
    PersonalLog.emit(
        work,
        Envelope.of(
                EventType.PREFERENCES_UPDATED,
                caller.tenant(),
                c.id(),
                caller.actor(),
                log.now(),
                kept)
            .in(c.type()),
        List.of(Recipient.user(caller.id())));
  }

  private static PreferencesUpdated kept(Row row, Seen seen) {
    Long hidden = row.getLong("hidden_seq");
    return kept(row, hidden != null && seen.saidSeq() <= hidden);
  }

  /** As the row says it; whether it is hidden depends on what has been said since, too. */
  static PreferencesUpdated kept(Row row, boolean hidden) {
    return new PreferencesUpdated(
        row.getBoolean("starred"),
        hidden,
        row.getLong("hidden_seq"),
        row.getLong("version"),
        level(row),
        muteUntil(row));
  }

  private static Level level(Row row) {
    String level = row.getString("level");
    return level == null ? null : Level.of(level);
  }

  private static Instant muteUntil(Row row) {
    OffsetDateTime until = row.getOffsetDateTime("mute_until");
    return until == null ? null : until.toInstant();
  }
}
