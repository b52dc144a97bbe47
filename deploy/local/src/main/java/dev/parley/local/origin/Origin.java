package dev.parley.local.origin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;

/** {@code Origin PORT SERVICE=PORT[,PORT…]…}: listens on the loopback interface, one event loop. */
public final class Origin implements AutoCloseable {
  /** Requests at the same time to one node; more wait. */
  private static final int CONNECTIONS = 512;

  private static final int CONNECT_MS = 2_000;

  // An answer that does not fit waits for acknowledgements, which readers on the same machine
  // delay: one of 300 kB for 80 ms, once in a hundred times.
  private static final int ANSWERS = 1024 * 1024;

  private static final int LONGEST_HEAD = 64 * 1024;

  private final Vertx vertx;

  private Origin(Vertx vertx) {
    this.vertx = vertx;
  }

  public static void main(String[] arguments) {
    Nodes nodes = new Nodes();
    List.of(arguments).subList(1, arguments.length).forEach(nodes::with);
    int port = Integer.parseInt(arguments[0]);
    start(port, nodes)
        .onFailure(
            failure -> {
              System.err.println("cannot listen on " + port + ": " + failure.getMessage());
              System.exit(1);
            });
  }

  static Future<Origin> start(int port, Nodes nodes) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setPreferNativeTransport(true));
    HttpClientOptions plain = new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(30);
    HttpClient calls =
        vertx.createHttpClient(plain, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    NetClient sockets =
        vertx.createNetClient(
            new NetClientOptions()
                .setTcpNoDelay(true)
                .setReceiveBufferSize(Tunnels.SOCKET_BUFFER)
                .setConnectTimeout(CONNECT_MS));
    Calls pass = new Calls(calls, nodes);
    Tunnels tunnels = new Tunnels(sockets, nodes.withOwnTurns());
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setTcpNoDelay(true)
                    .setSendBufferSize(ANSWERS)
                    .setAcceptBacklog(4096)
                    // Wider than the services', so that it is they who refuse.
                    .setMaxInitialLineLength(LONGEST_HEAD)
                    .setMaxHeaderSize(LONGEST_HEAD)
                    .setHandle100ContinueAutomatically(true)
                    // Tunnels carry the frames; nothing here speaks HTTP/2 in clear text.
                    .setRegisterWebSocketWriteHandlers(false)
                    .setHttp2ClearTextEnabled(false))
            .connectionHandler(Loopback::tune)
            .requestHandler(
                request -> {
                  String service = Routes.owner(request.path());
                  if (service == null) {
                    Problems.notFound(request);
                  } else if (Tunnels.wanted(request)) {
                    tunnels.open(request, service);
                  } else {
                    pass.pass(request, service);
                  }
                });
    return server.listen().map(listening -> new Origin(vertx));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
