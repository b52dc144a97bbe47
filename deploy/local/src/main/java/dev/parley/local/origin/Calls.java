package dev.parley.local.origin;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;

/**
 * Passes a request on and its answer back. Small bodies of known length, which is nearly all of
 * them, are passed in one piece and so in one write; others are streamed at the pace of the slower
 * side.
 *
 * <p>A request that may have reached a service is never sent again: what breaks after that is 503,
 * and the caller repeats it under its own id.
 */
final class Calls {
  private static final long IN_ONE_PIECE = 64 * 1024;
  private static final int UPGRADE_REQUIRED = 426;
  private static final long CONNECT_MS = 2_000;
  private static final long SILENCE_MS = 60_000;

  private final HttpClient client;
  private final Nodes nodes;

  Calls(HttpClient client, Nodes nodes) {
    this.client = client;
    this.nodes = nodes;
  }

  void pass(HttpServerRequest request, String service) {
    request.pause(); // until there is someone to take the body
    nodes
        .first(
            service,
            node ->
                client.request(
                    new RequestOptions()
                        .setServer(node)
                        .setMethod(request.method())
                        .setURI(request.uri())
                        .setConnectTimeout(CONNECT_MS)
                        .setIdleTimeout(SILENCE_MS)))
        .onSuccess(onward -> send(request, onward, service))
        .onFailure(
            failure -> {
              request.resume();
              Problems.unavailable(request, service);
            });
  }

  private static void send(HttpServerRequest request, HttpClientRequest onward, String service) {
    Headers.copy(request.headers(), onward.headers());
    Headers.forwarded(request, onward.headers());
    HttpServerResponse response = request.response();
    response.closeHandler(
        closed -> {
          if (!response.ended()) {
            onward.reset(); // nobody waits for the answer any more
          }
        });
    onward.exceptionHandler(told -> {}); // the answer fails with the same, below
    onward
        .response()
        .onSuccess(answer -> answer(answer, response))
        .onFailure(failure -> Problems.unavailable(request, service));
    long length = length(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    if (length == 0 || (length < 0 && !request.headers().contains("Transfer-Encoding"))) {
      request.resume();
      onward.end();
    } else if (length > 0 && length <= IN_ONE_PIECE) {
      request.resume();
      request.body().onSuccess(onward::end).onFailure(broken -> onward.reset());
    } else {
      onward.setChunked(length < 0);
      request.pipeTo(onward).onFailure(broken -> onward.reset());
    }
  }

  private static void answer(HttpClientResponse answer, HttpServerResponse response) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.statusCode());
    Headers.copy(answer.headers(), response.headers());
    if (answer.statusCode() == UPGRADE_REQUIRED) {
      response.putHeader("Upgrade", answer.getHeader("Upgrade"));
    }
    long length = length(answer.getHeader(HttpHeaders.CONTENT_LENGTH));
    if (answer.request().getMethod().name().equals("HEAD") || bodiless(answer.statusCode())) {
      response.end();
    } else if (length >= 0 && length <= IN_ONE_PIECE) {
      answer.body().onSuccess(response::end).onFailure(broken -> response.reset());
    } else {
      response.setChunked(length < 0);
      answer.pipeTo(response).onFailure(broken -> response.reset());
    }
  }

  private static boolean bodiless(int status) {
    return status == 204 || status == 304;
  }

  private static long length(String header) {
    return header == null ? -1 : Long.parseLong(header);
  }
}
