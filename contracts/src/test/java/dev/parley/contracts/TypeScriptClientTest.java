package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the TypeScript client says of a frame or shape is what the contract says: no field that is
 * not there, none required that may be absent, none of another type. What it does not say it need
 * not.
 */
class TypeScriptClientTest {
  private static final Pattern INTERFACE =
      Pattern.compile("export interface (\\w+) \\{\\n(.*?)\\n}", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("(?m)^ {2}(\\w+)(\\??): (.+);$");
  private static final Pattern SET = Pattern.compile("(?m)^export type (\\w+) = (\".*\");$");
  private static final Pattern UNION =
      Pattern.compile("export type (\\w+Frame) =\\n(.*?);", Pattern.DOTALL);

  private static final Map<String, Map<String, String>> interfaces = new LinkedHashMap<>();
  private static String source;
  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    source = Files.readString(Wires.inCheckout("deploy/clients/typescript/src/frames.ts"));
    document =
        new ObjectMapper(new YAMLFactory())
            .readTree(TypeScriptClientTest.class.getResourceAsStream("/asyncapi.yaml"));
    INTERFACE.matcher(source).results().forEach(one -> interfaces.put(one.group(1), fields(one)));
  }

  @Test
  void everyFieldIsTheContracts() {
    assertThat(interfaces).hasSizeGreaterThan(30);
    interfaces.forEach(
        (name, fields) -> {
          JsonNode schema = schema(name, fields);
          fields.forEach(
              (field, type) -> {
                JsonNode property = schema.at("/properties/" + field);
                assertThat(property.isMissingNode()).as(name + "." + field).isFalse();
                String optional = isRequired(schema, field) ? "" : "?";
                assertThat(type).as(name + "." + field).isEqualTo(optional + typeOf(property));
              });
        });
  }

  @Test
  void everyRequiredFieldOfAFrameIsThere() {
    interfaces.forEach(
        (name, fields) -> {
          if (name.endsWith("Frame")) {
            assertThat(fields.keySet())
                .as(name)
                .containsAll(texts(schema(name, fields).path("required")));
          }
        });
  }

  @Test
  void unionsAreOfFramesThatTravelThatWay() {
    Map<String, List<String>> unions =
        UNION
            .matcher(source)
            .results()
            .collect(Collectors.toMap(one -> one.group(1), one -> typesOf(one.group(2))));

    assertThat(operation("socketSend"))
        .containsAll(unions.get("ServerFrame"))
        .containsAll(unions.get("EventFrame"));
    assertThat(unions.get("ClientFrame"))
        .containsExactlyInAnyOrderElementsOf(operation("socketReceive"));
  }

  @Test
  void closedSetsHaveTheContractsValues() {
    Map<String, String> sets =
        SET.matcher(source)
            .results()
            .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2)));

    assertThat(sets).isNotEmpty();
    sets.forEach((name, values) -> assertThat(values).as(name).isEqualTo(values(shape(name))));
  }

  private static Map<String, String> fields(java.util.regex.MatchResult one) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher lines = FIELD.matcher(one.group(2));
    while (lines.find()) {
      fields.put(lines.group(1), lines.group(2) + lines.group(3));
    }
    return fields;
  }

  private static JsonNode schema(String name, Map<String, String> fields) {
    JsonNode found =
        name.endsWith("Frame")
            ? Schemas.node("frames.v1.json").get("$defs").get(unquoted(fields.get("type")))
            : shape(name);
    assertThat(found).as("a schema for " + name).isNotNull();
    return found;
  }

  private static JsonNode shape(String name) {
    return Schemas.node("types.v1.json").get("$defs").get(name);
  }

  private static boolean isRequired(JsonNode schema, String field) {
    return texts(schema.path("required")).contains(field);
  }

  /** As TypeScript writes it. */
  private static String typeOf(JsonNode schema) {
    JsonNode reference = schema.has("allOf") ? schema.at("/allOf/0") : schema;
    if (reference.has("$ref")) {
      String name = reference.get("$ref").asText().replaceFirst(".*/", "");
      JsonNode shape = shape(name);
      return shape.has("properties") || shape.has("enum") ? name : typeOf(shape);
    }
    if (schema.has("const")) {
      return schema.get("const").toString();
    }
    if (schema.has("enum")) {
      return values(schema);
    }
    return switch (schema.path("type").asText()) {
      case "integer", "number" -> "number";
      case "string" -> "string";
      case "boolean" -> "boolean";
      case "array" -> {
        String items = typeOf(schema.get("items"));
        yield items.contains(" | ") ? "(" + items + ")[]" : items + "[]";
      }
      case "object" -> schema.has("properties") ? inline(schema) : "unknown";
      default -> "unknown";
    };
  }

  private static String inline(JsonNode schema) {
    List<String> parts = new ArrayList<>();
    schema
        .get("properties")
        .properties()
        .forEach(
            one ->
                parts.add(
                    one.getKey()
                        + (isRequired(schema, one.getKey()) ? ": " : "?: ")
                        + typeOf(one.getValue())));
    return "{ " + String.join("; ", parts) + " }";
  }

  private static String values(JsonNode set) {
    return StreamSupport.stream(set.get("enum").spliterator(), false)
        .map(JsonNode::toString)
        .collect(Collectors.joining(" | "));
  }

  private static List<String> typesOf(String union) {
    return Pattern.compile("\\w+")
        .matcher(union)
        .results()
        .map(one -> unquoted(interfaces.get(one.group()).get("type")))
        .toList();
  }

  private static List<String> operation(String name) {
    return StreamSupport.stream(
            document.at("/operations/" + name + "/messages").spliterator(), false)
        .map(one -> document.at(one.get("$ref").asText().substring(1)))
        .map(one -> document.at(one.get("$ref").asText().substring(1)).get("name").asText())
        .toList();
  }

  private static String unquoted(String literal) {
    return literal.replace("\"", "");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
