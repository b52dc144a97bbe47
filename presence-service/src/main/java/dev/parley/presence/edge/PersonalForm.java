package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.Json;
import dev.parley.presence.Audience;
import dev.parley.presence.LogRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
    if (!user.isClient()) {
      return new Frame(form);
    }
    ClientForm client = ClientForm.of(record.type(), form);
    return client == null ? null : client.frame(user);
  }

  private byte[] cut(Audience.Part part) {
    byte[] frame = record.frame();
    byte[] data = part.rest() < 0 ? read(part) : bytes(part);
    return ByteBuffer.allocate(record.dataFrom() + data.length + 1)
        .put(frame, 0, record.dataFrom())
        .put(data)
        .put((byte) '}')
        .array();
  }

  /** As it is written: whose it is first, so that the rest need not be read. */
  private byte[] bytes(Audience.Part part) {
    byte[] data = new byte[part.to() - part.rest() + 1];
    data[0] = '{';
    System.arraycopy(record.frame(), part.rest(), data, 1, data.length - 1);
    return data;
  }

  private byte[] read(Audience.Part part) {
    byte[] counts = Arrays.copyOfRange(record.frame(), part.from(), part.to());
    ObjectNode own = Json.read(counts, ObjectNode.class);
    own.remove(List.of("kind", "id"));
    return Json.bytes(own);
  }
}
