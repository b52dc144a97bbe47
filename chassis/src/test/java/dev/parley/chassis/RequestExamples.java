package dev.parley.chassis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Json;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The examples of requests that the served API document gives, sent to the service that serves it.
 * Called from a {@code @QuarkusTest}.
 */
public final class RequestExamples {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  /** An id of nothing, old enough that nobody waits for it. */
  private static final String NOBODYS = "01890a5d-ac96-774b-bcce-b302099a8057";

  private final Supplier<RequestSpecification> caller;
  private final UnaryOperator<String> real;
  private final List<String> faults = new ArrayList<>();

  private RequestExamples(Supplier<RequestSpecification> caller, UnaryOperator<String> real) {
    this.caller = caller;
    this.real = real;
  }

  /**
   * Those that the service refuses for what they are, whatever they are about, with its answers;
   * and answers without a header that is declared.
   *
   * @param caller who asks, each time anew
   * @param real puts what may stand there into a path or a body of examples
   */
  public static List<String> unreadable(
      Supplier<RequestSpecification> caller, UnaryOperator<String> real) {
    return new RequestExamples(caller, real)
        .sendAll(status -> status == 400 || status == 415 || status >= 500);
  }

  /**
   * Those that do not succeed; and answers without a header that is declared.
   *
   * @param real puts what is there into a path or a body of examples
   */
  public static List<String> unsuccessful(
      Supplier<RequestSpecification> caller, UnaryOperator<String> real) {
    return new RequestExamples(caller, real).sendAll(status -> status >= 300);
  }

  private List<String> sendAll(IntPredicate refused) {
    JsonNode api =
        Json.read(RestAssured.get("/openapi?format=JSON").body().asByteArray(), JsonNode.class);
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode type = operation.getValue().at("/requestBody/content/application~1json");
        List<String> bodies = new ArrayList<>();
        type.path("examples").forEach(named -> bodies.add(text(named.path("value"))));
        if (type.has("example")) {
          bodies.add(text(type.path("example")));
        }
        String called = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        bodies.forEach(body -> send(called, body, operation.getValue(), refused));
      }
    }
    return faults;
  }

  private void send(String called, String body, JsonNode operation, IntPredicate refused) {
    String[] parts = real.apply(called).split(" ");
    RequestSpecification request = caller.get().contentType("application/json");
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("required").asBoolean()
          && parameter.path("in").asText().equals("header")) {
        request.header(parameter.path("name").asText(), "*");
      }
    }
    Response answer =
        request
            .urlEncodingEnabled(false)
            .body(real.apply(body))
            .request(Method.valueOf(parts[0]), VARIABLE.matcher(parts[1]).replaceAll(NOBODYS));
    if (refused.test(answer.statusCode())) {
      faults.add(called + " " + body + ": " + answer.statusCode() + " " + answer.asString());
    }
    JsonNode declared = operation.at("/responses/" + answer.statusCode() + "/headers");
    declared
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (answer.header(name) == null) {
                faults.add(called + ": " + answer.statusCode() + " without " + name);
              }
            });
  }

  private static String text(JsonNode example) {
    return example.isTextual() ? example.asText() : example.toString();
  }
}
