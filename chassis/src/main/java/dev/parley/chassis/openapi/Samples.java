package dev.parley.chassis.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Examples: a service's own, else made up from schemas and the names of fields. */
final class Samples {
  private static final String ID = "0195510d-00c0-7000-8000-0000000000c0";
  private static final String AT = "2026-03-01T09:30:00.000Z";
  private static final Map<String, Object> BY_NAME =
      Map.ofEntries(
          Map.entry("id", ID),
          Map.entry("conversationId", ID),
          Map.entry("messageId", "0195510d-00b1-7000-8000-0000000000b1"),
          Map.entry("userId", "ana"),
          Map.entry("authorId", "ana"),
          Map.entry("createdBy", "ana"),
          Map.entry("ownerId", "ana"),
          Map.entry("contactId", "carla"),
          Map.entry("contactOwnerId", "ana"),
          Map.entry("name", "Acme rollout"),
          Map.entry("title", "Acme rollout"),
          Map.entry("displayName", "Ana Ames"),
          Map.entry("authorName", "Ana Ames"),
          Map.entry("email", "ana@demo.example"),
          Map.entry("body", "Hello"),
          Map.entry("preview", "Hello"),
          Map.entry("clientMsgId", "web-1f"),
          Map.entry("e164", "+14155550100"),
          Map.entry("ownNumber", "+14155550100"),
          Map.entry("phoneNumber", "+14155550123"),
          Map.entry("from", "+14155550123"),
          Map.entry("to", "+14155550123"),
          Map.entry("tenant", "demo"),
          Map.entry("carrier", "twilio"),
          Map.entry("label", "Sales"),
          Map.entry("encoding", "GSM-7"),
          Map.entry("url", "https://crm.example/deals/rollout"),
          Map.entry("avatarUrl", "https://crm.example/people/ana.png"),
          Map.entry("fileName", "offer.pdf"),
          Map.entry("contentType", "application/pdf"),
          Map.entry("by", "ana"),
          Map.entry("user", "ana"),
          Map.entry("participant", "bo"),
          Map.entry("mention", "bo"),
          Map.entry("type", "deal"),
          Map.entry("recordType", "deal"),
          Map.entry("recordId", "rollout"),
          Map.entry("value", "Won"),
          Map.entry("number", "+14155550100"),
          Map.entry("role", "user"),
          Map.entry("kind", "user"),
          Map.entry("note", "Send the offer"),
          Map.entry("topic", "Acme rollout"),
          Map.entry("text", "Hello"),
          Map.entry("zone", "Europe/Vienna"),
          Map.entry("resource", "context"));

  /** Left out of made-up examples: there is no further page, nobody is impersonated. */
  private static final Set<String> ABSENT = Set.of("next", "cursor", "impersonator");

  private final Map<String, Schema> schemas;

  Samples(Components components) {
    this.schemas = components.getSchemas() == null ? Map.of() : components.getSchemas();
  }

  /** What the service itself gives under the operation's or the schema's name. */
  static Map<String, Object> own(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream file = loader.getResourceAsStream("openapi/" + name + ".json")) {
      return file == null
          ? Map.of()
          : Json.mapper().readValue(file, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One value of the schema; of a request only what is required, unless nothing is. */
  Object of(Schema schema, boolean request) {
    return value("", schema, request, new HashSet<>());
  }

  private Object value(String name, Schema schema, boolean request, Set<String> open) {
    if (schema == null) {
      return null;
    }
    String ref = schema.getRef();
    if (ref != null) {
      String target = ref.substring(ref.lastIndexOf('/') + 1);
      Map<String, Object> given = own(target);
      if (!given.isEmpty()) {
        return given;
      }
      if (!open.add(target)) {
        return null;
      }
      Object value = value(name, schemas.get(target), request, open);
      open.remove(target);
      return value;
    }
    if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
      return schema.getEnumeration().get(0);
    }
    List<Schema.SchemaType> types = schema.getType();
    Schema.SchemaType type = types == null || types.isEmpty() ? null : types.get(0);
    if (schema.getProperties() != null) {
      return object(schema, request, open);
    }
    if (type == null) {
      return null;
    }
    return switch (type) {
      case OBJECT -> Map.of();
      case ARRAY -> {
        Object item = value(singular(name), schema.getItems(), request, open);
        yield item == null ? List.of() : List.of(item);
      }
      case INTEGER, NUMBER -> 1;
      case BOOLEAN -> true;
      case STRING -> text(name, schema);
      default -> null;
    };
  }

  private Object object(Schema schema, boolean request, Set<String> open) {
    List<String> required = schema.getRequired();
    boolean all = !request || required == null || required.isEmpty();
    Map<String, Object> object = new LinkedHashMap<>();
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              if (!ABSENT.contains(name) && (all || required.contains(name))) {
                Object value = value(name, property, request, open);
                if (value != null) {
                  object.put(name, value);
                }
              }
            });
    return object;
  }

  private static Object text(String name, Schema schema) {
    if (BY_NAME.containsKey(name)) {
      return BY_NAME.get(name);
    }
    if ("uuid".equals(schema.getFormat())) {
      return ID;
    }
    boolean time = "date-time".equals(schema.getFormat()) || name.endsWith("At");
    return time || name.equals("at") ? AT : name.endsWith("Id") ? "ana" : "text";
  }

  private static String singular(String name) {
    return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
  }
}
