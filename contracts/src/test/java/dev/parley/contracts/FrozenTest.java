package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schemas only grow. The frozen copies are those of what has been released; whoever adds a field or
 * a type copies the file there in the same change, so that it is protected from then on.
 */
class FrozenTest {
  private static final Path CURRENT = Wires.inCheckout("contracts/src/main/resources/schemas");
  private static final Path FROZEN = Wires.inCheckout("contracts/src/test/resources/frozen");

  static List<String> frozen() throws IOException {
    return files(FROZEN);
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void schemaTakesNothingBack(String file) throws IOException {
    assertThat(CURRENT.resolve(file)).exists();
    assertThat(Additive.breaks(read(FROZEN.resolve(file)), read(CURRENT.resolve(file)))).isEmpty();
  }

  @Test
  void everySchemaIsFrozen() throws IOException {
    assertThat(files(FROZEN)).containsExactlyElementsOf(files(CURRENT));
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void everyAdditionIsFrozenToo(String file) throws IOException {
    assertThat(Additive.breaks(read(CURRENT.resolve(file)), read(FROZEN.resolve(file)))).isEmpty();
  }

  @Test
  void anOptionalPropertyAndAnotherDescriptionAreNoBreak() {
    ObjectNode newer = message();
    properties(newer).putObject("language").put("type", "string");
    newer.put("description", "Said otherwise.");

    assertThat(Additive.breaks(message(), newer)).isEmpty();
  }

  @Test
  void aRemovedPropertyIsABreak() {
    ObjectNode newer = message();
    properties(newer).remove("body");

    assertThat(Additive.breaks(message(), newer)).containsExactly("#/properties/body: removed");
  }

  @Test
  void anotherTypeIsABreak() {
    ObjectNode newer = message();
    ((ObjectNode) properties(newer).get("seq")).put("type", "string");

    assertThat(Additive.breaks(message(), newer))
        .containsExactly("#/properties/seq/type: was \"integer\", is \"string\"");
  }

  @Test
  void anotherShapeBehindAPropertyIsABreak() {
    ObjectNode newer = message();
    ((ObjectNode) properties(newer).at("/records/items")).put("$ref", "#/$defs/Media");

    assertThat(Additive.breaks(message(), newer)).hasSize(1).first().asString().contains("/items/");
  }

  @Test
  void whatBecomesRequiredOrIsNoLongerIsABreak() {
    ObjectNode more = message();
    ((ArrayNode) more.get("required")).add("avatarUrl");
    ObjectNode less = message();
    ((ArrayNode) less.get("required")).remove(0);

    assertThat(Additive.breaks(message(), more)).hasSize(1);
    assertThat(Additive.breaks(message(), less)).hasSize(1);
  }

  @Test
  void aNewValueOrANarrowerPatternIsABreak() {
    JsonNode older = Schemas.node("types.v1.json");
    ObjectNode newer = (ObjectNode) Schemas.node("types.v1.json");
    ((ArrayNode) newer.at("/$defs/Posting/enum")).add("owners");
    ((ObjectNode) newer.at("/$defs/E164")).put("pattern", "^\\+1[0-9]{10}$");
    ((ObjectNode) newer.at("/$defs/Tenant")).put("format", "uuid");

    assertThat(Additive.breaks(older, newer)).hasSize(3);
  }

  @Test
  void anotherOrderIsNoBreak() {
    ObjectNode newer = message();
    ArrayNode required = (ArrayNode) newer.get("required");
    required.add(required.remove(0));

    assertThat(Additive.breaks(message(), newer)).isEmpty();
  }

  private static ObjectNode message() {
    return (ObjectNode) Schemas.node("types.v1.json").at("/$defs/Message");
  }

  private static ObjectNode properties(ObjectNode schema) {
    return (ObjectNode) schema.get("properties");
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file), JsonNode.class);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }
}
