package dev.parley.system;

import dev.parley.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls, each answered within 15 s or failed. */
final class Rest {
  static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Rest() {}

  /** A call with a JSON body, or none where it is null; without a token where that is null. */
  static Answer call(String method, String url, String token, Object body) {
    return call(method, url, token, body, Map.of());
  }

  /** The same with more headers. */
  static Answer call(
      String method, String url, String token, Object body, Map<String, String> headers) {
    HttpRequest.Builder request = request(method, url, token, body);
    headers.forEach(request::header);
    return send(request.build());
  }

  /** A posted form. */
  static Answer form(String url, Map<String, String> fields, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
    headers.forEach(request::header);
    return send(request.build());
  }

  /** What stands at that address, which is no call of the contract. */
  static String text(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build()).is(200).text();
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /**
   * @throws UncheckedIOException when nobody answers
   */
  private static Answer send(HttpRequest request) {
    try {
      return Answer.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder request(String method, String url, String token, Object body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(Json.text(body)));
    }
    return request;
  }
}
