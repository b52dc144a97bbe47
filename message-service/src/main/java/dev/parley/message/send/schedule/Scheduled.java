package dev.parley.message.send.schedule;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.ScheduledMessage;
import dev.parley.contracts.event.ScheduledState;
import dev.parley.message.send.KeptAuthor;
import dev.parley.message.send.SendMessageRequest;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A scheduled message as it is stored.
 *
 * @param author who sends it, with the rights that their token gave when they planned it
 * @param reason the code of the refusal, when it failed
 */
record Scheduled(
    UUID id,
    Caller author,
    UUID conversationId,
    ConversationType conversationType,
    SendMessageRequest message,
    Instant sendAt,
    String zone,
    ScheduledState state,
    String reason,
    UUID messageId,
    long version) {

  static Scheduled of(Row row) {
    return new Scheduled(
        row.getUUID("id"),
        KeptAuthor.caller(
            row.getString("tenant"), row.getString("author_id"), row.getString("author")),
        row.getUUID("conversation_id"),
        ConversationType.of(row.getString("conversation_type")),
        Json.read(row.getString("request"), SendMessageRequest.class),
        row.getOffsetDateTime("send_at").toInstant(),
        row.getString("zone"),
        ScheduledState.of(row.getString("state")),
        row.getString("reason"),
        row.getUUID("message_id"),
        row.getLong("version"));
  }

  /**
   * The same with another message or time. Who has changed it logged in as its author is named with
   * what is sent, and so is who planned it so whatever the author has changed since.
   */
  Scheduled with(Caller caller, SendMessageRequest newMessage, Instant newSendAt, String newZone) {
    return new Scheduled(
        id,
        caller.impersonator() == null ? author : author.impersonatedBy(caller.impersonator()),
        conversationId,
        conversationType,
        newMessage,
        newSendAt,
        newZone,
        state,
        reason,
        messageId,
        version);
  }

  /** As its author sees it. */
  ScheduledMessage view() {
    return new ScheduledMessage(
        id,
        conversationId,
        message.clientMsgId(),
        message.body(),
        message.threadRoot(),
        message.mentions(),
        message.attachments(),
        message.records(),
        message.visibility(),
        sendAt,
        zone,
        state,
        reason,
        messageId,
        version);
  }

  @Override
  public String toString() {
    return "Scheduled[id=" + id + ", state=" + state + "]";
  }
}
