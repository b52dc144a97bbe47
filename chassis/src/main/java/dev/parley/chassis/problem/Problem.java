package dev.parley.chassis.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that the caller is told of as {@code application/problem+json} (RFC 9457). Thrown
 * anywhere, written once by {@link ProblemMappers}.
 *
 * <p>What it says goes to the outside: never another tenant's data, never a foreign exception's
 * message. {@link #notFound()} is one and the same for missing, invisible and another tenant's.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the request as a whole, as JSONPath does; no field is called so. */
  public static final String WHOLE = "$";

  private final Code code;
  private final transient List<Violation> violations;
  private final transient Map<String, Object> extras = new LinkedHashMap<>();
  private Duration retryAfter;

  private Problem(Code code, String detail, List<Violation> violations) {
    super(detail, null, false, false);
    this.code = code;
    this.violations = violations;
  }

  /** A problem of that code. */
  public static Problem of(Code code, String detail) {
    return new Problem(code, detail, List.of());
  }

  /** 404, alike for missing, invisible and another tenant's (product.md §3). */
  public static Problem notFound() {
    return of(Code.NOT_FOUND, "There is no such thing, or you may not see it.");
  }

  /** 400 naming the field. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(new Violation(field, message)));
  }

  /** 400 naming the fields. */
  public static Problem invalid(List<Violation> violations) {
    Violation first = violations.get(0);
    return new Problem(
        Code.INVALID_REQUEST, first.field() + " " + first.message(), List.copyOf(violations));
  }

  /** 400 for the request as a whole, where there is no field to name: {@value #WHOLE} is named. */
  public static Problem unreadable(String detail) {
    return new Problem(Code.INVALID_REQUEST, detail, List.of(new Violation(WHOLE, detail)));
  }

  /** 400: the request came without the body that it needs. */
  public static Problem noBody() {
    return unreadable("The request needs a body: a JSON object.");
  }

  /** A problem of that code naming the field. */
  public static Problem at(Code code, String field, String message) {
    return new Problem(code, field + " " + message, List.of(new Violation(field, message)));
  }

  /** 503: a dependency does not answer; nothing was changed, or it is safe to repeat. */
  public static Problem unavailable(Duration retryAfter) {
    Problem problem = of(Code.UNAVAILABLE, "A part of the system does not answer. Try again.");
    problem.retryAfter = retryAfter;
    return problem;
  }

  /** Adds a member to the body, such as {@code current} on version conflicts. */
  public Problem with(String name, Object value) {
    extras.put(name, value);
    return this;
  }

  /** Adds a {@code Retry-After}. */
  public Problem retryAfter(Duration after) {
    this.retryAfter = after;
    return this;
  }

  public Code code() {
    return code;
  }

  List<Violation> violations() {
    return violations;
  }

  Map<String, Object> extras() {
    return extras;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
