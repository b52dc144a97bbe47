package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.presence.LogRecord;
import java.util.Set;

/**
 * What a client gets of an event: an allow-list of events and fields (events.md; product.md §3). A
 * new event or field is invisible to clients until it is named here.
 */
final class ClientForm {
  private static final Set<String> MESSAGE =
      Set.of(
          "id",
          "conversationId",
          "seq",
          "rev",
          "clientMsgId",
          "kind",
          "authorId",
          "authorKind",
          "authorName",
          "avatarUrl",
          "body",
          "mentions",
          "attachments",
          "previews",
          "threadRoot",
          "thread",
          "reactions",
          "edited",
          "system",
          "at",
          "version");
  private static final Set<String> TOMBSTONE =
      Set.of("id", "seq", "deleted", "deletedBy", "deletedAt", "rev");
  private static final Set<String> REACTION =
      Set.of("messageId", "emoji", "userId", "count", "version");
  private static final Set<String> CONVERSATION =
      Set.of(
          "id",
          "type",
          "title",
          "name",
          "subject",
          "description",
          "state",
          "createdAt",
          "version",
          "memberCount",
          "participants",
          "frozen");
  private static final Set<String> MEMBER =
      Set.of(
          "id",
          "kind",
          "clientId",
          "displayName",
          "avatarUrl",
          "source",
          "joinedAt",
          "effectiveSeq",
          "visibleFromSeq");
  private static final Set<String> UNREAD =
      Set.of("readSeq", "unread", "mentions", "threadUnread", "version", "total");
  private static final Set<String> THREAD = Set.of("rootId", "count", "lastSeq", "participants");
  private static final Set<String> DRAFT =
      Set.of("conversationId", "thread", "body", "attachments", "version", "updatedAt", "deleted");
  private static final Set<String> ATTACHMENT =
      Set.of(
          "id",
          "fileName",
          "size",
          "contentType",
          "state",
          "reason",
          "width",
          "height",
          "thumbnail");
  private static final Set<String> ACTOR = Set.of("id", "kind", "name");

  private static final Set<String> EDITED = Set.of("at", "version");

  private final Frame all;
  private final Frame author;
  private final String authorId;

  private ClientForm(byte[] all, byte[] author, String authorId) {
    this.all = new Frame(all);
    this.author = author == null ? null : new Frame(author);
    this.authorId = authorId;
  }

  /**
   * What clients get, or null when they get none of such an event. Two frames at most: a message's
   * author is given back what they called it, the others are not told.
   */
  static ClientForm of(String type, byte[] staff) {
    Set<String> fields = fields(type);
    if (fields == null) {
      return null;
    }
    ObjectNode frame = (ObjectNode) Json.read(staff, JsonNode.class);
    JsonNode data = frame.get("data");
    if (data.path("visibility").asText().equals("internal")
        || fields == MESSAGE
            && (!data.path("visibility").asText().equals("all")
                || !data.path("kind").asText().equals("user") && !isGreeting(data))) {
      return null;
    }
    if (fields == THREAD && !takeOwnFigures((ObjectNode) data)) {
      return null;
    }
    if (fields == MESSAGE) {
      takeOwnThread((ObjectNode) data);
    }
    strip((ObjectNode) data, fields);
    if (frame.get("actor") instanceof ObjectNode actor) {
      if (actor.path("kind").asText().equals("phone")) {
        frame.remove("actor");
      } else {
        actor.retain(ACTOR);
      }
    }
    if (!data.path("authorKind").asText().equals("client") || !data.has("clientMsgId")) {
      return new ClientForm(Json.bytes(frame), null, null);
    }
    byte[] author = Json.bytes(frame);
    ((ObjectNode) data).remove("clientMsgId");
    return new ClientForm(Json.bytes(frame), author, data.path("authorId").asText());
  }

  /** The frame for that client. */
  Frame frame(Members.User client) {
    return author != null && client.subject.id().equals(authorId) ? author : all;
  }

  /** What the system says is for staff, but the greeting in a client's own channel. */
  private static boolean isGreeting(JsonNode message) {
    return message.path("system").path("event").asText().equals("welcome");
  }

  /** Of a thread clients have figures of their own, or are told nothing. */
  private static boolean takeOwnFigures(ObjectNode data) {
    if (!(data.get("clients") instanceof ObjectNode own)) {
      return false;
    }
    data.remove("lastSeq");
    data.setAll(own);
    return true;
  }

  /** What notes have been written under it clients do not even notice. */
  private static void takeOwnThread(ObjectNode message) {
    JsonNode own = message.get("clientThread");
    if (own == null) {
      message.remove("thread");
    } else {
      message.set("thread", own);
    }
  }

  /** Drops what is not allowed: what is left is what REST gives to clients. */
  private static void strip(ObjectNode data, Set<String> fields) {
    data.retain(fields);
    if (fields == MESSAGE) {
      if (!data.path("authorKind").asText().equals("client")) {
        data.remove("clientMsgId");
      }
      if (data.get("edited") instanceof ObjectNode edited) {
        edited.retain(EDITED);
      }
      data.put("visibility", "all").put("pinned", false).putArray("records");
    } else if (fields == CONVERSATION) {
      data.withArray("participants")
          .removeIf(participant -> participant.path("kind").asText().equals("phone"));
    }
  }

  /** Of memberships a client is told its own alone. */
  static boolean isFor(Members.User client, LogRecord record) {
    return fields(record.type()) != MEMBER
        || record.isAbout(client.subject.kind(), client.subject.id());
  }

  private static Set<String> fields(String type) {
    return switch (type) {
      case EventType.MESSAGE_CREATED, EventType.MESSAGE_UPDATED -> MESSAGE;
      case EventType.MESSAGE_DELETED -> TOMBSTONE;
      case EventType.REACTION_ADDED, EventType.REACTION_REMOVED -> REACTION;
      case EventType.CONVERSATION_CREATED,
          EventType.CONVERSATION_UPDATED,
          EventType.CONVERSATION_CLOSED,
          EventType.CONVERSATION_OPENED,
          EventType.CONVERSATION_ARCHIVED,
          EventType.CONVERSATION_UNARCHIVED ->
          CONVERSATION;
      case EventType.MEMBER_ADDED, EventType.MEMBER_UPDATED, EventType.MEMBER_REMOVED -> MEMBER;
      case EventType.THREAD_UPDATED -> THREAD;
      case EventType.UNREAD_UPDATED -> UNREAD;
      case EventType.DRAFT_UPDATED -> DRAFT;
      case EventType.ATTACHMENT_UPDATED -> ATTACHMENT;
      default -> null;
    };
  }
}
