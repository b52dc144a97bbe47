package dev.parley.presence;

import dev.parley.contracts.Right;
import java.util.List;
import java.util.UUID;

/**
 * One record of the timeline log, read once: what decides who gets it, and the frame for the
 * sockets, in which {@code data} stands as the bytes that came (never parsed).
 *
 * @param seq of the message; -1 where the record is no message
 * @param rev place in the conversation's log
 * @param acceptedAt epoch milliseconds of the envelope's {@code at}
 * @param publishedAt epoch milliseconds of the Kafka record
 * @param frame the JSON of the frame (events.md, Socket frames)
 * @param dataFrom where in {@code frame} the bytes of {@code data} begin; they end one before its
 *     end
 */
public record LogRecord(
    int partition,
    long offset,
    String type,
    String tenant,
    UUID conversationId,
    long seq,
    long rev,
    String actorKind,
    String actorId,
    long acceptedAt,
    long publishedAt,
    List<Right> rights,
    byte[] frame,
    int dataFrom) {

  /** Whether the record grants, changes or ends a right of that person. */
  public boolean isAbout(String kind, String id) {
    for (Right right : rights) {
      if (right.id().equals(id) && right.kind().equals(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Without the frame, which holds bodies: fit for logs. */
  @Override
  public String toString() {
    return type + " at " + partition + "@" + offset;
  }
}
