package dev.parley.presence.edge;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the tail has filled the ring and reads what happens now, until the node goes. */
@Readiness
@ApplicationScoped
class TailReady implements HealthCheck {
  private final Tail tail;
  private final Drain drain;

  TailReady(Tail tail, Drain drain) {
    this.tail = tail;
    this.drain = drain;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("log read").status(tail.isReady() && !drain.isGoing()).build();
  }
}
