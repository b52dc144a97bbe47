package dev.parley.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What in a newer schema breaks those who go by the older one. Allowed is one thing: a new property
 * or shape that nothing requires. Descriptions may change; every other keyword stays as it was, in
 * both directions: a reader of the old does not know a new value of a closed set, a writer of the
 * old does not fill what became required.
 */
final class Additive {
  private static final Set<String> WORDS = Set.of("title", "description", "$comment", "examples");
  private static final Set<String> MAPS = Set.of("properties", "$defs");

  private Additive() {}

  /** Each break with its place; empty when there is none. */
  static List<String> breaks(JsonNode older, JsonNode newer) {
    List<String> found = new ArrayList<>();
    schema(older, newer, "#", found);
    return found;
  }

  private static void schema(JsonNode older, JsonNode newer, String at, List<String> found) {
    if (!older.isObject() || !newer.isObject()) {
      same(older, newer, at, found);
      return;
    }
    Set<String> keywords = new TreeSet<>();
    older.fieldNames().forEachRemaining(keywords::add);
    newer.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(WORDS);
    for (String keyword : keywords) {
      JsonNode before = older.path(keyword);
      JsonNode after = newer.path(keyword);
      String place = at + "/" + keyword;
      if (MAPS.contains(keyword) && before.isObject() && after.isObject()) {
        map(before, after, place, found);
      } else if (keyword.equals("required") || keyword.equals("enum")) {
        same(sorted(before), sorted(after), place, found);
      } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
        for (int i = 0; i < before.size(); i++) {
          schema(before.get(i), after.get(i), place + "/" + i, found);
        }
      } else {
        schema(before, after, place, found);
      }
    }
  }

  private static void map(JsonNode older, JsonNode newer, String at, List<String> found) {
    for (Map.Entry<String, JsonNode> before : older.properties()) {
      String place = at + "/" + before.getKey();
      if (newer.has(before.getKey())) {
        schema(before.getValue(), newer.get(before.getKey()), place, found);
      } else {
        found.add(place + ": removed");
      }
    }
  }

  private static void same(Object before, Object after, String at, List<String> found) {
    if (!before.equals(after)) {
      found.add(at + ": was " + before + ", is " + after);
    }
  }

  private static Set<String> sorted(JsonNode array) {
    Set<String> values = new TreeSet<>();
    array.forEach(value -> values.add(value.toString()));
    return values;
  }
}
