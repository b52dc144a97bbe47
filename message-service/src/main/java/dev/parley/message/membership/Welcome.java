package dev.parley.message.membership;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The greeting in a client's new channel (product.md §1): message 1, always, because it is stored
 * in the transaction that begins the conversation's log. It is the system's, so nobody has answered
 * by it and nobody is notified of it. Its id follows from the conversation's.
 */
@ApplicationScoped
class Welcome {
  private static final String INSERT =
      """
      with placed as (
        insert into message (tenant, id, conversation_id, seq, rev, client_msg_id, kind,
          author_kind, author_name, body, visibility, mentions, record_refs, system, at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '{}', '[]', $12, $13, 1)
        returning seq, rev)
      update timeline t
      set last_seq = placed.seq, last_rev = placed.rev, client_seq = placed.seq
      from placed where t.tenant = $1 and t.conversation_id = $3
      """;

  private static final String EVENT = "welcome";
  private static final String AUTHOR = "System";

  Welcome() {}

  /** Greets in a conversation whose log has just begun. */
  Uni<Void> greet(Work work, Envelope created, ConversationType type, String text) {
    Message message = message(created, text, 1, 2);
    work.emit(
        Topics.TIMELINE,
        created.conversationId().toString(),
        new Envelope(
            Ids.named(EventType.MESSAGE_CREATED, message.id().toString()),
            EventType.MESSAGE_CREATED,
            1,
            created.tenant(),
            created.conversationId(),
            message.seq(),
            null,
            message.rev(),
            type,
            Actor.SYSTEM,
            created.at(),
            null,
            Json.mapper().valueToTree(message)));
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    created.tenant(),
                    message.id(),
                    message.conversationId(),
                    message.seq(),
                    message.rev(),
                    message.clientMsgId(),
                    message.kind().wire(),
                    message.authorKind().wire(),
                    message.authorName(),
                    message.body(),
                    message.visibility().wire(),
                    Json.text(message.system()),
                    message.at().atOffset(ZoneOffset.UTC))))
        .replaceWithVoid();
  }

  private static Message message(Envelope created, String text, long seq, long rev) {
    UUID id = Ids.named(EVENT, created.conversationId().toString());
    return new Message(
        id,
        created.conversationId(),
        id.toString(),
        MessageKind.SYSTEM,
        null,
        AuthorKind.SYSTEM,
        AUTHOR,
        null,
        null,
        null,
        text,
        Visibility.ALL,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        false,
        null,
        null,
        new Pill(EVENT, Map.of()),
        created.at(),
        1,
        seq,
        rev);
  }
}
