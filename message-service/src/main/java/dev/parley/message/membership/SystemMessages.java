package dev.parley.message.membership;

import dev.parley.chassis.consume.NotYet;
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
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.DealPill;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/**
 * What the system says in a conversation (events.md, "Pills"), in any state of it: placed among the
 * messages like any other, but nobody's. It makes nothing unread and notifies nobody, because only
 * messages of people do; it is never sent to a customer, and among customers it is a note.
 */
@ApplicationScoped
class SystemMessages {
  /** $6: whether it is for staff alone where there are customers. */
  private static final String APPEND =
      """
      with head as (
        select last_seq + 1 as seq, last_rev + 1 as rev, type, staff_count, client_count,
          case when $6 and type in %s then 'internal' else 'all' end as visibility
        from timeline where tenant = $1 and conversation_id = $2
        for no key update
      ), placed as (
        insert into message (tenant, id, conversation_id, seq, rev, client_msg_id, kind,
          author_kind, author_name, impersonated_by, body, visibility, mentions, record_refs,
          system, at, version, staff_count, client_count)
        select $1, $3, $2, seq, rev, $4, 'system', 'system', $5, $7, $8, visibility, '{}', '[]',
          $9, $10, 1, staff_count, client_count
        from head
        returning seq, rev, visibility
      )
      update timeline t
      set last_seq = placed.seq, last_rev = placed.rev,
        changed_seq = placed.seq, changed_rev = placed.rev,
        said_seq = case when $8 = '' then t.said_seq else placed.seq end,
        client_rev = case placed.visibility when 'all' then placed.rev else t.client_rev end,
        client_seq = case placed.visibility when 'all' then placed.seq else t.client_seq end
      from placed where t.tenant = $1 and t.conversation_id = $2
      returning placed.seq, placed.rev, placed.visibility, t.type
      """
          .formatted(Timelines.CUSTOMER_TYPES);

  private static final String AUTHOR = "System";

  SystemMessages() {}

  /** What was asked for by {@code pill.requested}; its id follows from the request's. */
  Uni<Void> pill(Work work, Envelope request) {
    UUID id = Ids.named(request.at(), EventType.PILL_REQUESTED, request.id().toString());
    return append(work, request, id, "", request.data(Pill.class), true);
  }

  /**
   * Appends in the conversation of {@code cause}, once per id.
   *
   * @param staffOnly whether clients do not see it
   */
  Uni<Void> append(Work work, Envelope cause, UUID id, String body, Pill pill, boolean staffOnly) {
    String impersonator = cause.actor().impersonator();
    return work.sql()
        .preparedQuery(APPEND)
        .execute(
            Tuple.from(
                Arrays.asList(
                    cause.tenant(),
                    cause.conversationId(),
                    id,
                    id.toString(),
                    AUTHOR,
                    staffOnly,
                    impersonator,
                    body,
                    Json.text(pill),
                    cause.at().atOffset(ZoneOffset.UTC))))
        .invoke(
            rows -> {
              if (rows.size() == 0) {
                throw new NotYet("conversation");
              }
              tell(work, cause, rows.iterator().next(), id, body, pill);
            })
        .replaceWithVoid();
  }

  private static void tell(Work work, Envelope cause, Row placed, UUID id, String body, Pill pill) {
    Message message =
        MessageBuilder.builder()
            .id(id)
            .conversationId(cause.conversationId())
            .clientMsgId(id.toString())
            .kind(MessageKind.SYSTEM)
            .authorKind(AuthorKind.SYSTEM)
            .authorName(AUTHOR)
            .impersonatedBy(cause.actor().impersonator())
            .body(body)
            .visibility(Visibility.of(placed.getString("visibility")))
            .system(DealPill.withoutValues(pill))
            .at(cause.at())
            .version(1)
            .seq(placed.getLong("seq"))
            .rev(placed.getLong("rev"))
            .build();
    work.emit(
        Topics.TIMELINE,
        cause.conversationId().toString(),
        new Envelope(
            Ids.named(cause.at(), EventType.MESSAGE_CREATED, id.toString()),
            EventType.MESSAGE_CREATED,
            1,
            cause.tenant(),
            cause.conversationId(),
            message.seq(),
            null,
            message.rev(),
            ConversationType.of(placed.getString("type")),
            Actor.SYSTEM,
            cause.at(),
            null,
            Json.mapper().valueToTree(message)));
  }
}
