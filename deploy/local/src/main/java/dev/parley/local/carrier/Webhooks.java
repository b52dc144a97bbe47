package dev.parley.local.carrier;

import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The carrier's calls to its customer: signed forms, 15 s to answer, one more try if nobody
 * listens, none after an answer of any kind, as Twilio does by default.
 */
final class Webhooks {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final long RETRY_AFTER_MS = 500;

  private final HttpClient client;
  private final String token;

  Webhooks(String token, Executor threads) {
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
  }

  /** Completes with the customer's answer; exceptionally if there was none. */
  CompletableFuture<HttpResponse<String>> call(String url, Map<String, List<String>> form) {
    return call(url, form, TwilioSignature.of(token, url, form));
  }

  /** The same under that signature, as somebody calls who is not the carrier. */
  CompletableFuture<HttpResponse<String>> call(
      String url, Map<String, List<String>> form, String signature) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("User-Agent", "TwilioProxy/1.1")
            .header("I-Twilio-Idempotency-Token", UUID.randomUUID().toString())
            .header(TwilioSignature.HEADER, signature)
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .build();
    return attempt(request)
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof ConnectException
                    ? CompletableFuture.supplyAsync(() -> null, later())
                        .thenCompose(nothing -> attempt(request))
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<HttpResponse<String>> attempt(HttpRequest request) {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Executor later() {
    return CompletableFuture.delayedExecutor(RETRY_AFTER_MS, TimeUnit.MILLISECONDS);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private static String encoded(Map<String, List<String>> form) {
    return form.entrySet().stream()
        .flatMap(
            field -> field.getValue().stream().map(v -> encoded(field.getKey()) + "=" + encoded(v)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
