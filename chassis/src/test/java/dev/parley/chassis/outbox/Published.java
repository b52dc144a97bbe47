package dev.parley.chassis.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** A tenant's records on the timeline topic, as they came. */
final class Published {
  private final String tenant;
  private List<ConsumerRecord<String, byte[]>> records = List.of();

  Published(String tenant) {
    this.tenant = tenant;
  }

  /** Returns once so many different events are there. */
  Published await(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              records =
                  Wire.all(Topics.TIMELINE.name()).stream()
                      .filter(record -> record.key().startsWith(tenant))
                      .toList();
              return records.stream().map(record -> header(record, "ce_id")).distinct().count()
                  >= events;
            });
    return this;
  }

  /** How many records, repeats included. */
  int size() {
    return records.size();
  }

  JsonNode value(int index) {
    return Json.read(records.get(index).value(), JsonNode.class);
  }

  String header(int index, String name) {
    return header(records.get(index), name);
  }

  List<Long> numbers(String key) {
    return numbersByKey().getOrDefault(key, List.of());
  }

  Map<String, List<Long>> numbersByKey() {
    Map<String, List<Long>> numbers = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      JsonNode data = Json.read(record.value(), JsonNode.class).get("data");
      numbers
          .computeIfAbsent(data.get("key").asText(), key -> new ArrayList<>())
          .add(data.get("n").asLong());
    }
    return numbers;
  }

  /** What a reader that drops repeats sees. */
  Map<String, List<Long>> firstNumbersByKey() {
    Map<String, List<Long>> numbers = numbersByKey();
    numbers.replaceAll((key, all) -> all.stream().distinct().toList());
    return numbers;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
