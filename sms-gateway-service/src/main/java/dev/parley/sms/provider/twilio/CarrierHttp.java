package dev.parley.sms.provider.twilio;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.parley.sms.provider.ProviderFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/**
 * How twilio-java reaches the API. The library's own client cannot: it repeats a POST after a 5xx
 * (which would text somebody twice), waits a fixed 30 s, and builds its URLs for {@code twilio.com}
 * alone.
 *
 * <p>Each request is made once. Failures say whether the carrier can have got it.
 */
final class CarrierHttp extends HttpClient {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  private final java.net.http.HttpClient client;
  private final URI base;
  private final Duration timeout;

  CarrierHttp(URI base, Duration timeout) {
    this.base = base;
    this.timeout = timeout;
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
            .build();
  }

  /** Once, whatever the library would repeat. */
  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  @Override
  public Response reliableRequest(Request request, int[] codes, int retries, long delay) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    try {
      HttpResponse<byte[]> response = client.send(toJdk(request), BodyHandlers.ofByteArray());
      if (response.statusCode() == TOO_MANY_REQUESTS) {
        throw new ProviderFailure.Throttled(retryAfter(response));
      }
      return new Response(new ByteArrayInputStream(response.body()), response.statusCode());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ProviderFailure.Unreachable("no connection");
    } catch (IOException e) {
      throw e.getCause() instanceof UnresolvedAddressException
          ? new ProviderFailure.Unreachable("unknown host")
          : new ProviderFailure.InDoubt(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderFailure.InDoubt("interrupted");
    }
  }

  private HttpRequest toJdk(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(rehosted(request))
            .timeout(timeout)
            .header("Accept", "application/json");
    if (request.requiresAuthentication()) {
      builder.header("Authorization", request.getAuthString());
    }
    request
        .getHeaderParams()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    if (request.getMethod() == HttpMethod.GET) {
      return builder.GET().build();
    }
    return builder
        .header("Content-Type", EnumConstants.ContentType.FORM_URLENCODED.getValue())
        .method(request.getMethod().name(), BodyPublishers.ofString(request.encodeFormBody()))
        .build();
  }

  private URI rehosted(Request request) {
    URI original = URI.create(request.constructURL().toString());
    String query = original.getRawQuery() == null ? "" : "?" + original.getRawQuery();
    return base.resolve(original.getRawPath() + query);
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(after -> after.compareTo(RETRY_AFTER_MAX) < 0 ? after : RETRY_AFTER_MAX)
        .orElse(RETRY_AFTER);
  }
}
