package dev.parley.local.origin;

import dev.parley.contracts.Ids;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The two errors that are the origin's own, as problem bodies (RFC 9457). */
final class Problems {
  private static final String REQUEST_ID = "X-Request-Id";

  private Problems() {}

  /** No service owns the path. */
  static void notFound(HttpServerRequest request) {
    answer(request, 404, "not_found", "Not found", "no service answers this path");
  }

  /** No node of the service answers, or it went away before it did. */
  static void unavailable(HttpServerRequest request, String service) {
    request.response().putHeader("Retry-After", "1");
    answer(request, 503, "unavailable", "Not available right now", service + " does not answer");
  }

  private static void answer(
      HttpServerRequest request, int status, String code, String title, String detail) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String id = request.getHeader(REQUEST_ID);
    response.putHeader(REQUEST_ID, id == null ? Ids.next().toString() : id);
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "/problems/" + code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", request.path())
                .put("code", code)
                .encode());
  }
}
