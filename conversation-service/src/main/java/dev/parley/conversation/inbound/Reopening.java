package dev.parley.conversation.inbound;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationState;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Pills;
import dev.parley.conversation.Query;
import dev.parley.conversation.inbound.Placements.Newest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * A customer who writes into a closed conversation opens it at once (product.md §1): outside
 * numbers before their text is placed, clients with their message. What was written before it was
 * closed does not.
 */
@ApplicationScoped
class Reopening {
  private static final String CLOSED_BEFORE =
      """
      select c.tenant, c.id
      from unnest($1::text[], $2::uuid[], $3::timestamptz[]) as said(tenant, id, at)
      join conversation c on c.tenant = said.tenant and c.id = said.id
      where c.state = 'closed' and c.closed_at <= said.at
      order by c.id
      """;

  private final Tx tx;
  private final Conversations conversations;
  private final ConversationLog log;
  private final Pills pills;

  Reopening(Tx tx, Conversations conversations, ConversationLog log, Pills pills) {
    this.tx = tx;
    this.conversations = conversations;
    this.log = log;
    this.pills = pills;
  }

  private record Closed(String tenant, UUID id) {}

  /** Opens those of the conversations in which a client has written since they were closed. */
  Uni<Void> by(List<Newest> said) {
    List<Newest> clients = said.stream().filter(Newest::ofClient).toList();
    if (clients.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Tuple messages =
        Tuple.of(
            clients.stream().map(Newest::tenant).toArray(String[]::new),
            clients.stream().map(Newest::conversationId).toArray(UUID[]::new),
            clients.stream()
                .map(one -> one.message().at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
    Query query = tx::read;
    return query
        .list(
            CLOSED_BEFORE, messages, row -> new Closed(row.getString("tenant"), row.getUUID("id")))
        .flatMap(
            closed -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Closed one : closed) {
                all = all.chain(() -> tx.write(work -> open(work, one))).replaceWithVoid();
              }
              return all;
            });
  }

  private Uni<Conversation> open(Work work, Closed closed) {
    return conversations
        .lockById(work, closed.tenant(), closed.id())
        .flatMap(found -> open(work, Actor.SYSTEM, found));
  }

  /** Opens one that the work has locked, if it is closed. */
  Uni<Conversation> open(Work work, Actor by, Conversation found) {
    if (found.state() != ConversationState.CLOSED) {
      return Uni.createFrom().item(found);
    }
    Conversation open = found.in(ConversationState.OPEN);
    return conversations
        .update(work, open)
        .chain(() -> log.changed(work, by, EventType.CONVERSATION_OPENED, open))
        .invoke(() -> pills.reopened(work, open))
        .replaceWith(open);
  }
}
