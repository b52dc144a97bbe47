package dev.parley.chassis.record;

import dev.parley.chassis.crm.CrmReading;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.CrmRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The node's own reading of the CRM's records, in a service that copies any. So each node knows
 * when a right may have changed ({@link RecordsChanged}), and that the table has it. Ready when it
 * has read what was there at its start.
 */
@ApplicationScoped
class RecordTail implements CrmReading.Copy {
  private final CrmReading reading;
  private final Set<String> types;
  private final RecordCopies copies;
  private final Event<RecordsChanged> changed;

  RecordTail(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      RecordsConfig config,
      RecordCopies copies,
      Event<RecordsChanged> changed,
      Clock clock) {
    this.reading = new CrmReading("record", servers, clock, copies.positions(), this);
    this.types = config.copied().orElse(Set.of());
    this.copies = copies;
    this.changed = changed;
  }

  void start(@Observes @Priority(150) StartupEvent event) {
    if (!types.isEmpty()) {
      reading.start();
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (!types.isEmpty()) {
      reading.stop();
    }
  }

  boolean isKnown() {
    return types.isEmpty() || reading.isKnown();
  }

  @Override
  public boolean isCopied(String type) {
    return types.contains(type);
  }

  @Override
  public boolean isSound(CrmRecord record, String key) {
    return record.op() != null && record.key().equals(key) && Ids.isCrmId(record.id());
  }

  @Override
  public void take(List<CrmRecord> told, Map<TopicPartition, Long> behind) {
    CrmReading.await(copies.apply(told, behind));
    changed.fire(
        new RecordsChanged(
            told.stream()
                .map(one -> new RecordsChanged.Key(one.tenant(), one.type(), one.id()))
                .collect(Collectors.toSet())));
  }

  /** Ready once what the CRM said before this node's start is in the table. */
  @Readiness
  @ApplicationScoped
  static class Known implements HealthCheck {
    private final RecordTail tail;

    Known(RecordTail tail) {
      this.tail = tail;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("records known").status(tail.isKnown()).build();
    }
  }
}
