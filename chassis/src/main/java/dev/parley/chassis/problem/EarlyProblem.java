package dev.parley.chassis.problem;

import dev.parley.chassis.observe.RequestTrail;
import dev.parley.contracts.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers a request that never got as far as a resource. */
public final class EarlyProblem {
  private EarlyProblem() {}

  /** Ends the request with the problem as its body. */
  public static void answer(RoutingContext call, Problem problem) {
    call.response()
        .setStatusCode(problem.code().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(
            RequestTrail.REQUEST_ID,
            RequestTrail.requestId(call.request().getHeader(RequestTrail.REQUEST_ID)));
    if (problem.retryAfter() != null) {
      call.response()
          .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter().toSeconds()));
    }
    call.response().end(Buffer.buffer(Json.bytes(ProblemBody.of(problem, call.request().path()))));
  }
}
