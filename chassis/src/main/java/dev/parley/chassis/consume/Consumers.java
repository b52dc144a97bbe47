package dev.parley.chassis.consume;

import dev.parley.chassis.observe.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Runs the service's {@link BatchConsumer}s from its start to its stop. */
@ApplicationScoped
public class Consumers {
  private final List<BatchConsumer> consumers;
  private final String service;
  private final String servers;
  private final MeterRegistry meters;
  private final Spans spans;
  private final Clock clock;
  private final List<ConsumerLoop> loops = new ArrayList<>();

  Consumers(
      @All List<BatchConsumer> consumers,
      @ConfigProperty(name = "quarkus.application.name") String service,
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      MeterRegistry meters,
      Spans spans,
      Clock clock) {
    this.consumers = consumers;
    this.service = service;
    this.servers = servers;
    this.meters = meters;
    this.spans = spans;
    this.clock = clock;
  }

  void start(@Observes @Priority(200) StartupEvent event) {
    for (BatchConsumer consumer : consumers) {
      ConsumerLoop loop =
          new ConsumerLoop(consumer, service, servers, new Retries(clock), meters, spans);
      loops.add(loop);
      loop.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loops.forEach(ConsumerLoop::end);
    loops.forEach(ConsumerLoop::awaitEnd);
  }

  /** The consumer of that name. */
  Optional<BatchConsumer> named(String name) {
    return consumers.stream().filter(consumer -> consumer.name().equals(name)).findFirst();
  }

  String service() {
    return service;
  }

  String servers() {
    return servers;
  }

  boolean assigned() {
    return loops.stream().allMatch(ConsumerLoop::assigned);
  }

  /** Ready once every consumer has joined its group, so that nothing waits for the first record. */
  @Readiness
  @ApplicationScoped
  static class Joined implements HealthCheck {
    private final Consumers consumers;

    Joined(Consumers consumers) {
      this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("consumers joined").status(consumers.assigned()).build();
    }
  }
}
