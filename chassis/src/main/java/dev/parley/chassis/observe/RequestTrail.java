package dev.parley.chassis.observe;

import dev.parley.chassis.caller.Acting;
import dev.parley.contracts.Ids;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Vertx;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * {@code X-Request-Id} in and out, W3C {@code traceparent} in and on (api.md, Conventions). A
 * request without them gets new ones; ones of another form are replaced, so that no log line can be
 * forged.
 */
public class RequestTrail {
  private static final String SPAN = RequestTrail.class.getName();

  /** The header's name. */
  public static final String REQUEST_ID = "X-Request-Id";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Spans spans;

  RequestTrail(Spans spans) {
    this.spans = spans;
  }

  @ServerRequestFilter(preMatching = true)
  public void begin(ContainerRequestContext request) {
    String id = request.getHeaderString(REQUEST_ID);
    String trace = request.getHeaderString("traceparent");
    String sent = trace != null && TRACE.matcher(trace).matches() ? trace : null;
    Trail trail = new Trail(requestId(id), spans.on() ? follow(request, sent) : pass(sent));
    trail.begin();
    Acting.begin(() -> request.getMethod() + " " + request.getUriInfo().getPath());
  }

  /** The id that came with a request if it has the form of one, else a new one. */
  public static String requestId(String sent) {
    return sent != null && ID.matcher(sent).matches() ? sent : Ids.next().toString();
  }

  @ServerResponseFilter
  public void end(
      ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
    String id = Trail.current().requestId();
    if (id != null) {
      response.getHeaders().putSingle(REQUEST_ID, id);
    }
    if (spans.on() && Vertx.currentContext().getLocal(SPAN) instanceof Span span) {
      span.setAttribute("http.response.status_code", response.getStatus());
      String route = route(resource);
      if (route != null) {
        span.setAttribute("http.route", route).updateName(request.getMethod() + " " + route);
      }
      if (response.getStatus() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }

  /** The route as the annotations have it; null where none was met. */
  private static String route(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method == null) {
      return null;
    }
    Path own = method.getAnnotation(Path.class);
    String base = resource.getResourceClass().getAnnotation(Path.class).value();
    return base + (own == null ? "" : (own.value().startsWith("/") ? "" : "/") + own.value());
  }

  private String follow(ContainerRequestContext request, String sent) {
    Span span = spans.request(request.getMethod(), sent);
    span.setAttribute("http.request.method", request.getMethod());
    Vertx.currentContext().putLocal(SPAN, span);
    return Spans.traceparent(span);
  }

  private static String pass(String sent) {
    return sent == null ? newTrace() : child(sent);
  }

  private static String child(String trace) {
    return trace.substring(0, 36) + hex() + trace.substring(52);
  }

  private static String newTrace() {
    return "00-" + hex() + hex() + "-" + hex() + "-00";
  }

  private static String hex() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
  }
}
