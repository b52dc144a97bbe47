package dev.parley.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.event.ConversationType;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What every record of ours on Kafka looks like (events.md, Topics). {@code data} comes last, so
 * that a reader can forward its bytes without parsing them.
 *
 * @param id of this event; the same in every replay
 * @param type past tense, dotted: {@code message.created}
 * @param version of the type's schema
 * @param conversationId absent where the event is about no conversation
 * @param seq of the message, for {@code message.*} and {@code delivery.updated}
 * @param effectiveSeq for memberships: the conversation's last {@code seq} when it took effect
 * @param rev place in the conversation's log, growing by one with every record; absent outside it
 * @param conversationType in the conversation's log: known to a reader without a copy of the
 *     conversation; absent elsewhere, and in logs written before there was this field
 * @param staffOnly that clients see nothing of what has changed, so they are not told of it; absent
 *     where they may see it
 * @param at when it was accepted
 * @param rights granted or ended by this record; absent when none are
 * @param to to whom it belongs, where it belongs to people and not to a conversation; absent
 *     elsewhere
 * @param data of the type's schema
 */
@JsonPropertyOrder({
  "id",
  "type",
  "version",
  "tenant",
  "conversationId",
  "seq",
  "effectiveSeq",
  "rev",
  "conversationType",
  "staffOnly",
  "actor",
  "at",
  "rights",
  "to",
  "data"
})
public record Envelope(
    UUID id,
    String type,
    int version,
    String tenant,
    UUID conversationId,
    Long seq,
    Long effectiveSeq,
    Long rev,
    ConversationType conversationType,
    Boolean staffOnly,
    Actor actor,
    Instant at,
    List<Right> rights,
    List<Recipient> to,
    JsonNode data) {

  /** To nobody in particular. */
  public Envelope(
      UUID id,
      String type,
      int version,
      String tenant,
      UUID conversationId,
      Long seq,
      Long effectiveSeq,
      Long rev,
      ConversationType conversationType,
      Actor actor,
      Instant at,
      List<Right> rights,
      JsonNode data) {
    this(
        id,
        type,
        version,
        tenant,
        conversationId,
        seq,
        effectiveSeq,
        rev,
        conversationType,
        null,
        actor,
        at,
        rights,
        null,
        data);
  }

  /** Without the conversation's type, which only its log tells. */
  public Envelope(
      UUID id,
      String type,
      int version,
      String tenant,
      UUID conversationId,
      Long seq,
      Long effectiveSeq,
      Long rev,
      Actor actor,
      Instant at,
      List<Right> rights,
      JsonNode data) {
    this(
        id,
        type,
        version,
        tenant,
        conversationId,
        seq,
        effectiveSeq,
        rev,
        null,
        actor,
        at,
        rights,
        data);
  }

  /** An event about a conversation that is not (yet) placed in its log. */
  public static Envelope of(
      String type, String tenant, UUID conversationId, Actor actor, Instant at, Object data) {
    return new Envelope(
        Ids.next(),
        type,
        1,
        tenant,
        conversationId,
        null,
        null,
        null,
        actor,
        at,
        null,
        Json.mapper().valueToTree(data));
  }

  /** The same event with rights. */
  public Envelope withRights(List<Right> newRights) {
    return with(conversationType, staffOnly, newRights, to);
  }

  /** The same event of a conversation of that type. */
  public Envelope in(ConversationType newType) {
    return with(newType, staffOnly, rights, to);
  }

  /** The same event, of which clients see nothing if that is so. */
  public Envelope staffOnlyIf(boolean so) {
    return with(conversationType, so ? true : null, rights, to);
  }

  /** The same event, for these people alone. */
  public Envelope to(List<Recipient> recipients) {
    return with(conversationType, staffOnly, rights, recipients);
  }

  private Envelope with(
      ConversationType newType,
      Boolean newStaffOnly,
      List<Right> newRights,
      List<Recipient> newTo) {
    return new Envelope(
        id,
        type,
        version,
        tenant,
        conversationId,
        seq,
        effectiveSeq,
        rev,
        newType,
        newStaffOnly,
        actor,
        at,
        newRights,
        newTo,
        data);
  }

  /** Without {@code data} and {@code rights}, which hold bodies and numbers: fit for logs. */
  @Override
  public String toString() {
    return "Envelope[id="
        + id
        + ", type="
        + type
        + ", conversationId="
        + conversationId
        + ", seq="
        + seq
        + ", rev="
        + rev
        + "]";
  }

  /** {@code data} as a value of the type's record. */
  public <T> T data(Class<T> type) {
    try {
      return Json.mapper().treeToValue(data, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
