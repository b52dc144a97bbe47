package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.Json;
import dev.parley.presence.Audience;
import dev.parley.presence.LogRecord;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What somebody gets of a record that belongs to people: the whole, or of {@code unread.updated}
 * their own counts alone. Cut for those only who have a socket here.
 */
final class PersonalForm {
  private final LogRecord record;
  private Frame whole;

  PersonalForm(LogRecord record) {
    this.record = record;
  }

  /**
   * The frame, or null when clients get none of such an event.
   *
   * @param index of the person in the record's audience
   */
  Frame of(Members.User user, int index) {
    Audience audience = record.audience();
    if (audience.own() == null && !user.isClient()) {
      if (whole == null) {
        whole = new Frame(record.frame());
      }
      return whole;
    }
    byte[] form = audience.own() == null ? record.frame() : cut(audience.own().get(index));
    if (user.isClient()) {
      form = ClientForm.of(record.type(), form);
    }
    return form == null ? null : new Frame(form);
  }

  private byte[] cut(Audience.Part part) {
    byte[] frame = record.frame();
    byte[] counts = new byte[part.to() - part.from()];
    System.arraycopy(frame, part.from(), counts, 0, counts.length);
    ObjectNode own = Json.read(counts, ObjectNode.class);
    own.remove(List.of("kind", "id"));
    byte[] data = Json.bytes(own);
    return ByteBuffer.allocate(record.dataFrom() + data.length + 1)
        .put(frame, 0, record.dataFrom())
        .put(data)
        .put((byte) '}')
        .array();
  }
}
