package dev.parley.chassis.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A body that announces more than {@code quarkus.http.limits.max-body-size}, an address that is too
 * long or no address, and headers that are too large get their 413, 414, 400 or 431 as a problem;
 * the server's own answers have no body. Its limits for address and headers are wider: what is
 * beyond those as well, and a body that grows unannounced, it cuts off. What is no address it lets
 * come this far only where the JVM was started with {@code -Dvertx.disableURIValidation=true}.
 */
@ApplicationScoped
class RequestLimits {
  /** Before the server's own check. */
  private static final int FIRST = 1_000;

  /** A list of 200 ids fits. */
  private static final int LONGEST_ADDRESS = 16_384;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  private static final int LARGEST_HEADERS = 20_480;

  private final long limit;

  RequestLimits(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext call) {
    HttpServerRequest request = call.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (length.length() >= 19 || Long.parseLong(length) > limit)) {
      refuse(call, Problem.of(Code.TOO_LARGE, "The body is too large."));
    } else if (request.uri().length() > LONGEST_ADDRESS) {
      refuse(call, Problem.of(Code.URI_TOO_LONG, "The address is too long."));
    } else if (headers(request) > LARGEST_HEADERS) {
      refuse(call, Problem.of(Code.HEADERS_TOO_LARGE, "The headers are too large."));
    } else if (!isWellFormed(request.uri())) {
      refuse(call, malformed(request.query()));
    } else {
      call.next();
    }
  }

  private static boolean isWellFormed(String address) {
    try {
      new URI(address);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** By the name of the parameter, if it is one of the query's and has a name. */
  private static Problem malformed(String query) {
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      String name = parameter.split("=", 2)[0];
      if (!isWellFormed("?" + parameter) && NAME.matcher(name).matches()) {
        return Problem.invalid(name, "has a character or a % that must be percent-encoded");
      }
    }
    return Problem.unreadable(
        "The address has a character or a % that must be percent-encoded (RFC 3986).");
  }

  private static long headers(HttpServerRequest request) {
    long size = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      size += header.getKey().length() + header.getValue().length();
    }
    return size;
  }

  private static void refuse(RoutingContext call, Problem problem) {
    call.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    EarlyProblem.answer(call, problem);
  }
}
