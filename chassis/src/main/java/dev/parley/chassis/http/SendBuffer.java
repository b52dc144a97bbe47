package dev.parley.chassis.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Sets {@link HttpConfig#sendBuffer()} for all connections of the service. */
@ApplicationScoped
class SendBuffer implements HttpServerOptionsCustomizer {
  private final HttpConfig config;

  SendBuffer(HttpConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setSendBufferSize((int) config.sendBuffer().asLongValue());
  }
}
