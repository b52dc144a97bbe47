package dev.parley.chassis.openapi;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What parameters mean. What the resource says of one stays; else the service's {@code
 * openapi/parameters.json} says it, for one of the path by the path up to it ({@code
 * /v1/things/{id}}), for others by {@code <operationId> <name>}; else it is one that all services
 * have alike.
 */
final class Parameters {
  private static final String IF_MATCH = "If-Match";
  private static final String LIMIT = "limit";
  private static final Map<String, String> USUAL =
      Map.of(
          "Idempotency-Key",
          "The caller's own name for this request, 1 to 128 printable ASCII characters: within 7"
              + " days a repeat is answered as the first was, another request under it by 409",
          IF_MATCH,
          "The `ETag` of the version that is to be changed: upon another one 409",
          "cursor",
          "`next` of the page before; good for the same caller and query",
          LIMIT,
          "How many at most");

  private final Map<String, Object> own;
  private final Set<String> unused;

  /**
   * Those of a service.
   *
   * @param own its {@code openapi/parameters.json}
   */
  Parameters(Map<String, Object> own) {
    this.own = own;
    this.unused = new TreeSet<>(own.keySet());
  }

  /** Describes those of the operation, as far as anything is known of them. */
  void describe(String path, Operation operation) {
    if (operation.getParameters() == null) {
      return;
    }
    for (Parameter parameter : operation.getParameters()) {
      String name = parameter.getName();
      Object known = own(key(path, operation, parameter));
      if (parameter.getDescription() == null) {
        parameter.setDescription(known == null ? USUAL.get(name) : known.toString());
      }
      if (LIMIT.equals(name)) {
        bounds(parameter.getSchema(), known == null);
      }
      if (IF_MATCH.equals(name) && known == null) {
        precondition(parameter, operation.getResponses().hasAPIResponse("428"));
      }
    }
  }

  /**
   * Nothing is described that is not there (any more).
   *
   * @throws IllegalStateException naming what is
   */
  void requireAllUsed() {
    if (!unused.isEmpty()) {
      throw new IllegalStateException("openapi/parameters.json: no operation has " + unused);
    }
  }

  private Object own(String key) {
    unused.remove(key);
    return own.get(key);
  }

  private static String key(String path, Operation operation, Parameter parameter) {
    String variable = "{" + parameter.getName() + "}";
    return parameter.getIn() == Parameter.In.PATH
        ? path.substring(0, path.indexOf(variable) + variable.length())
        : operation.getOperationId() + " " + parameter.getName();
  }

  /** As {@code Page.limit} has them. */
  private static void bounds(Schema schema, boolean usual) {
    schema.setMinimum(BigDecimal.ONE);
    schema.setMaximum(BigDecimal.valueOf(200));
    if (usual) {
      schema.setDefaultValue(50);
    }
  }

  private static void precondition(Parameter parameter, boolean required) {
    parameter.setRequired(required ? true : null);
    parameter.setDescription(
        parameter.getDescription() + (required ? "" : "; without it the last write wins"));
  }
}
