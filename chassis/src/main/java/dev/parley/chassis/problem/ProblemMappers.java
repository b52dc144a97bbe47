package dev.parley.chassis.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.chassis.observe.LogSafe;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes every failure as a problem body. The only place that does. */
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final MediaType PROBLEM = new MediaType("application", "problem+json");
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final String NO_OBJECT = "The body must be a JSON object.";
  private static final String NO_JSON = "The body is not valid JSON.";

  /** A telephone number in a path. */
  private static final Pattern NUMBER = Pattern.compile("(\\+|%2[Bb])\\d+");

  private static final Pattern CONVERSATION =
      Pattern.compile("/v1/(?:conversations|timelines)/([0-9a-fA-F-]{36})(?:/.*)?");

  @Context HttpServerRequest request;
  @Inject Routes routes;

  @ServerExceptionMapper
  public Response problem(Problem problem) {
    return answer(problem);
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException e) {
    List<Violation> violations = new ArrayList<>();
    for (ConstraintViolation<?> violation : e.getConstraintViolations()) {
      String field = field(violation.getPropertyPath());
      if (field.isEmpty()) { // no parameter but the body is constrained by itself
        return answer(Problem.noBody());
      }
      violations.add(new Violation(field, violation.getMessage()));
    }
    violations.sort((a, b) -> a.field().compareTo(b.field()));
    return answer(Problem.invalid(violations));
  }

  // The platform has mappers of its own for the special ones; naming them here replaces those.
  @ServerExceptionMapper({
    JsonProcessingException.class,
    MismatchedInputException.class,
    InvalidFormatException.class,
    StreamReadException.class
  })
  public Response unreadable(JsonProcessingException e) {
    return answer(unreadableBody(e));
  }

  /** Bytes that are no text in the encoding that they begin with. */
  @ServerExceptionMapper
  public Response undecodable(CharConversionException e) {
    return answer(Problem.unreadable(NO_JSON));
  }

  @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
  public Response unauthenticated(SecurityException e) {
    Problem problem = Problem.of(Code.UNAUTHENTICATED, "Send a valid access token as Bearer.");
    return Response.fromResponse(answer(problem)).header("WWW-Authenticate", "Bearer").build();
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException e) {
    return answer(Problem.of(Code.FORBIDDEN, "Your roles do not allow this."));
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return answer(unreadableBody(json));
    }
    if (e.getCause() instanceof Problem problem) {
      return answer(problem);
    }
    if (e instanceof NotFoundException || e instanceof NotAllowedException) {
      return nowhere(e);
    }
    Problem problem =
        switch (e.getResponse().getStatus()) {
          case 400 -> Problem.unreadable("The body cannot be read.");
          case 406 -> Problem.of(Code.NOT_ACCEPTABLE, "This path answers with JSON.");
          case 413 -> Problem.of(Code.TOO_LARGE, "The body is too large.");
          case 415 -> Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
          case 503 -> Problem.unavailable(SOON);
          default -> null;
        };
    return problem == null ? unexpected(e) : answer(problem);
  }

  /** The platform tells another method from no path only where one resource has the whole path. */
  private Response nowhere(WebApplicationException e) {
    Set<String> methods = routes.methods(request.path());
    boolean others = !methods.isEmpty() && !methods.contains(request.method().name());
    if (!others && e instanceof NotFoundException) {
      return answer(Problem.notFound());
    }
    Problem problem = Problem.of(Code.METHOD_NOT_ALLOWED, "This path has other methods.");
    return Response.fromResponse(answer(problem))
        .header("Allow", String.join(", ", methods))
        .build();
  }

  @ServerExceptionMapper
  public Response unexpected(Throwable e) {
    String path = NUMBER.matcher(request.path()).replaceAll("#");
    conversation(path).ifPresent(id -> MDC.put("conversationId", id));
    if (Outages.isOutage(e)) {
      LOG.warnf("%s %s: %s", request.method(), path, e.getClass().getName());
      return answer(Problem.unavailable(SOON));
    }
    LOG.errorf("%s %s: %s", request.method(), path, LogSafe.stack(e));
    return answer(Problem.of(Code.INTERNAL_ERROR, "It has been logged under the request's id."));
  }

  /** The conversation that a path is about. */
  static Optional<String> conversation(String path) {
    Matcher conversation = CONVERSATION.matcher(path);
    return conversation.matches() ? Optional.of(conversation.group(1)) : Optional.empty();
  }

  private Response answer(Problem problem) {
    Response.ResponseBuilder builder =
        Response.status(problem.code().status())
            .type(PROBLEM)
            .entity(ProblemBody.of(problem, request.path()));
    if (problem.retryAfter() != null) {
      builder.header("Retry-After", Math.max(1, problem.retryAfter().toSeconds()));
    }
    return builder.build();
  }

  private static Problem unreadableBody(JsonProcessingException e) {
    JsonParseException syntax = syntax(e);
    if (syntax != null) {
      JsonLocation at = syntax.getLocation();
      return Problem.unreadable(
          at == null || at.getLineNr() < 1
              ? NO_JSON
              : "The body is not valid JSON: line %d, column %d."
                  .formatted(at.getLineNr(), at.getColumnNr()));
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      boolean unstorable =
          e instanceof InvalidFormatException invalid
              && invalid.getTargetType() == String.class
              && "".equals(invalid.getValue());
      return Problem.invalid(
          path(mapping.getPath()),
          unstorable
              ? "must not contain NUL or half of a surrogate pair"
              : "has the wrong type or an unknown value");
    }
    return Problem.unreadable(e instanceof JsonMappingException ? NO_OBJECT : NO_JSON);
  }

  /** What breaks off inside a field is told under that field; it is no fault of the field's. */
  private static JsonParseException syntax(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonParseException syntax) {
        return syntax;
      }
    }
    return null;
  }

  private static String path(List<JsonMappingException.Reference> references) {
    return references.stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  /** The path without the method's and the body parameter's names: {@code send.request.body}. */
  private static String field(Path path) {
    List<String> nodes = new ArrayList<>();
    for (Path.Node node : path) {
      boolean inBody =
          node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.PARAMETER;
      if (inBody && node.getName() != null) {
        nodes.add(
            node.isInIterable() && node.getIndex() != null
                ? "[" + node.getIndex() + "]." + node.getName()
                : node.getName());
      }
    }
    return String.join(".", nodes)
        .replace(".[", "[")
        .replace(".<list element>", "")
        .replace("<list element>", "");
  }
}
