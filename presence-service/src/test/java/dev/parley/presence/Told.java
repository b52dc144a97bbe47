package dev.parley.presence;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import java.util.List;

/** What the presence topic says of a user, in order. */
public final class Told {
  private Told() {}

  public static List<Envelope> events(String tenant, String user) {
    return Wire.all(Topics.PRESENCE.name()).stream()
        .filter(record -> record.key().equals(user))
        .peek(record -> Schemas.validate(record.value()))
        .map(record -> Json.read(record.value(), Envelope.class))
        .filter(event -> event.tenant().equals(tenant))
        .filter(event -> event.type().equals("presence.changed"))
        .toList();
  }

  public static List<String> states(String tenant, String user) {
    return events(tenant, user).stream().map(e -> e.data().path("state").asText()).toList();
  }
}
