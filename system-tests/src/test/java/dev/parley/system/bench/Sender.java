package dev.parley.system.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends over kept-alive HTTP/1.1 connections without Nagle's delay. A connection that the server
 * had just closed is tried once more: sends are idempotent by their clientMsgId.
 */
final class Sender implements AutoCloseable {
  private static final long TIMEOUT_MS = 15_000;

  private final HttpClient http;
  private final Map<String, Integer> errors = new TreeMap<>();

  Sender(Vertx vertx, String origin) {
    URI uri = URI.create(origin);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(uri.getHost())
                .setDefaultPort(uri.getPort())
                .setTcpNoDelay(true)
                .setKeepAliveTimeout(30)
                .setMaxPoolSize(256));
  }

  /** What sends failed of, with how often. */
  Map<String, Integer> errors() {
    return errors;
  }

  /** Sends a message; what became of it goes to the ledger. On the event loop. */
  void send(Ledger ledger, int number, String conversation, String token, Frames frames) {
    Buffer request =
        Buffer.buffer(
            "{\"clientMsgId\":\""
                + frames.id(number)
                + "\",\"body\":\""
                + frames.body(number)
                + "\"}");
    RequestOptions to =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setURI("/v1/timelines/" + conversation + "/messages")
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "application/json")
            .setTimeout(TIMEOUT_MS);
    send(ledger, number, to, request, true);
  }

  private void send(Ledger ledger, int number, RequestOptions to, Buffer body, boolean again) {
    http.request(to)
        .flatMap(request -> request.send(body))
        .flatMap(response -> response.body().map(text -> response))
        .onSuccess(response -> answered(ledger, number, response))
        .onFailure(
            failure -> {
              if (again) {
                send(ledger, number, to, body, false);
              } else {
                failed(ledger, number, failure.toString());
              }
            });
  }

  private void answered(Ledger ledger, int number, HttpClientResponse response) {
    switch (response.statusCode()) {
      case 200, 201 -> ledger.acked(number);
      case 429 -> ledger.refused(number);
      default -> failed(ledger, number, "status " + response.statusCode());
    }
  }

  private void failed(Ledger ledger, int number, String why) {
    errors.merge(why, 1, Integer::sum);
    ledger.failed(number);
  }

  @Override
  public void close() {
    http.close().toCompletionStage().toCompletableFuture().join();
  }
}
