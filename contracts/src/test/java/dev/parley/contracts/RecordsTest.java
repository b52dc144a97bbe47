package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.TimelineEntry;
import dev.parley.contracts.event.Wire;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records and schemas say the same. */
class RecordsTest {
  static Stream<String> types() {
    return Wires.types().stream();
  }

  static Stream<String> shapes() {
    return names(Schemas.node("types.v1.json").get("$defs")).stream()
        .filter(name -> shape(name).has("properties"));
  }

  static Stream<String> sets() {
    return names(Schemas.node("types.v1.json").get("$defs")).stream()
        .filter(name -> shape(name).has("enum"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void recordKeepsEveryFieldOfTheExampleInItsOrder(String type) {
    JsonNode example = Json.read(Wires.example(type), JsonNode.class);
    Envelope envelope = Json.read(Wires.example(type), Envelope.class);

    assertThat(Json.text(envelope)).isEqualTo(example.toString());
    assertThat(Json.text(envelope.data(Wires.dataOf(type))))
        .isEqualTo(example.get("data").toString());
  }

  @Test
  void recordOfTheCrmKeepsEveryFieldOfTheExample() {
    CrmRecord record = Json.read(Wires.example("crm.record"), CrmRecord.class);

    assertThat(Json.text(record))
        .isEqualTo(Json.read(Wires.example("crm.record"), JsonNode.class).toString());
    assertThat(record.key()).isEqualTo("acme/deal/d-7");
    assertThat(record.deleted()).isFalse();
  }

  @Test
  void entryOfATimelineKeepsEveryFieldOfTheExample() {
    TimelineEntry entry = Json.read(Wires.example("crm.timeline"), TimelineEntry.class);

    assertThat(Json.text(entry))
        .isEqualTo(Json.read(Wires.example("crm.timeline"), JsonNode.class).toString());
    assertThat(entry.key()).isEqualTo("0195510d-00b1-7000-8000-0000000000b1/deal/d-7");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shapeHasTheFieldsOfItsRecordAndRequiresItsPrimitives(String name) {
    RecordComponent[] components = named(name).getRecordComponents();

    assertThat(names(shape(name).get("properties")))
        .containsExactlyElementsOf(
            Arrays.stream(components).map(RecordComponent::getName).toList());
    List<String> required = new ArrayList<>();
    shape(name).get("required").forEach(field -> required.add(field.asText()));
    assertThat(required)
        .containsAll(
            Arrays.stream(components)
                .filter(component -> component.getType().isPrimitive())
                .map(RecordComponent::getName)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void closedSetHasTheValuesOfItsEnum(String name) {
    List<String> values = new ArrayList<>();
    shape(name).get("enum").forEach(value -> values.add(value.asText()));

    assertThat(values)
        .containsExactlyElementsOf(
            Arrays.stream(named(name).getEnumConstants())
                .map(value -> ((Wire) value).wire())
                .toList());
  }

  @Test
  void envelopeSchemaHasTheFieldsOfTheRecordInTheirOrder() {
    assertThat(names(Schemas.node("envelope.v1.json").get("properties")))
        .containsExactlyElementsOf(
            Arrays.stream(Envelope.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  private static JsonNode shape(String name) {
    return Schemas.node("types.v1.json").get("$defs").get(name);
  }

  /** The record or enum of that name: an event's, one nested in an event's, or the envelope's. */
  private static Class<?> named(String name) {
    String base = "dev.parley.contracts.";
    for (String place :
        List.of("event.", "event.Conversation$", "event.Message$", "event.CrmRecord$", "")) {
      try {
        return Class.forName(base + place + name);
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    throw new AssertionError("no record for the shape " + name);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
