package dev.parley.message.bookmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.BookmarkStatus;
import dev.parley.contracts.event.BookmarkType;
import dev.parley.contracts.event.BookmarkVisibility;
import java.time.Instant;

/** What a PATCH says: only the fields that it names; null takes away. */
final class BookmarkChanges {
  private static final int LONGEST_NOTE = 2_000;

  private final ObjectNode body;

  BookmarkChanges(ObjectNode body) {
    if (body == null) {
      throw Problem.noBody();
    }
    this.body = body;
  }

  /**
   * The bookmark as it is to be, with its version as it was.
   *
   * @throws Problem 400 naming the field
   */
  Bookmark applyTo(Bookmark now) {
    return new Bookmark(
        now.id(),
        now.messageId(),
        now.conversationId(),
        now.seq(),
        required("type", BookmarkType.class, now.type()),
        note(now.note()),
        assignee(now.assigneeId()),
        value("dueAt", Instant.class, now.dueAt()),
        required("status", BookmarkStatus.class, now.status()),
        required("visibility", BookmarkVisibility.class, now.visibility()),
        now.createdBy(),
        now.createdAt(),
        now.version());
  }

  private String note(String now) {
    String note = value("note", String.class, now);
    if (note != null && note.length() > LONGEST_NOTE) {
      throw Problem.invalid("note", "is longer than " + LONGEST_NOTE + " characters");
    }
    return Blank.is(note) ? null : note;
  }

  private String assignee(String now) {
    String id = value("assigneeId", String.class, now);
    if (id != null && !Ids.isCrmId(id)) {
      throw Problem.invalid("assigneeId", "is no user id");
    }
    return id;
  }

  private <T> T required(String field, Class<T> type, T now) {
    T value = value(field, type, now);
    if (value == null) {
      throw Problem.invalid(field, "must not be null");
    }
    return value;
  }

  private <T> T value(String field, Class<T> type, T now) {
    JsonNode value = body.get(field);
    if (value == null) {
      return now;
    }
    if (value.isNull()) {
      return null;
    }
    try {
      if (value.isTextual()) {
        return Json.mapper().treeToValue(value, type);
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw Problem.invalid(field, "has the wrong type or an unknown value");
    }
    throw Problem.invalid(field, "has the wrong type or an unknown value");
  }
}
