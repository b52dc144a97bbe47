package dev.parley.conversation.inboxes;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads inboxes, the newest activity first: a page is three statements, however long it is. What
 * the reader may not see is never there, whatever the inbox's own condition says: {@link Access}
 * has the last word.
 */
@ApplicationScoped
class ReadInbox {
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID LAST = new UUID(-1, -1);

  private final Tx tx;
  private final Access access;
  private final Views views;
  private final Cursors cursors;

  ReadInbox(Tx tx, Access access, Views views, Cursors cursors) {
    this.tx = tx;
    this.access = access;
    this.views = views;
    this.cursors = cursors;
  }

  /** How many conversations each inbox has. */
  record Counts(long team, long assigned, long internal) {}

  /** The customer conversations that one may see. */
  Uni<Page<ConversationView>> team(Caller caller, String cursor, Integer limit) {
    Access.requireStaff(caller);
    return page(caller, teamOf(caller), cursor, limit);
  }

  /** Those assigned to oneself. */
  Uni<Page<ConversationView>> assigned(Caller caller, String cursor, Integer limit) {
    Access.requireStaff(caller);
    return page(caller, Inbox.ASSIGNED, cursor, limit);
  }

  /** One's internal chats; none for who is logged in as somebody else (product.md §1). */
  Uni<Page<ConversationView>> internal(Caller caller, String cursor, Integer limit) {
    requireUser(caller);
    return caller.impersonator() == null
        ? page(caller, Inbox.INTERNAL, cursor, limit)
        : Uni.createFrom().item(new Page<>(List.of(), null));
  }

  /** All three, as conversations. */
  Uni<Counts> counts(Caller caller) {
    requireUser(caller);
    return count(caller, teamOf(caller))
        .flatMap(
            team ->
                count(caller, Inbox.ASSIGNED)
                    .flatMap(
                        assigned ->
                            (caller.impersonator() == null
                                    ? count(caller, Inbox.INTERNAL)
                                    : Uni.createFrom().item(0L))
                                .map(internal -> new Counts(team, assigned, internal))));
  }

  private static Inbox teamOf(Caller caller) {
    return caller.seesAllCustomers() ? Inbox.TEAM : Inbox.TEAM_OF_ASSIGNED;
  }

  private static void requireUser(Caller caller) {
    if (!caller.is(Role.AGENCY)) {
      Access.requireStaff(caller);
    }
  }

  private Uni<Long> count(Caller caller, Inbox inbox) {
    Query query = tx::read;
    return query
        .first(inbox.count, Tuple.of(caller.tenant(), caller.id()), row -> row.getLong("n"))
        .map(n -> n.orElse(0L));
  }

  private Uni<Page<ConversationView>> page(
      Caller caller, Inbox inbox, String cursor, Integer asked) {
    int limit = Page.limit(asked);
    String scope = Cursors.scope("inbox", caller, inbox.name());
    Position from =
        cursor == null
            ? new Position(END_OF_TIME, LAST)
            : Position.of(cursors.require(scope, cursor));
    Query query = tx::read;
    return query
        .list(
            inbox.page,
            Tuple.of(
                caller.tenant(),
                caller.id(),
                from.at().atOffset(ZoneOffset.UTC),
                from.id(),
                limit + 1),
            row -> new Position(row.getOffsetDateTime("at").toInstant(), row.getUUID("id")))
        .flatMap(
            found -> {
              boolean more = found.size() > limit;
              List<Position> shown = more ? found.subList(0, limit) : found;
              String next = more ? cursors.seal(scope, shown.get(limit - 1).text()) : null;
              return views(query, caller, shown.stream().map(Position::id).toList())
                  .map(items -> new Page<>(items, next));
            });
  }

  private Uni<List<ConversationView>> views(Query query, Caller caller, List<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return access
        .among(query, caller, ids)
        .flatMap(
            seen -> {
              Map<UUID, Seen> byId =
                  seen.stream()
                      .collect(Collectors.toMap(s -> s.conversation().id(), Function.identity()));
              return views.of(
                  query, caller, ids.stream().map(byId::get).filter(Objects::nonNull).toList());
            });
  }

  /** The last conversation of a page. */
  private record Position(Instant at, UUID id) {
    static Position of(String text) {
      String[] parts = text.split("/");
      return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }

    String text() {
      return at + "/" + id;
    }
  }
}
