package dev.parley.chassis.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a checked-in {@code openapi.yaml} must say of every operation. */
public final class ApiDescription {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final Set<String> WITHOUT_BODY = Set.of("202", "204");

  /** What is made up where nobody gave anything. */
  private static final String NOTHING = "text";

  private static final String PROBLEM =
      "/content/application~1problem+json/schema/$ref"; // as a JSON pointer

  private final JsonNode api;
  private final List<String> found = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ApiDescription(JsonNode api) {
    this.api = api;
  }

  /** Each lack with its operation; empty when there is none. */
  public static List<String> violations(Path file) {
    try {
      return violations(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> violations(JsonNode api) {
    ApiDescription description = new ApiDescription(api);
    description.check();
    return description.found;
  }

  private void check() {
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operation(
              method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
        }
      }
    }
    for (Map.Entry<String, JsonNode> schema : api.at("/components/schemas").properties()) {
      JsonNode values = schema.getValue().path("enum");
      values.forEach(
          value -> {
            if (value.asText().matches("[A-Z][A-Z_]*")) {
              found.add(schema.getKey() + ": " + value.asText() + " is not as on the wire");
            }
          });
    }
  }

  private void operation(String name, JsonNode operation) {
    String id = operation.path("operationId").asText();
    require(!id.isEmpty() && ids.add(id), name, "needs an operationId of its own");
    require(operation.hasNonNull("summary"), name, "needs a summary");
    JsonNode request = operation.at("/requestBody/content/application~1json");
    JsonNode answers = operation.path("responses");
    require(operation.path("security").isEmpty() || answers.has("401"), name, "needs its 401");
    require(!operation.has("requestBody") || answers.has("400"), name, "needs its 400");
    if (!request.isMissingNode()) {
      require(hasExample(request), name, "needs an example of its request");
      fits(name + " request", request);
    }
    operation.path("parameters").forEach(parameter -> parameter(name, parameter, answers));
    boolean succeeds = false;
    for (Map.Entry<String, JsonNode> answer : answers.properties()) {
      String status = answer.getKey();
      if (status.startsWith("2")) {
        succeeds = true;
        success(name + " " + status, status, answer.getValue());
      } else {
        require(
            answer.getValue().at(PROBLEM).asText().endsWith("/ProblemBody"),
            name,
            "needs a problem body for " + status);
      }
    }
    require(succeeds, name, "needs its 2xx");
  }

  /** Who may say upon which version gets the next one told. */
  private void parameter(String name, JsonNode parameter, JsonNode answers) {
    String called = parameter.path("name").asText();
    require(parameter.hasNonNull("description"), name, "needs a description of " + called);
    if (called.equals("If-Match")) {
      JsonNode changed = answers.path("200");
      require(
          changed.path("content").isEmpty() || changed.path("headers").has("ETag"),
          name,
          "needs the ETag of its 200");
    }
  }

  private void success(String name, String status, JsonNode answer) {
    boolean empty = answer.path("content").isEmpty();
    if (empty) {
      require(WITHOUT_BODY.contains(status), name, "needs the schema of its body");
    }
    for (Map.Entry<String, JsonNode> type : answer.path("content").properties()) {
      require(type.getValue().has("schema"), name, "needs the schema of its body");
      if (type.getKey().equals("application/json")) {
        require(hasExample(type.getValue()), name, "needs an example");
        fits(name, type.getValue());
      }
    }
  }

  private static boolean hasExample(JsonNode type) {
    return type.has("example") || type.has("examples");
  }

  /** An example has no field that its schema does not know, all that it requires, and says it. */
  private void fits(String name, JsonNode type) {
    require(!says(type.path("example"), NOTHING), name, "has an example that says nothing");
    JsonNode schema = type.path("schema");
    if (schema.has("$ref")) {
      schema = api.at(schema.get("$ref").asText().substring(1));
    }
    JsonNode example = type.path("example");
    if (!example.isObject() || !schema.has("properties")) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : example.properties()) {
      require(schema.get("properties").has(field.getKey()), name, "has no " + field.getKey());
    }
    schema
        .path("required")
        .forEach(field -> require(example.has(field.asText()), name, "lacks " + field.asText()));
  }

  private static boolean says(JsonNode example, String text) {
    return example.isContainerNode()
        ? StreamSupport.stream(example.spliterator(), false).anyMatch(part -> says(part, text))
        : example.asText().equals(text);
  }

  private void require(boolean holds, String name, String lack) {
    if (!holds) {
      found.add(name + " " + lack);
    }
  }
}
