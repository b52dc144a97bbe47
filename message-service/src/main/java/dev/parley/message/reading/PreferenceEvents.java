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
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people have hidden is not in the total of what is unread until something is said there, what
 * they have muted until its time has come (product.md §4): a projection by version, and they are
 * told their counts anew. Of who takes no part yet it is kept until they come.
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

  private static final String LOCK =
      "select from timeline where tenant = $1 and conversation_id = $2 for share";

  private static final String AWAIT_BIRTH =
      "select pg_advisory_xact_lock(%s)".formatted(Timelines.BIRTH.formatted("$1"));

  private static final String KEEP_EARLY =
      """
      insert into early_preference as e (tenant, conversation_id, kind, subject_id, hidden_seq,
        version, muted_until)
      select $1, $2, $3, $4, $5::bigint, $6, $7::timestamptz
      where not exists (select from member where tenant = $1 and conversation_id = $2
                          and kind = $3 and subject_id = $4)
      on conflict (tenant, conversation_id, kind, subject_id) do update
      set hidden_seq = excluded.hidden_seq, muted_until = excluded.muted_until,
        version = excluded.version
      where e.version < excluded.version
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
    // Members are locked in the order of conversations, as sends that share a transaction do.
    List<Envelope> told =
        Received.forPeople(batch, EventType.PREFERENCES_UPDATED).stream()
            .sorted(Comparator.comparing(event -> event.conversationId().toString()))
            .toList();
    if (told.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Kept> kept = told.stream().flatMap(Kept::of).toList();
    return tx.write(work -> keep(work, kept))
        .flatMap(this::keepEarly)
        .chain(
            () -> {
              told.forEach(this::tell);
              return pace.flush();
            });
  }

  /** What one person keeps of one conversation. */
  private record Kept(Envelope event, Recipient who) {
    static Stream<Kept> of(Envelope event) {
      return event.to().stream().map(who -> new Kept(event, who));
    }

    Tuple values() {
      PreferencesUpdated kept = event.data(PreferencesUpdated.class);
      return Tuple.tuple()
          .addString(event.tenant())
          .addUUID(event.conversationId())
          .addString(who.kind())
          .addString(who.id())
          .addLong(kept.hiddenSeq())
          .addLong(kept.version())
          .addOffsetDateTime(
              kept.muteUntil() == null ? null : kept.muteUntil().atOffset(ZoneOffset.UTC));
    }
  }

  /** Those that changed nothing: they are old, or their person takes no part. */
  private static Uni<List<Kept>> keep(Work work, List<Kept> all) {
    List<Kept> others = new ArrayList<>();
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Kept one : all) {
      done =
          done.chain(() -> work.sql().preparedQuery(KEEP).execute(one.values()))
              .invoke(
                  rows -> {
                    if (rows.rowCount() == 0) {
                      others.add(one);
                    }
                  })
              .replaceWithVoid();
    }
    return done.replaceWith(others);
  }

  /**
   * For who takes no part yet. Under the lock of the head, which is held while somebody is made a
   * member: it is either seen by them or sees them. One by one, so that no lock of another
   * conversation is waited for while one is held.
   */
  private Uni<Void> keepEarly(List<Kept> others) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Kept one : others) {
      done =
          done.chain(
              () ->
                  tx.write(
                      work ->
                          lockHead(work, one.event())
                              .chain(() -> work.sql().preparedQuery(KEEP).execute(one.values()))
                              .chain(
                                  () -> work.sql().preparedQuery(KEEP_EARLY).execute(one.values()))
                              .replaceWithVoid()));
    }
    return done;
  }

  /** Of a conversation that has not come yet the head may be on its way with its members. */
  private static Uni<Void> lockHead(Work work, Envelope event) {
    Tuple head = Tuple.of(event.tenant(), event.conversationId());
    return work.sql()
        .preparedQuery(LOCK)
        .execute(head)
        .flatMap(
            found ->
                found.size() == 1
                    ? Uni.createFrom().voidItem()
                    : work.sql()
                        .preparedQuery(AWAIT_BIRTH)
                        .execute(Tuple.of(event.conversationId()))
                        .chain(() -> work.sql().preparedQuery(LOCK).execute(head))
                        .replaceWithVoid());
  }

  private void tell(Envelope event) {
    Set<Recipient> people = Set.copyOf(event.to());
    pace.add(new News(event.tenant(), event.conversationId(), people), true);
  }
}
