package dev.parley.chassis.admission;

import dev.parley.chassis.problem.EarlyProblem;
import dev.parley.chassis.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers 503 with {@code Retry-After} once so many requests are under way that another would only
 * wait (for one of the few database connections, mostly). Nothing of a refused request was done, so
 * it is safe to repeat. Without this a node that gets more than it can do answers everybody late
 * and in the end nobody.
 *
 * <p>Not counted: requests on the management port, and sockets once they are open.
 */
@ApplicationScoped
class Admission {
  /** Before everything else that costs anything. */
  private static final int FIRST = 2_000;

  private final AdmissionConfig config;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter refused;

  Admission(AdmissionConfig config, MeterRegistry meters) {
    this.config = config;
    this.refused = meters.counter("parley.requests.refused");
    meters.gauge("parley.requests.under.way", underWay);
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, FIRST);
  }

  private void admit(RoutingContext call) {
    if (call.request().headers().contains(HttpHeaders.UPGRADE)) {
      call.next();
      return;
    }
    if (underWay.incrementAndGet() > config.maxRequests()) {
      underWay.decrementAndGet();
      refused.increment();
      EarlyProblem.answer(call, Problem.unavailable(config.retryAfter()));
      return;
    }
    call.addEndHandler(ended -> underWay.decrementAndGet());
    call.next();
  }
}
