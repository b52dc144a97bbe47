package dev.parley.chassis.outbox;

import dev.parley.chassis.tx.Tx;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A warning, on {@code /q/health/well}: events are parked that Kafka will never take, and somebody
 * must look at them. The service goes on, and stays ready.
 */
@Wellness
@ApplicationScoped
class NothingParked implements AsyncHealthCheck {
  private static final String COUNT = "select count(*) from outbox_parked";

  private final Tx tx;

  NothingParked(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return tx.ofAllTenants()
        .read(COUNT, Tuple.tuple())
        .map(rows -> answer(rows.iterator().next().getLong(0)));
  }

  private static HealthCheckResponse answer(long parked) {
    return HealthCheckResponse.named("no event is parked")
        .withData("parked", parked)
        .status(parked == 0)
        .build();
  }
}
