package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One frame of a socket.
 *
 * @param arrival its place among all that came over that socket, from 0
 */
record Frame(int arrival, JsonNode json) {
  String type() {
    return json.path("type").asText();
  }

  /** The event's own id: the same in every replay and on every node. */
  String id() {
    return json.path("id").asText();
  }

  String conversationId() {
    return json.path("conversationId").asText();
  }

  long seq() {
    return json.path("seq").asLong();
  }

  JsonNode data() {
    return json.path("data");
  }

  /** Whether it tells of a new message with that id. */
  boolean tellsOf(String messageId) {
    return type().equals("message.created") && data().path("id").asText().equals(messageId);
  }

  /** Whether it is about that conversation. */
  boolean isOf(String conversation) {
    return conversationId().equals(conversation);
  }
}
