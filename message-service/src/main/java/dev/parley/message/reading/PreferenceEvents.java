package dev.parley.message.reading;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.message.CountLog.News;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * What people have hidden is not in the total of what is unread until something is said there, what
 * they have muted until its time has come (product.md §4): a projection by version, and they are
 * told their counts anew.
 */
@ApplicationScoped
class PreferenceEvents implements BatchConsumer {
  /** A mute that has run out and stands there still has counted for the version: see Counts. */
  private static final String KEEP =
      """
      update member
      set hidden_seq = $5, hidden_version = $6,
        muted_until = case when $7 > statement_timestamp() then $7 end,
        marks = marks
          + case when hidden_seq is distinct from $5 or muted_until is distinct from $7
              then 1 else 0 end
          + case when muted_until <= statement_timestamp() then 1 else 0 end
      where tenant = $1 and conversation_id = $2 and kind = $3 and subject_id = $4
        and hidden_version < $6
      """;

  private final Tx tx;
  private final Pace pace;

  PreferenceEvents(Tx tx, Pace pace) {
    this.tx = tx;
    this.pace = pace;
  }

  @Override
  public String name() {
    return "preferences";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.CONVERSATION_PERSONAL);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(250);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> told = Received.forPeople(batch, EventType.PREFERENCES_UPDATED);
    if (told.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(work -> all(work, told))
        .chain(
            () -> {
              told.forEach(this::tell);
              return pace.flush();
            });
  }

  private static Uni<Void> all(Work work, List<Envelope> told) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Envelope event : told) {
      for (Recipient who : event.to()) {
        done = done.chain(() -> keep(work, event, who));
      }
    }
    return done;
  }

  private static Uni<Void> keep(Work work, Envelope event, Recipient who) {
    PreferencesUpdated kept = event.data(PreferencesUpdated.class);
    return work.sql()
        .preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addString(event.tenant())
                .addUUID(event.conversationId())
                .addString(who.kind())
                .addString(who.id())
                .addLong(kept.hiddenSeq())
                .addLong(kept.version())
                .addOffsetDateTime(
                    kept.muteUntil() == null ? null : kept.muteUntil().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  private void tell(Envelope event) {
    Set<Recipient> people = Set.copyOf(event.to());
    pace.add(new News(event.tenant(), event.conversationId(), people), true);
  }
}
