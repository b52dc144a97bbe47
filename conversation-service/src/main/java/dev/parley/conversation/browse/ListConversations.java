package dev.parley.conversation.browse;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The conversations that one takes part in, the one with the newest activity first: activity that
 * the reader may see, that is.
 */
@ApplicationScoped
class ListConversations {
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID LAST = new UUID(-1, -1);
  private static final int MAX_IDS = 200;

  private final Tx tx;
  private final Conversations conversations;
  private final Access access;
  private final Views views;
  private final Cursors cursors;

  ListConversations(
      Tx tx, Conversations conversations, Access access, Views views, Cursors cursors) {
    this.tx = tx;
    this.conversations = conversations;
    this.access = access;
    this.views = views;
    this.cursors = cursors;
  }

  /** One page. With {@code ids} those that one may see, also without taking part. */
  Uni<Page<ConversationView>> list(Caller caller, ListRequest request) {
    if (request.ids != null) {
      return access
          .among(tx::read, caller, ids(request.ids))
          .flatMap(seen -> views.of(tx::read, caller, seen))
          .map(items -> new Page<>(items, null));
    }
    Filter filter = Filter.of(request.filter);
    String type = type(request.type);
    String text = request.q == null || request.q.isBlank() ? null : request.q.strip();
    int limit = Page.limit(request.limit);
    String scope =
        String.join(
            "\n",
            "conversations",
            caller.tenant(),
            caller.kind(),
            caller.id(),
            filter.name(),
            String.valueOf(type),
            String.valueOf(text));
    Position from = position(scope, request.cursor);
    return conversations
        .participating(
            tx::read, caller, filter.condition, type, text, from.activityAt(), from.id(), limit + 1)
        .flatMap(found -> page(caller, scope, found, limit));
  }

  private Uni<Page<ConversationView>> page(
      Caller caller, String scope, List<Seen> found, int limit) {
    boolean more = found.size() > limit;
    List<Seen> shown = more ? found.subList(0, limit) : found;
    String next = more ? cursors.seal(scope, Position.of(shown.get(limit - 1)).text()) : null;
    return views.of(tx::read, caller, shown).map(items -> new Page<>(items, next));
  }

  private Position position(String scope, String cursor) {
    return cursor == null
        ? new Position(END_OF_TIME, LAST)
        : Position.of(cursors.require(scope, cursor));
  }

  private static String type(String type) {
    try {
      return type == null ? null : ConversationType.of(type).wire();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("type", "is no type of conversation");
    }
  }

  private static List<UUID> ids(String text) {
    List<UUID> ids = Arrays.stream(text.split(",")).map(Ids::parse).toList();
    if (ids.size() > MAX_IDS || ids.contains(null)) {
      throw Problem.invalid("ids", "must be 1 to " + MAX_IDS + " ids, comma separated");
    }
    return ids;
  }

  /** The last conversation of a page. */
  private record Position(Instant activityAt, UUID id) {
    static Position of(Seen seen) {
      return new Position(seen.lastActivityAt(), seen.conversation().id());
    }

    static Position of(String text) {
      String[] parts = text.split("/");
      return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }

    String text() {
      return activityAt + "/" + id;
    }
  }
}
