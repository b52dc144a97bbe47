package dev.parley.chassis.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A body that announces more than {@code quarkus.http.limits.max-body-size} gets its 413 as a
 * problem; the server's own answer to it has no body. One that grows beyond it unannounced is cut
 * off by the server while it is read.
 */
@ApplicationScoped
class BodyLimit {
  /** Before the server's own check. */
  private static final int FIRST = 1_000;

  private final long limit;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext call) {
    String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || length.length() < 19 && Long.parseLong(length) <= limit) {
      call.next();
      return;
    }
    call.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    EarlyProblem.answer(call, Problem.of(Code.TOO_LARGE, "The body is too large."));
  }
}
