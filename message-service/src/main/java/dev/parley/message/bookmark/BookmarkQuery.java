package dev.parley.message.bookmark;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.BookmarkStatus;
import dev.parley.contracts.event.BookmarkType;
import dev.parley.contracts.event.RecordRef;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which bookmarks are asked for; what is null narrows nothing.
 *
 * @param record that the message names, or its conversation, or the deal whose room it is in
 * @param before where the page begins, newest first
 */
record BookmarkQuery(
    BookmarkType type,
    BookmarkStatus status,
    UUID conversation,
    RecordRef record,
    String assigneeId,
    Instant before,
    UUID beforeId) {
  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID LAST = new UUID(-1, -1);
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  /**
   * What the parameters say, from the beginning.
   *
   * @throws Problem 400 naming the parameter
   */
  static BookmarkQuery of(
      String type,
      String status,
      String conversationId,
      String recordType,
      String recordId,
      String assigneeId) {
    UUID conversation = Ids.parse(conversationId);
    if (conversationId != null && conversation == null) {
      throw Problem.invalid("conversationId", "is no conversation id");
    }
    if (assigneeId != null && !Ids.isCrmId(assigneeId)) {
      throw Problem.invalid("assigneeId", "is no user id");
    }
    return new BookmarkQuery(
        type == null ? null : known("type", () -> BookmarkType.of(type)),
        status == null ? null : known("status", () -> BookmarkStatus.of(status)),
        conversation,
        record(recordType, recordId),
        assigneeId,
        END,
        LAST);
  }

  /** The same behind a position. */
  BookmarkQuery behind(String position) {
    String[] parts = position.split(" ");
    return new BookmarkQuery(
        type,
        status,
        conversation,
        record,
        assigneeId,
        Instant.parse(parts[0]),
        UUID.fromString(parts[1]));
  }

  /** Everything but the position: what a cursor is bound to. */
  String scope() {
    return String.join(
        "\n",
        String.valueOf(type),
        String.valueOf(status),
        String.valueOf(conversation),
        record == null ? "" : record.type() + ":" + record.id(),
        String.valueOf(assigneeId));
  }

  private static RecordRef record(String type, String id) {
    if (type == null && id == null) {
      return null;
    }
    if (type == null || !TYPE.matcher(type).matches()) {
      throw Problem.invalid(
          "recordType", type == null ? "goes with recordId" : "is no record type");
    }
    if (!Ids.isCrmId(id)) {
      throw Problem.invalid("recordId", "is no record id");
    }
    return new RecordRef(type, id);
  }

  private interface Reader<T> {
    T read();
  }

  private static <T> T known(String parameter, Reader<T> reader) {
    try {
      return reader.read();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(parameter, "has an unknown value");
    }
  }
}
