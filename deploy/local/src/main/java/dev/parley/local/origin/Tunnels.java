package dev.parley.local.origin;

import dev.parley.local.origin.Handshake.Answer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;

/**
 * WebSocket upgrades. The handshake is passed on as it is; from then on both sides are joined byte
 * by byte by a {@link Relay}, no frame is looked at. A refusal goes back with its body.
 *
 * <p>This is why there is no ready-made proxy here: vertx-http-proxy 4.5 reads on without regard to
 * the other side, and answers a refused upgrade with an empty body.
 */
final class Tunnels {
  /**
   * Small enough that a client that does not read is noticed after about 200 kB, not after the
   * megabytes that the kernel would take otherwise.
   */
  static final int SOCKET_BUFFER = 64 * 1024;

  private final NetClient client;
  private final Nodes nodes;

  Tunnels(NetClient client, Nodes nodes) {
    this.client = client;
    this.nodes = nodes;
  }

  static boolean wanted(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  void open(HttpServerRequest request, String service) {
    request.pause();
    nodes
        .first(service, client::connect)
        .compose(socket -> Handshake.ask(request, socket))
        .onSuccess(answer -> pass(request, answer))
        .onFailure(
            failure -> {
              request.resume();
              Problems.unavailable(request, service);
            });
  }

  private static void pass(HttpServerRequest request, Answer answer) {
    request.response().setStatusCode(answer.status());
    Headers.copy(answer.headers(), request.response().headers());
    if (answer.status() != 101) {
      request.resume();
      request.response().end(answer.rest());
      return;
    }
    request.response().putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
    request
        .toNetSocket()
        .onSuccess(device -> Relay.join(answer.service(), device, answer.rest()))
        .onFailure(gone -> answer.service().close());
  }
}
