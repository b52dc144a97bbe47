package dev.parley.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what a service emits against the schemas of this module. Every service's tests send each
 * event that they see through here.
 *
 * <p>A field that no schema knows passes, as it does for every reader: that records and schemas
 * have the same fields is {@code RecordsTest}'s to prove.
 */
public final class Schemas {
  private static final String BASE = "https://schemas.parley.dev/";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemas((String iri) -> iri.startsWith(BASE) ? text(file(iri)) : null));

  private Schemas() {}

  /**
   * The event in its envelope, as it is on Kafka, against the schema of its own type.
   *
   * @throws AssertionError naming every place that is wrong
   */
  public static void validate(byte[] event) {
    String type = Json.read(event, JsonNode.class).path("type").asText();
    String file = type + ".v1.json";
    if (Schemas.class.getResource("/schemas/" + file) == null) {
      throw new AssertionError("no schema for an event of type '" + type + "'");
    }
    require(type, errors(file, utf8(event)));
  }

  /**
   * A record of the CRM, as it is on Kafka.
   *
   * @throws AssertionError naming every place that is wrong
   */
  public static void validateCrmRecord(byte[] record) {
    require("crm.record", errors("crm.record.v1.json", utf8(record)));
  }

  /** The same for an entry of {@code crm.timeline.v1}. */
  public static void validateTimelineEntry(byte[] record) {
    require("crm.timeline", errors("crm.timeline.v1.json", utf8(record)));
  }

  /**
   * A text message of the socket: one frame or an array of frames, in either direction.
   *
   * @throws AssertionError naming every place that is wrong
   */
  public static void validateFrames(byte[] textMessage) {
    JsonNode message = Json.read(textMessage, JsonNode.class);
    for (JsonNode frame : message.isArray() ? message : List.of(message)) {
      String type = frame.path("type").asText();
      if (!node("frames.v1.json").path("$defs").has(type)) {
        throw new AssertionError("no frame of type '" + type + "'");
      }
      require(type, errors("frames.v1.json#/$defs/" + type, frame.toString()));
    }
  }

  /** What is wrong with the value, empty when nothing is. */
  static List<String> errors(String schema, String json) {
    List<String> found = new ArrayList<>();
    for (Error error :
        REGISTRY.getSchema(SchemaLocation.of(BASE + schema)).validate(json, InputFormat.JSON)) {
      found.add(error.getInstanceLocation() + ": " + error.getMessage());
    }
    return found;
  }

  /** A file of the folder {@code schemas}. */
  static String text(String file) {
    try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + file)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the folder {@code schemas}, read. */
  static JsonNode node(String file) {
    return Json.read(text(file), JsonNode.class);
  }

  private static void require(String type, List<String> errors) {
    if (!errors.isEmpty()) {
      throw new AssertionError(type + " does not fit its schema: " + String.join("; ", errors));
    }
  }

  private static String file(String iri) {
    String path = iri.substring(BASE.length());
    int fragment = path.indexOf('#');
    return fragment < 0 ? path : path.substring(0, fragment);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
