package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.Json;
import dev.parley.presence.LogRecord;
import java.util.HashSet;
import java.util.Set;

/**
 * What staff get of {@code context.updated}: the deal's fields only who may see the deal, as the
 * event itself says of the room's users (docs/events.md, "Whose deal it is"). Whom it does not name
 * gets the deal's id alone: a newcomer's right may be newer than the event, so nothing is shown too
 * much and {@code GET …/context} tells the rest.
 */
final class ContextForm {
  private static final Set<String> KEPT = Set.of("id");

  private final Frame whole;
  private final Frame reduced;
  private final Set<String> users = new HashSet<>();
  private final Set<String> linked = new HashSet<>();

  ContextForm(LogRecord record) {
    ObjectNode frame = (ObjectNode) Json.read(record.frame(), JsonNode.class);
    ObjectNode data = (ObjectNode) frame.get("data");
    JsonNode readers = data.path("readers");
    readers.path("users").forEach(id -> users.add(id.asText()));
    readers.path("linked").forEach(id -> linked.add(id.asText()));
    data.remove("readers");
    this.whole = new Frame(Json.bytes(frame));
    if (data.get("deal") instanceof ObjectNode deal) {
      deal.retain(KEPT);
      deal.put("accessible", false);
    }
    this.reduced = new Frame(Json.bytes(frame));
  }

  /** For who is known to see the deal. */
  Frame whole() {
    return whole;
  }

  /** For that user; with assigned data only, on whichever device, the narrower right holds. */
  Frame of(Members.User user) {
    boolean assignedOnly = false;
    for (Conn conn : user.conns) {
      assignedOnly |= conn.session.assignedDataOnly();
    }
    Set<String> readers = assignedOnly ? linked : users;
    return readers.contains(user.subject.id()) ? whole : reduced;
  }
}
