package dev.parley.conversation;

import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import java.time.Instant;
import java.util.UUID;

/**
 * The newest message, as a list of conversations shows it.
 *
 * @param preview the body's beginning on one line, at most 140 characters; empty of a deleted one
 * @param deleted true of a deleted one, else absent
 */
public record LastMessage(
    UUID id,
    long seq,
    MessageKind kind,
    String authorId,
    String authorName,
    String preview,
    Instant at,
    Boolean deleted) {
  private static final int PREVIEW = 140;

  /** Of a message of the log. */
  public static LastMessage of(Message message) {
    return new LastMessage(
        message.id(),
        message.seq(),
        message.kind(),
        message.authorId(),
        message.authorName(),
        preview(message.body()),
        message.at(),
        null);
  }

  private static String preview(String body) {
    String line = body == null ? "" : body.replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= PREVIEW
        ? line
        : line.substring(0, line.offsetByCodePoints(0, PREVIEW - 1)) + "…";
  }

  /** Without what was written and by whom: fit for logs. */
  @Override
  public String toString() {
    return "LastMessage[id=" + id + ", seq=" + seq + "]";
  }
}
