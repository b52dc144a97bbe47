package dev.parley.chassis.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private final Parameters parameters =
      new Parameters(
          Map.of("/v1/goods/{id}", "The good's id", "changeGood colour", "Of these, red ones"));

  @Test
  void theyMeanWhatTheResourceSaysElseTheServiceElseTheUsual() {
    Parameter id = parameter("id", In.PATH);
    Parameter colour = parameter("colour", In.QUERY);
    Parameter size = parameter("size", In.QUERY).description("Its size");
    Parameter cursor = parameter("cursor", In.QUERY);
    Parameter strange = parameter("strange", In.QUERY);
    parameters.describe(
        "/v1/goods/{id}/state", operation("changeGood", id, colour, size, cursor, strange));

    assertThat(id.getDescription()).isEqualTo("The good's id");
    assertThat(colour.getDescription()).isEqualTo("Of these, red ones");
    assertThat(size.getDescription()).isEqualTo("Its size");
    assertThat(cursor.getDescription()).startsWith("`next` of the page before");
    assertThat(strange.getDescription()).isNull();
  }

  @Test
  void aLimitHasItsBounds() {
    Parameter limit = parameter("limit", In.QUERY);
    parameters.describe("/v1/goods", operation("listGoods", limit));

    Schema schema = limit.getSchema();
    assertThat(List.of(schema.getMinimum(), schema.getMaximum(), schema.getDefaultValue()))
        .isEqualTo(List.of(BigDecimal.ONE, BigDecimal.valueOf(200), 50));
  }

  @Test
  void aVersionIsRequiredWhereNobodyWritesWithoutOne() {
    Parameter wanted = parameter("If-Match", In.HEADER);
    parameters.describe("/v1/goods/{id}", operation("changeGood", wanted));
    assertThat(wanted.getRequired()).isNull();
    assertThat(wanted.getDescription()).endsWith("without it the last write wins");

    Parameter needed = parameter("If-Match", In.HEADER);
    Operation careful = operation("changeGood", needed);
    careful.getResponses().addAPIResponse("428", OASFactory.createAPIResponse());
    parameters.describe("/v1/goods/{id}", careful);
    assertThat(needed.getRequired()).isTrue();
    assertThat(needed.getDescription()).doesNotContain("last write");
  }

  @Test
  void wordsAboutWhatIsNotThereAreRefused() {
    parameters.describe("/v1/goods/{id}", operation("dropGood", parameter("id", In.PATH)));
    assertThatThrownBy(parameters::requireAllUsed)
        .hasMessageContaining("no operation has [changeGood colour]");
    parameters.describe("/v1/goods", operation("changeGood", parameter("colour", In.QUERY)));
    parameters.requireAllUsed();
  }

  private static Operation operation(String id, Parameter... parameters) {
    return OASFactory.createOperation()
        .operationId(id)
        .parameters(List.of(parameters))
        .responses(OASFactory.createAPIResponses());
  }

  private static Parameter parameter(String name, In in) {
    return OASFactory.createParameter()
        .name(name)
        .in(in)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }
}
