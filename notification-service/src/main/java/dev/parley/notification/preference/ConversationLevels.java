package dev.parley.notification.preference;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.LevelUpdated;
import dev.parley.notification.EmailRule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Table {@code conversation_level}: what people chose for single conversations. It binds at once,
 * for mails that already wait too, and is told to their devices and to who counts what is unread.
 *
 * <p>A choice may be made for each conversation that one takes part in, for customers'
 * conversations by who sees them all, and for channels by users. Limit: who sees a deal without
 * taking part in its room chooses nothing for it, and would be told of nothing.
 */
@ApplicationScoped
class ConversationLevels {
  /** $1–$3 the person, $4 whether they see all customers' conversations. */
  private static final String SEEN =
      """
      from conversation_copy c
      left join right_copy r
        on r.tenant = $1 and r.conversation_id = c.conversation_id and r.kind = $2
       and r.subject = $3 and r.granted
      left join conversation_level w
        on w.tenant = $1 and w.kind = $2 and w.person = $3
       and w.conversation_id = c.conversation_id
      left join preference_level l
        on l.tenant = $1 and l.kind = $2 and l.person = $3 and l.type = c.type
      where c.tenant = $1
        and (r.granted or $2 = 'user' and (c.type = 'channel' or $4 and c.type = any($5)))
      """;

  private static final String COLUMNS =
      """
      select c.conversation_id, c.type, w.level as chosen, w.mute_until, l.level
      """;
  private static final String OF = COLUMNS + SEEN + " and c.conversation_id = $6";
  private static final String PAGE =
      COLUMNS
          + SEEN
          + """
           and (w.level is not null or w.mute_until > $6) and c.conversation_id > $7
           order by c.conversation_id limit $8
          """;
  private static final String PUT =
      """
      insert into conversation_level as w
        (tenant, kind, person, conversation_id, level, mute_until, version)
      values ($1, $2, $3, $4, $5, $6, 1)
      on conflict (tenant, kind, person, conversation_id) do update
        set level = excluded.level, mute_until = excluded.mute_until, version = w.version + 1
      returning version
      """;
  private static final String[] CUSTOMERS =
      Arrays.stream(ConversationType.values())
          .filter(ConversationType::isCustomer)
          .map(ConversationType::wire)
          .toArray(String[]::new);
  private static final UUID FIRST = new UUID(0, 0);

  private final Tx tx;
  private final Clock clock;
  private final EmailRule rule;
  private final Waiter waiter;
  private final Cursors cursors;

  ConversationLevels(Tx tx, Clock clock, EmailRule rule, Waiter waiter, Cursors cursors) {
    this.tx = tx;
    this.clock = clock;
    this.rule = rule;
    this.waiter = waiter;
    this.cursors = cursors;
  }

  /** One conversation of the caller's, and what they chose for it. */
  private record Known(UUID id, ConversationType type, Level chosen, Level ofType, Instant mute) {}

  /** What holds for the caller in one conversation; 404 where they see none. */
  Uni<ConversationLevelView> of(Caller caller, String id) {
    return known(caller, id).map(this::view);
  }

  /** Replaces the caller's choice for one conversation; 404 where they see none. */
  Uni<ConversationLevelView> put(Caller caller, String id, ConversationLevelRequest request) {
    return known(caller, id)
        .flatMap(
            known -> {
              Known now =
                  new Known(
                      known.id(),
                      known.type(),
                      request.level(),
                      known.ofType(),
                      future(request.muteUntil()));
              return tx.write(work -> put(work, caller, now)).replaceWith(view(now));
            });
  }

  /** What the caller chose, by conversation, of those that they see. */
  Uni<Page<ConversationLevelView>> page(Caller caller, String cursor, Integer asked) {
    int limit = Page.limit(asked);
    String scope = String.join("\n", "conversation-levels", caller.tenant(), person(caller));
    UUID after = cursor == null ? FIRST : UUID.fromString(cursors.require(scope, cursor));
    return tx.read(
            PAGE,
            reader(caller)
                .addOffsetDateTime(at(clock.instant()))
                .addUUID(after)
                .addInteger(limit + 1))
        .map(
            rows -> {
              List<ConversationLevelView> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(view(known(row))));
              if (found.size() <= limit) {
                return new Page<>(found, null);
              }
              List<ConversationLevelView> shown = found.subList(0, limit);
              UUID last = shown.get(limit - 1).conversationId();
              return new Page<>(shown, cursors.seal(scope, last.toString()));
            });
  }

  private Uni<Known> known(Caller caller, String id) {
    UUID conversation = Ids.parse(id);
    return waiter.visible(
        conversation,
        () ->
            tx.read(OF, reader(caller).addUUID(conversation))
                .map(
                    rows ->
                        rows.size() == 0
                            ? Optional.empty()
                            : Optional.of(known(rows.iterator().next()))));
  }

  private static Tuple reader(Caller caller) {
    return Tuple.tuple()
        .addString(caller.tenant())
        .addString(caller.kind())
        .addString(caller.id())
        .addBoolean(caller.seesAllCustomers())
        .addArrayOfString(CUSTOMERS);
  }

  private static String person(Caller caller) {
    return caller.kind() + "/" + caller.id();
  }

  private Uni<Void> put(Work work, Caller caller, Known now) {
    return work.sql()
        .preparedQuery(PUT)
        .execute(
            Tuple.tuple()
                .addString(caller.tenant())
                .addString(caller.kind())
                .addString(caller.id())
                .addUUID(now.id())
                .addString(now.chosen() == null ? null : now.chosen().wire())
                .addOffsetDateTime(now.mute() == null ? null : at(now.mute())))
        .invoke(rows -> tell(work, caller, now, rows.iterator().next().getLong("version")))
        .replaceWithVoid();
  }

  private void tell(Work work, Caller caller, Known now, long version) {
    Envelope event =
        Envelope.of(
                EventType.LEVEL_UPDATED,
                caller.tenant(),
                now.id(),
                caller.actor(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                new LevelUpdated(now.chosen(), now.mute(), version))
            .in(now.type())
            .to(List.of(new Recipient(caller.kind(), caller.id())));
    work.emit(Topics.NOTIFICATION, now.id().toString(), event);
  }

  private ConversationLevelView view(Known known) {
    Level ofType = known.ofType() == null ? rule.defaultLevel(known.type()) : known.ofType();
    return new ConversationLevelView(
        known.id(),
        known.chosen() == null ? ofType : known.chosen(),
        known.chosen() == null ? true : null,
        future(known.mute()));
  }

  private Instant future(Instant until) {
    return until == null || !until.isAfter(clock.instant())
        ? null
        : until.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Known known(Row row) {
    String chosen = row.getString("chosen");
    String ofType = row.getString("level");
    OffsetDateTime mute = row.getOffsetDateTime("mute_until");
    return new Known(
        row.getUUID("conversation_id"),
        ConversationType.of(row.getString("type")),
        chosen == null ? null : Level.of(chosen),
        ofType == null ? null : Level.of(ofType),
        mute == null ? null : mute.toInstant());
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
