package dev.parley.chassis.openapi;

import dev.parley.chassis.problem.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The answers that are problem bodies (RFC 9457): those that a resource names, and the usual. */
final class Refusals {
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  /** What the extensions write of their own accord. */
  private static final Set<String> EMPTY_WORDS =
      Set.of("Not Authorized", "Not Allowed", "Bad Request");

  private static final Map<String, String> USUAL =
      Map.of(
          "400", "`invalid_request`: `violations` name the fields",
          "401", "`unauthenticated`",
          "403", "`forbidden`",
          "404", "`not_found`: unknown, invisible or another tenant's",
          "413", "`too_large`",
          "415", "`unsupported_media_type`",
          "503", "`unavailable`: try again after `Retry-After`");

  private Refusals() {}

  /** Adds the schemas that every refusal refers to. */
  static void define(Components components) {
    components.addSchema(
        "Violation",
        object()
            .required(List.of("field", "message"))
            .addProperty(
                "field",
                text()
                    .description(
                        "`members[2].userId`, or the name of a query parameter or header;"
                            + " `$` is the request as a whole."))
            .addProperty("message", text().description("For people.")));
    components.addSchema(
        "ProblemBody",
        object()
            .description("Every refusal (RFC 9457); some codes add members of their own.")
            .required(List.of("type", "title", "status", "detail", "instance", "code"))
            .addProperty("type", text())
            .addProperty("title", text())
            .addProperty(
                "status", OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER)))
            .addProperty("detail", text())
            .addProperty("instance", text())
            .addProperty("code", text().description("Stable; what programs go by."))
            .addProperty(
                "violations",
                OASFactory.createSchema()
                    .type(List.of(Schema.SchemaType.ARRAY))
                    .description("What is wrong, by field.")
                    .items(ref("Violation")))
            .addProperty(
                "current",
                OASFactory.createSchema().description("With `version_conflict`: as it is now.")));
  }

  /** Adds what any such call may be refused with, and the body of every refusal. */
  static void complete(Operation operation, String path) {
    if (operation.getResponses() == null) {
      operation.setResponses(OASFactory.createAPIResponses());
    }
    boolean body = operation.getRequestBody() != null;
    add(operation, "400", body || has(operation, p -> p.getIn() != Parameter.In.PATH));
    add(operation, "401", secured(operation));
    add(operation, "403", secured(operation));
    add(operation, "404", path.contains("{"));
    add(operation, "413", body);
    add(operation, "415", body && secured(operation));
    add(operation, "503", true);
    if (has(operation, p -> p.getName().equals("If-Match"))) {
      name(operation, "409", "`version_conflict`", " with `current`");
    }
    if (has(operation, p -> p.getName().equals("Idempotency-Key"))) {
      name(operation, "409", "`idempotency_key_reused`", "");
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, answer) -> {
              if (status.startsWith("4") || status.startsWith("5")) {
                describe(status, answer, path);
              }
            });
  }

  private static void add(Operation operation, String status, boolean applies) {
    APIResponse there = operation.getResponses().getAPIResponse(status);
    // What the extension writes by itself it shares between operations.
    boolean empty = there == null || EMPTY_WORDS.contains(there.getDescription());
    if (empty && (applies || there != null)) {
      operation
          .getResponses()
          .addAPIResponse(status, OASFactory.createAPIResponse().description(USUAL.get(status)));
    }
  }

  /** Adds a code to what the answers of that status say, unless they name it. */
  private static void name(Operation operation, String status, String code, String more) {
    APIResponse there = operation.getResponses().getAPIResponse(status);
    String said = there == null ? "" : there.getDescription();
    if (!said.contains(code)) {
      operation
          .getResponses()
          .addAPIResponse(
              status,
              OASFactory.createAPIResponse()
                  .description(said + (said.isEmpty() ? "" : ", ") + code + more));
    }
  }

  private static boolean has(Operation operation, Predicate<Parameter> wanted) {
    return operation.getParameters() != null && operation.getParameters().stream().anyMatch(wanted);
  }

  private static boolean secured(Operation operation) {
    return operation.getSecurity() != null && !operation.getSecurity().isEmpty();
  }

  private static void describe(String status, APIResponse answer, String path) {
    if (answer.getDescription() == null) {
      answer.setDescription(USUAL.getOrDefault(status, "Refused"));
    }
    MediaType type = OASFactory.createMediaType().schema(ref("ProblemBody"));
    code(status, answer.getDescription()).ifPresent(code -> type.setExample(sample(code, path)));
    answer.setContent(OASFactory.createContent().addMediaType(PROBLEM, type));
  }

  /** The first code of that status which the description names, else the status' usual one. */
  private static Optional<Code> code(String status, String description) {
    Matcher names = CODE.matcher(description + " " + USUAL.getOrDefault(status, ""));
    while (names.find()) {
      String name = names.group(1).toUpperCase(Locale.ROOT);
      for (Code code : Code.values()) {
        if (code.name().equals(name) && status.equals(String.valueOf(code.status()))) {
          return Optional.of(code);
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, Object> sample(Code code, String path) {
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("type", "/problems/" + code.wire());
    sample.put("title", code.title());
    sample.put("status", code.status());
    sample.put("detail", code.title() + ".");
    sample.put("instance", path);
    sample.put("code", code.wire());
    return sample;
  }

  private static Schema object() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT));
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
  }

  private static Schema ref(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }
}
