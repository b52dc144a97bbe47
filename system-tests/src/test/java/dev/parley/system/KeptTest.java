package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No event is forgotten: a new one is kept by {@link Replica}, or it is said here why not. */
class KeptTest {
  @Test
  void everyTypeIsKeptByAReplicaOrHasAReasonNotToBe() throws IllegalAccessException {
    Set<String> known = new TreeSet<>(Kept.BY_STAFF);
    known.addAll(Kept.NOT.keySet());
    Set<String> types = new TreeSet<>();
    for (Field constant : EventType.class.getFields()) {
      types.add((String) constant.get(null));
    }
    assertThat(types).containsExactlyElementsOf(known).doesNotContainAnyElementsOf(toCome());
  }

  @Test
  void everyEventThatSocketsGetIsKeptUnlessItIsFleeting() {
    Set<String> framed = new TreeSet<>();
    String schemas = Checkout.read("contracts/src/main/resources/schemas/frames.v1.json");
    for (Map.Entry<String, JsonNode> one :
        Json.read(schemas, JsonNode.class).path("$defs").properties()) {
      JsonNode properties = one.getValue().path("properties");
      if (properties.has("id") && properties.has("data")) {
        framed.add(one.getKey());
      }
    }
    Set<String> expected = new TreeSet<>(Kept.BY_STAFF);
    expected.addAll(Set.of("presence.changed", "typing.started", "typing.stopped"));
    assertThat(framed).containsExactlyElementsOf(expected).doesNotContainAnyElementsOf(toCome());
    assertThat(Kept.BY_STAFF).containsAll(ClientView.TYPES);
  }

  private static Set<String> toCome() {
    return new HashSet<>(Kept.TO_COME.keySet());
  }
}
