package dev.parley.chassis.observe;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jboss.logging.MDC;

/**
 * What ties together everything that one request causes, in this service and in those that its
 * events reach: the request id and the W3C trace context.
 */
public record Trail(String requestId, String traceparent) {
  private static final String KEY = Trail.class.getName();
  private static final ThreadLocal<Trail> OF_THREAD = new ThreadLocal<>();

  /** Nothing to tie to. */
  public static final Trail NONE = new Trail(null, null);

  /** The trail of the request or records being worked on; empty outside of any. */
  public static Trail current() {
    Context context = Vertx.currentContext();
    Trail trail = context == null ? OF_THREAD.get() : local(context);
    return trail == null ? NONE : trail;
  }

  /**
   * Makes it the trail of what this thread does and logs outside of Vert.x contexts, until the
   * next; {@link #NONE} ends it.
   */
  public static void follow(Trail trail) {
    OF_THREAD.set(trail);
    trail.log();
  }

  private static Trail local(Context context) {
    try {
      return context.getLocal(KEY);
    } catch (UnsupportedOperationException notDuplicated) {
      return null;
    }
  }

  void begin() {
    Vertx.currentContext().putLocal(KEY, this);
    log();
  }

  /** The log lines of this context or thread name it. */
  private void log() {
    log("requestId", requestId);
    // Records from outside may bring anything.
    log("traceId", traceparent == null || traceparent.length() < 35 ? null : traceId());
  }

  private String traceId() {
    return traceparent.substring(3, 35);
  }

  private static void log(String name, String value) {
    if (value == null) {
      MDC.remove(name);
    } else {
      MDC.put(name, value);
    }
  }
}
