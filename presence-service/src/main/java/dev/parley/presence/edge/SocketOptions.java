package dev.parley.presence.edge;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Without a bound the kernel takes megabytes for a peer that does not read, and a slow socket is
 * noticed minutes late.
 */
@ApplicationScoped
class SocketOptions implements HttpServerOptionsCustomizer {
  private static final int SEND_BUFFER = 64 * 1024;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setSendBufferSize(SEND_BUFFER).setTcpNoDelay(true);
  }
}
