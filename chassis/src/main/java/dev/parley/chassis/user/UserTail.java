package dev.parley.chassis.user;

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
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The node's own reading of the CRM's users, in every service. Ready when it has read what was
 * there at its start: a user who was deactivated is not served by a new node either.
 */
@ApplicationScoped
class UserTail implements CrmReading.Copy {
  private static final String USER = "user";

  private final CrmReading reading;
  private final UserCopies copies;
  private final Users users;
  private final UserNames names;
  private final Event<UsersChanged> changed;

  UserTail(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      UserCopies copies,
      Users users,
      UserNames names,
      Event<UsersChanged> changed,
      Clock clock) {
    this.reading = new CrmReading(USER, servers, clock, copies.positions(), this);
    this.copies = copies;
    this.users = users;
    this.names = names;
    this.changed = changed;
  }

  void start(@Observes @Priority(150) StartupEvent event) {
    reading.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reading.stop();
  }

  @Override
  public boolean isCopied(String type) {
    return USER.equals(type);
  }

  @Override
  public boolean isSound(CrmRecord record, String key) {
    return USER.equals(record.type()) && Ids.isCrmId(record.tenant()) && Ids.isCrmId(record.id());
  }

  @Override
  public void begin() {
    CrmReading.await(copies.remarkable()).forEach(users::know);
  }

  @Override
  public void take(List<CrmRecord> told, Map<TopicPartition, Long> behind) {
    CrmReading.await(copies.apply(told, behind)).forEach(users::know);
    told.forEach(one -> names.changed(one.tenant(), one.id()));
    changed.fire(
        new UsersChanged(told.stream().map(CrmRecord::tenant).collect(Collectors.toSet())));
  }

  @Override
  public void allKnown() {
    users.allKnown();
  }

  /** Ready once what the CRM said before this node's start binds on it. */
  @Readiness
  @ApplicationScoped
  static class Known implements HealthCheck {
    private final Users users;

    Known(Users users) {
      this.users = users;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("users known").status(users.isKnown()).build();
    }
  }
}
