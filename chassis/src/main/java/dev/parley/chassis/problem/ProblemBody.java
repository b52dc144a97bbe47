package dev.parley.chassis.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/** The body of every error (RFC 9457). */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "code", "violations"})
public record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations,
    @JsonAnyGetter Map<String, Object> extras) {

  public static ProblemBody of(Problem problem, String instance) {
    Code code = problem.code();
    return new ProblemBody(
        "/problems/" + code.wire(),
        code.title(),
        code.status(),
        problem.getMessage(),
        instance,
        code.wire(),
        problem.violations(),
        problem.extras());
  }
}
