package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
  static Stream<String> all() {
    return Stream.concat(Wires.types().stream(), Stream.of("crm.record", "crm.timeline"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void exampleFitsItsSchema(String type) {
    assertThat(Schemas.errors(type + ".v1.json", Wires.example(type))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noValueOfAnExampleMayHaveAnotherKind(String type) {
    JsonNode example = Json.read(Wires.example(type), JsonNode.class);
    List<String> passed = new ArrayList<>();
    forEachWrongKind(
        example,
        "",
        place -> {
          if (Schemas.errors(type + ".v1.json", example.toString()).isEmpty()) {
            passed.add(place);
          }
        });
    assertThat(passed).as("values of a wrong kind that the schema takes").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachFieldThatTheEnvelopeRequiresIsMissed(String type) {
    List<String> required =
        switch (type) {
          case "crm.record" -> List.of("op", "tenant", "type", "id", "version");
          case "crm.timeline" ->
              List.of("op", "tenant", "recordType", "recordId", "messageId", "at", "version");
          default -> List.of("id", "type", "version", "tenant", "actor", "at", "data");
        };
    for (String field : required) {
      ObjectNode mutilated = Json.read(Wires.example(type), ObjectNode.class);
      mutilated.remove(field);
      assertThat(Schemas.errors(type + ".v1.json", mutilated.toString())).as(field).isNotEmpty();
    }
  }

  @Test
  void placesInTheLogAreRequiredWhereRightsOrMessagesTravel() {
    ObjectNode message = Json.read(Wires.example(EventType.MESSAGE_CREATED), ObjectNode.class);
    ((ObjectNode) message.get("data")).remove("rev");
    assertThat(Schemas.errors("message.created.v1.json", message.toString())).hasSize(1);

    ObjectNode added = Json.read(Wires.example(EventType.MEMBER_ADDED), ObjectNode.class);
    added.remove("rights");
    assertThat(Schemas.errors("member.added.v1.json", added.toString())).hasSize(1);
  }

  @Test
  void validateTakesAnExampleAndNamesThePlaceThatIsWrong() {
    Schemas.validate(bytes(Wires.example(EventType.MESSAGE_CREATED)));

    byte[] withoutMillis =
        bytes(Wires.example(EventType.MESSAGE_CREATED).replace("00.000Z", "00Z"));
    assertThatThrownBy(() -> Schemas.validate(withoutMillis))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/data/at");
  }

  @Test
  void anEventOfNoKnownTypeIsRefused() {
    assertThatThrownBy(() -> Schemas.validate(bytes("{\"type\":\"message.exploded\"}")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("message.exploded");
  }

  @Test
  void everyFrameHasAnExampleThatFits() {
    String frames = Schemas.text("examples/frames.v1.json");
    List<String> shown = new ArrayList<>();
    Json.read(frames, JsonNode.class).forEach(frame -> shown.add(frame.get("type").asText()));
    List<String> known = new ArrayList<>();
    Schemas.node("frames.v1.json").get("$defs").fieldNames().forEachRemaining(known::add);

    assertThat(shown).containsExactlyElementsOf(known);
    Schemas.validateFrames(bytes(frames));
  }

  @Test
  void noValueOfAFrameMayHaveAnotherKind() {
    for (JsonNode frame : Json.read(Schemas.text("examples/frames.v1.json"), JsonNode.class)) {
      String type = frame.get("type").asText();
      forEachWrongKind(
          frame,
          "",
          place ->
              assertThat(Schemas.errors("frames.v1.json#/$defs/" + type, frame.toString()))
                  .as(type + place)
                  .isNotEmpty());
    }
  }

  @Test
  void aFrameOfNoKnownTypeIsRefusedWhileOneAloneIsTaken() {
    Schemas.validateFrames(bytes("{\"type\":\"ping\"}"));

    assertThatThrownBy(() -> Schemas.validateFrames(bytes("[{\"type\":\"shout\"}]")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("shout");
  }

  @Test
  void reservedWordsAreNoIdsOfTheCrm() {
    String record = Wires.example("crm.record");
    Schemas.validateCrmRecord(bytes(record));

    for (String reserved : List.of("me", "channel", "here", "all")) {
      String bad = record.replace("\"d-7\"", "\"" + reserved + "\"");
      assertThatThrownBy(() -> Schemas.validateCrmRecord(bytes(bad)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("/id");
    }
  }

  /** Puts a value of another kind in each place, one after the other, and takes it back. */
  private static void forEachWrongKind(JsonNode node, String at, Consumer<String> check) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode right = object.get(name);
        for (JsonNode wrong : wrongFor(right)) {
          object.set(name, wrong);
          check.accept(at + "/" + name);
        }
        object.set(name, right);
        forEachWrongKind(right, at + "/" + name, check);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode right = array.get(i);
        for (JsonNode wrong : wrongFor(right)) {
          array.set(i, wrong);
          check.accept(at + "/" + i);
        }
        array.set(i, right);
        forEachWrongKind(right, at + "/" + i, check);
      }
    }
  }

  private static List<JsonNode> wrongFor(JsonNode right) {
    JsonNode other = right.isTextual() ? IntNode.valueOf(7) : TextNode.valueOf("seven");
    return List.of(
        other, NullNode.instance, right.isBoolean() ? IntNode.valueOf(1) : BooleanNode.TRUE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
