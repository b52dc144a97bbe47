package dev.parley.presence.edge;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the tail has filled the ring and reads what happens now. */
@Readiness
@ApplicationScoped
class TailReady implements HealthCheck {
  private final Tail tail;

  TailReady(Tail tail) {
    this.tail = tail;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("log read").status(tail.isReady()).build();
  }
}
