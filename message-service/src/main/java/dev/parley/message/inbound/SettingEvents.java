package dev.parley.message.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.TenantSettings;
import dev.parley.message.copy.SettingCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Tenants' settings, from conversation-service: a projection by version. */
@ApplicationScoped
class SettingEvents implements BatchConsumer {
  private final Tx tx;
  private final SettingCopies settings;

  SettingEvents(Tx tx, SettingCopies settings) {
    this.tx = tx;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.SETTINGS);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(250); // of the second in which a setting binds
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    return tx.write(
        work -> {
          Uni<Void> done = Uni.createFrom().voidItem();
          for (Received received : batch) {
            if (EventType.SETTINGS_UPDATED.equals(received.type())) {
              Envelope event = received.envelope();
              TenantSettings told = event.data(TenantSettings.class);
              done = done.chain(() -> settings.upsert(work, event.tenant(), told));
            }
          }
          return done;
        });
  }
}
