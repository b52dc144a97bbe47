package dev.parley.chassis.idempotency;

import dev.parley.chassis.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses an {@code Idempotency-Key} without a value, by name: to the endpoints it looks like none,
 * and whoever sent it believes that a repeat is safe.
 */
public class EmptyKey {
  @ServerRequestFilter
  public void refuse(ContainerRequestContext request) {
    String key = request.getHeaderString(Idempotency.HEADER);
    if (key != null && key.isBlank()) {
      throw Problem.invalid(Idempotency.HEADER, Idempotency.FORM);
    }
  }
}
