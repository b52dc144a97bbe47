package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;

/**
 * What staff get of an event: what came, byte for byte. Of a changed message alone it is read,
 * since its record says more than REST does: whom the edit has mentioned anew, which is for those
 * who notify, and what clients are given of the replies, which is for {@link ClientForm}.
 */
final class StaffForm {
  private StaffForm() {}

  static byte[] of(String type, byte[] came) {
    if (!type.equals(EventType.MESSAGE_UPDATED)) {
      return came;
    }
    JsonNode frame = Json.read(came, JsonNode.class);
    boolean more = false;
    if (frame.get("data") instanceof ObjectNode data) {
      more = data.remove("clientThread") != null;
      if (data.get("edited") instanceof ObjectNode edited) {
        more |= edited.remove("mentioned") != null;
      }
    }
    return more ? Json.bytes(frame) : came;
  }
}
