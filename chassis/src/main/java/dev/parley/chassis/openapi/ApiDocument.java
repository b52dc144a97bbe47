package dev.parley.chassis.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes each service's API document while it is built: refusals have their body and an example,
 * answers their headers, parameters their meaning, sets of values are written as they go over the
 * wire, requests and answers have an example. A service's own examples are among its resources:
 * {@code openapi/<operationId>.json} with {@code {"request": …, "answer": …}}, and {@code
 * openapi/<Schema>.json}; what it does not give is made up from the schema. What its parameters
 * mean is in {@code openapi/parameters.json}.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
  private static final String JSON = "application/json";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
      return;
    }
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    tidy(api);
    Refusals.define(api.getComponents());
    AnswerHeaders.define(api.getComponents());
    Parameters parameters = new Parameters(Samples.own("parameters"));
    Samples samples = new Samples(api.getComponents());
    for (Map.Entry<String, PathItem> path : api.getPaths().getPathItems().entrySet()) {
      for (Operation operation : path.getValue().getOperations().values()) {
        Refusals.complete(operation, path.getKey());
        AnswerHeaders.declare(operation);
        parameters.describe(path.getKey(), operation);
        examples(operation, samples);
      }
    }
    parameters.requireAllUsed();
  }

  /** Names of constants as they are written, and JSON trees as what they are. */
  private static void tidy(OpenAPI api) {
    Map<String, Schema> schemas = api.getComponents().getSchemas();
    if (schemas == null) {
      return;
    }
    for (Schema schema : schemas.values()) {
      List<Object> values = schema.getEnumeration();
      if (values != null && values.stream().allMatch(v -> v.toString().matches("[A-Z][A-Z_]*"))) {
        schema.setEnumeration(
            values.stream().<Object>map(v -> v.toString().toLowerCase(Locale.ROOT)).toList());
      }
    }
    if (schemas.containsKey("JsonNode")) {
      api.getComponents()
          .addSchema("JsonNode", OASFactory.createSchema().description("Any JSON."))
          .addSchema("ObjectNode", object().description("Any JSON object."));
      api.getComponents().removeSchema("JsonNodeType");
    }
  }

  private static Schema object() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT));
  }

  private static void examples(Operation operation, Samples samples) {
    Map<String, Object> own = Samples.own(operation.getOperationId());
    if (operation.getRequestBody() != null) {
      example(operation.getRequestBody().getContent(), own.get("request"), samples, true);
    }
    if (operation.getResponses() == null) {
      return;
    }
    for (Map.Entry<String, APIResponse> answer :
        operation.getResponses().getAPIResponses().entrySet()) {
      if (Set.of("200", "201", "202").contains(answer.getKey())) {
        example(answer.getValue().getContent(), own.get("answer"), samples, false);
      }
    }
  }

  private static void example(Content content, Object own, Samples samples, boolean request) {
    MediaType type = content == null ? null : content.getMediaType(JSON);
    if (type == null || type.getSchema() == null && own == null) {
      return;
    }
    Object example = own != null ? own : samples.of(type.getSchema(), request);
    if (type.getExample() == null && type.getExamples() == null && example != null) {
      type.setExample(example);
    }
  }
}
