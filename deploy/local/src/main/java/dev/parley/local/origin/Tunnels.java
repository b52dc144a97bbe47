package dev.parley.local.origin;

import dev.parley.local.origin.Handshake.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * WebSocket upgrades. The handshake is passed on as it is; from then on both sides are joined byte
 * by byte, no frame is looked at. Each side is read only as fast as the other takes it, so that a
 * client that stops reading is felt by the edge, not hidden in our memory. A refusal goes back with
 * its body.
 *
 * <p>This is why there is no ready-made proxy here: vertx-http-proxy 4.5 reads on without regard to
 * the other side, and answers a refused upgrade with an empty body.
 */
final class Tunnels {
  private static final long LAST_BYTES_MS = 10_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Nodes nodes;

  Tunnels(Vertx vertx, NetClient client, Nodes nodes) {
    this.vertx = vertx;
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
        .onSuccess(answer -> join(request, answer))
        .onFailure(
            failure -> {
              request.resume();
              Problems.unavailable(request, service);
            });
  }

  private void join(HttpServerRequest request, Answer answer) {
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
        .onSuccess(
            device -> {
              if (answer.rest().length() > 0) {
                device.write(answer.rest());
              }
              pipe(answer.service(), device);
              pipe(device, answer.service());
            })
        .onFailure(gone -> answer.service().close());
  }

  private void pipe(NetSocket from, NetSocket to) {
    Future<Void> done = from.pipeTo(to); // ends the other side behind the last byte
    from.closeHandler(
        closed -> {
          // Those bytes get their time; a side that does not read any more is cut off.
          long timer = vertx.setTimer(LAST_BYTES_MS, late -> cut(to));
          done.onComplete(ended -> vertx.cancelTimer(timer));
        });
  }

  /** {@code close()} would wait behind the pending bytes; this does not. */
  private static void cut(NetSocket socket) {
    ((ConnectionBase) socket).channelHandlerContext().close();
  }
}
