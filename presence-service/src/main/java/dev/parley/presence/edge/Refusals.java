package dev.parley.presence.edge;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.problem.ProblemBody;
import dev.parley.contracts.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Writes a refused upgrade as a problem body: sockets come by no REST resource. */
@ApplicationScoped
class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  void routes(@Observes Router router) {
    router
        .route(Admission.PATH)
        .order(Integer.MIN_VALUE)
        .handler(Refusals::requireUpgrade)
        .failureHandler(Refusals::refuse);
  }

  private static void requireUpgrade(RoutingContext context) {
    if (!context.request().method().equals(HttpMethod.GET)) {
      context.fail(Problem.of(Code.METHOD_NOT_ALLOWED, "This path has other methods."));
    } else if ("websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
      context.next();
    } else {
      context.fail(Problem.of(Code.UPGRADE_REQUIRED, "Open a WebSocket here."));
    }
  }

  private static void refuse(RoutingContext context) {
    Problem problem;
    if (context.failure() instanceof Problem known) {
      problem = known;
    } else {
      LOG.errorf("upgrade failed: %s", context.failure());
      problem = Problem.of(Code.INTERNAL_ERROR, "It has been logged.");
    }
    HttpServerResponse response = context.response();
    response.setStatusCode(problem.code().status());
    response.putHeader("Content-Type", "application/problem+json");
    if (problem.code() == Code.METHOD_NOT_ALLOWED) {
      response.putHeader("Allow", "GET");
    }
    if (problem.code() == Code.UPGRADE_REQUIRED) {
      response.putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
    }
    if (problem.code() == Code.UNAUTHENTICATED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.code() == Code.UNAVAILABLE || problem.code() == Code.RATE_LIMITED) {
      response.putHeader("Retry-After", "1");
    }
    response.end(Buffer.buffer(Json.bytes(ProblemBody.of(problem, Admission.PATH))));
  }
}
