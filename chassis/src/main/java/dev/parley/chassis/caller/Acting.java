package dev.parley.chassis.caller;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/**
 * For whom the present request acts, once its caller is known. Kept in the request's Vert.x
 * context, so it holds for everything that the request does there and for nothing else.
 *
 * @param caller null until known
 * @param call method and path, without the query
 */
public record Acting(Caller caller, Supplier<String> call) {
  private static final String CALLER = Acting.class.getName();
  private static final String CALL = CALLER + ".call";

  /** The request, or null outside of any. */
  public static Acting current() {
    Context context = Vertx.currentContext();
    if (context == null) {
      return null;
    }
    try {
      Supplier<String> call = context.getLocal(CALL);
      return call == null ? null : new Acting(context.getLocal(CALLER), call);
    } catch (UnsupportedOperationException noRequest) {
      return null;
    }
  }

  /**
   * Begins a request; from now on, until its caller is known, it acts for nobody.
   *
   * @param call method and path, without the query
   */
  public static void begin(Supplier<String> call) {
    Vertx.currentContext().putLocal(CALL, call);
  }

  /** Whether somebody else acts as the caller. */
  public boolean isImpersonated() {
    return caller != null && caller.impersonator() != null;
  }

  /** The caller by the name that this request has found for them, if it has looked. */
  static Caller named(Caller caller) {
    Acting acting = current();
    return acting == null || acting.caller == null ? caller : caller.named(acting.caller.name());
  }

  /** From now on it acts for them, and the request's log lines name the tenant. */
  static void as(Caller caller) {
    Vertx.currentContext().putLocal(CALLER, caller);
    MDC.put("tenant", caller.tenant());
  }
}
