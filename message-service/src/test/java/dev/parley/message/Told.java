package dev.parley.message;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.TenantSettings;
import java.time.Instant;
import java.util.Map;

/** What conversation-service tells of a tenant. */
public final class Told {
  private Told() {}

  /** That an administrator has set this. */
  public static void setting(String tenant, long version, String key, Object value) {
    Wire.publish(
        Topics.SETTINGS,
        tenant,
        Envelope.of(
            EventType.SETTINGS_UPDATED,
            tenant,
            null,
            Actor.SYSTEM,
            Instant.now(),
            new TenantSettings(version, Map.of(key, value))));
  }
}
