package dev.parley.chassis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Json;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What no endpoint takes, sent to each that the served API document has: bodies that are none,
 * other types of content, other methods. Called from a {@code @QuarkusTest}.
 */
public final class WrongRequests {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
  private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";
  private static final List<String> WHOLE = List.of(Problem.WHOLE);
  private static final String JSON = "/content/application~1json";
  private static final List<String> OTHER_TYPES =
      List.of("text/plain", "application/x-www-form-urlencoded", "application/xml");
  private static final Set<Method> METHODS =
      Set.of(Method.GET, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

  private final Supplier<RequestSpecification> caller;
  private final List<String> faults = new ArrayList<>();

  private WrongRequests(Supplier<RequestSpecification> caller) {
    this.caller = caller;
  }

  /**
   * Those that are not refused as they must be (api.md, Errors), with their answers.
   *
   * @param caller who asks, each time anew
   */
  public static List<String> notRefused(Supplier<RequestSpecification> caller) {
    JsonNode api =
        Json.read(RestAssured.get("/openapi?format=JSON").body().asByteArray(), JsonNode.class);
    WrongRequests wrong = new WrongRequests(caller);
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      wrong.path(VARIABLE.matcher(path.getKey()).replaceAll(ID), path.getValue());
    }
    return wrong.faults;
  }

  private void path(String path, JsonNode operations) {
    Set<Method> known =
        operations.properties().stream()
            .map(operation -> Method.valueOf(operation.getKey().toUpperCase(Locale.ROOT)))
            .filter(METHODS::contains)
            .collect(Collectors.toSet());
    for (Method method : METHODS) {
      if (!known.contains(method)) {
        Response answer = asked().request(method, path);
        require(answer, 405, "method_not_allowed", method + " " + path);
        if (!allowed(known).equals(answer.header("Allow"))) {
          faults.add(method + " " + path + " allows " + answer.header("Allow"));
        }
        continue;
      }
      JsonNode operation = operations.get(method.name().toLowerCase(Locale.ROOT));
      if (operation.at("/requestBody" + JSON).isObject()) {
        bodies(method, path);
      }
      if (method == Method.GET && operation.at("/responses/200" + JSON).isObject()) {
        Response answer = asked().accept("image/png").request(method, path);
        require(answer, 406, "not_acceptable", method + " " + path);
      }
    }
  }

  private void bodies(Method method, String path) {
    for (byte[] body :
        List.of(
            new byte[0],
            "{\"body\":".getBytes(StandardCharsets.UTF_8),
            "[]".getBytes(StandardCharsets.UTF_8),
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})) {
      String what = method + " " + path + " " + new String(body, StandardCharsets.ISO_8859_1);
      Response answer = asked().contentType("application/json").body(body).request(method, path);
      if (require(answer, 400, "invalid_request", what)
          && !WHOLE.equals(answer.path("violations.field"))) {
        faults.add(what + " names a field: " + answer.asString());
      }
    }
    for (String type : OTHER_TYPES) {
      Response answer = asked().contentType(type).body("{}").request(method, path);
      require(answer, 415, "unsupported_media_type", method + " " + path + " as " + type);
    }
  }

  private RequestSpecification asked() {
    return caller.get().urlEncodingEnabled(false).header("If-Match", "*");
  }

  private boolean require(Response answer, int status, String code, String what) {
    boolean refused =
        answer.statusCode() == status
            && String.valueOf(answer.contentType()).startsWith("application/problem+json")
            && code.equals(answer.path("code"));
    if (!refused) {
      faults.add(what + ": " + answer.statusCode() + " " + answer.asString());
    }
    return refused;
  }

  private static String allowed(Set<Method> known) {
    Set<String> names =
        known.stream().map(Method::name).collect(Collectors.toCollection(TreeSet::new));
    if (known.contains(Method.GET)) {
      names.add("HEAD");
    }
    names.add("OPTIONS");
    return String.join(", ", names);
  }
}
