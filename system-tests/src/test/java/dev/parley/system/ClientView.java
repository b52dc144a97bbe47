package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client may get by its socket, and with which fields (events.md; product.md §3): said here
 * once more, apart from the code that sees to it.
 */
final class ClientView {
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
          "visibility",
          "mentions",
          "attachments",
          "records",
          "previews",
          "threadRoot",
          "thread",
          "reactions",
          "pinned",
          "edited",
          "system",
          "at",
          "version");
  private static final Set<String> CONVERSATION =
      Set.of(
          "id",
          "type",
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
  private static final Set<String> REACTION =
      Set.of("messageId", "emoji", "userId", "count", "version");
  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry("message.created", MESSAGE),
          Map.entry("message.updated", MESSAGE),
          Map.entry(
              "message.deleted", Set.of("id", "seq", "deleted", "deletedBy", "deletedAt", "rev")),
          Map.entry("reaction.added", REACTION),
          Map.entry("reaction.removed", REACTION),
          Map.entry("thread.updated", Set.of("rootId", "count", "lastSeq", "participants")),
          Map.entry("conversation.created", CONVERSATION),
          Map.entry("conversation.updated", CONVERSATION),
          Map.entry("conversation.closed", CONVERSATION),
          Map.entry("conversation.opened", CONVERSATION),
          Map.entry("conversation.archived", CONVERSATION),
          Map.entry("conversation.unarchived", CONVERSATION),
          Map.entry("member.added", MEMBER),
          Map.entry("member.updated", MEMBER),
          Map.entry("member.removed", MEMBER),
          Map.entry(
              "attachment.updated",
              Set.of(
                  "id",
                  "fileName",
                  "size",
                  "contentType",
                  "state",
                  "width",
                  "height",
                  "thumbnail",
                  "reason")),
          Map.entry(
              "unread.updated",
              Set.of("readSeq", "unread", "mentions", "threadUnread", "version", "total")),
          Map.entry(
              "draft.updated",
              Set.of(
                  "conversationId",
                  "thread",
                  "body",
                  "attachments",
                  "version",
                  "updatedAt",
                  "deleted")));

  /** All that they may get and that is kept; {@code typing.*} besides. */
  static final Set<String> TYPES = FIELDS.keySet();

  private ClientView() {}

  /** Fails where a frame has what is not for that client. */
  static void check(Person client, Frame frame) {
    String type = frame.type();
    if (!frame.json().has("data") || type.startsWith("typing.")) {
      return;
    }
    assertThat(FIELDS).as("a client is told " + frame.json()).containsKey(type);
    assertThat(FIELDS.get(type)).as(type).containsAll(names(frame.data()));
    assertThat(Set.of("id", "kind", "name")).containsAll(names(frame.json().path("actor")));
    if (type.startsWith("member.")) {
      assertThat(frame.data().path("clientId").asText()).isEqualTo(client.id());
    }
    if (type.equals("message.created") || type.equals("message.updated")) {
      JsonNode data = frame.data();
      assertThat(data.path("visibility").asText()).isEqualTo("all");
      assertThat(data.has("clientMsgId"))
          .as("its own author's alone: " + data)
          .isEqualTo(data.path("authorId").asText().equals(client.id()));
    }
  }

  private static Set<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return new TreeSet<>(names);
  }
}
