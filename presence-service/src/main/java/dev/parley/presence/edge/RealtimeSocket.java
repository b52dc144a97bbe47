package dev.parley.presence.edge;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/**
 * {@code GET /v1/realtime} (api.md, presence-service; events.md, Socket frames). Handshake,
 * lifecycle and what comes in; what goes out is written by {@link Conn}, past this endpoint.
 */
@WebSocket(path = Admission.PATH)
class RealtimeSocket {
  private static final Logger LOG = Logger.getLogger(RealtimeSocket.class);
  private static final UserData.TypedKey<Conn> CONN = new UserData.TypedKey<>("parley.conn");

  private final Uplink uplink;

  RealtimeSocket(Uplink uplink) {
    this.uplink = uplink;
  }

  @OnOpen
  @NonBlocking
  void opened(WebSocketConnection socket) {
    Admitted admitted = socket.userData().remove(Admitted.KEY);
    Shard shard = admitted.shard();
    shard.run(
        () -> {
          Conn conn = new Conn(socket, shard, admitted);
          socket.userData().put(CONN, conn);
          shard.add(conn);
          // What its user's record has said since it was admitted; what it says later is told.
          if (!conn.isRefused()) {
            shard.opening.begin(conn, admitted.cursor(), admitted.snapshot());
          }
        });
  }

  @OnTextMessage
  @NonBlocking
  void received(String text, WebSocketConnection socket) {
    Conn conn = socket.userData().get(CONN);
    if (conn != null) {
      conn.shard.run(() -> uplink.received(conn, text));
    }
  }

  @OnBinaryMessage
  @NonBlocking
  void received(Buffer bytes, WebSocketConnection socket) {
    Conn conn = socket.userData().get(CONN);
    if (conn != null) {
      conn.shard.run(() -> uplink.received(conn, bytes.length()));
    }
  }

  @OnPongMessage
  @NonBlocking
  void ponged(Buffer pong, WebSocketConnection socket) {
    Conn conn = socket.userData().get(CONN);
    if (conn != null) {
      conn.shard.run(conn::alive);
    }
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection socket) {
    Conn conn = socket.userData().remove(CONN);
    if (conn != null) {
      conn.shard.run(() -> conn.shard.forget(conn));
    }
  }

  @OnError
  @NonBlocking
  void failed(Throwable failure) {
    LOG.debugf("socket: %s", failure.getClass().getName());
  }
}
