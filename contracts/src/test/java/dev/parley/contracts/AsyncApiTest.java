package dev.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published document says what the code says. */
class AsyncApiTest {
  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    document =
        new ObjectMapper(new YAMLFactory())
            .readTree(AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml"));
  }

  @Test
  void topicsAreThoseOfTheCodeWithKeyOwnerAndRetention() {
    Map<String, String> documented = new TreeMap<>();
    channels()
        .filter(channel -> !channel.get("address").asText().startsWith("/"))
        .forEach(
            channel -> {
              JsonNode consumers = channel.at("/parameters/consumer/enum");
              if (consumers.isMissingNode()) {
                documented.put(channel.get("address").asText(), facts(channel, ""));
              }
              consumers.forEach(
                  consumer ->
                      documented.put(
                          channel.get("address").asText().replace("{consumer}", consumer.asText()),
                          facts(channel, consumer.asText())));
            });

    Map<String, String> declared = new TreeMap<>();
    Topics.all().forEach(topic -> declared.put(topic.name(), facts(topic)));
    assertThat(documented).containsExactlyEntriesOf(declared);
  }

  @Test
  void everyEventTypeTravelsOnATopicAndNothingElseDoes() {
    List<String> names = new ArrayList<>();
    channels()
        .filter(channel -> channel.has("x-owner"))
        .forEach(channel -> channel.get("messages").forEach(m -> names.add(name(m))));

    List<String> expected = new ArrayList<>(Wires.types());
    expected.add("crm.record");
    expected.add("crm.timeline");
    assertThat(names.stream().distinct()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyMessageOfATopicHasItsOwnSchema() {
    channels()
        .filter(channel -> channel.has("x-owner"))
        .flatMap(channel -> stream(channel.get("messages")))
        .forEach(
            message ->
                assertThat(resolve(message).at("/payload/schema/$ref").asText())
                    .isEqualTo("./schemas/" + name(message) + ".v1.json"));
  }

  @Test
  void theSocketHasTheFramesOfTheSchema() {
    List<String> frames = new ArrayList<>();
    for (JsonNode message : document.at("/channels/realtime/messages")) {
      frames.add(name(message));
      assertThat(resolve(message).at("/payload/schema/$ref").asText())
          .isEqualTo("./schemas/frames.v1.json#/$defs/" + name(message));
    }

    List<String> known = new ArrayList<>();
    Schemas.node("frames.v1.json").get("$defs").fieldNames().forEachRemaining(known::add);
    assertThat(frames).containsExactlyElementsOf(known);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref -> {
              if (ref.startsWith("#")) {
                assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
              } else {
                String[] parts = ref.substring("./schemas/".length()).split("#", 2);
                assertThat(Schemas.text(parts[0])).as(ref).isNotNull();
              }
            });
  }

  @Test
  void readersWithDeadLettersAreReadersOfTheTopic() {
    channels()
        .filter(channel -> channel.has("parameters"))
        .forEach(
            dead -> {
              String topic = dead.get("address").asText().replace(".dlq.{consumer}", "");
              JsonNode live =
                  channels().filter(c -> c.get("address").asText().equals(topic)).findAny().get();
              assertThat(texts(live.get("x-readers")))
                  .as(topic)
                  .containsAll(texts(dead.at("/parameters/consumer/enum")));
            });
  }

  private static String facts(JsonNode channel, String consumer) {
    JsonNode config = channel.at("/bindings/kafka/topicConfiguration");
    return String.join(
        " · ",
        channel.get("x-owner").asText().replace("{consumer}", consumer),
        channel.get("x-key").asText(),
        texts(config.get("cleanup.policy")).toString(),
        config.path("retention.ms").asText("ever"));
  }

  private static String facts(Topic topic) {
    Duration kept = topic.retention();
    return String.join(
        " · ",
        topic.owner(),
        topic.key(),
        topic.compacted() ? "[compact]" : "[delete]",
        topic.compacted() ? "ever" : Long.toString(kept.toMillis()));
  }

  private static Stream<JsonNode> channels() {
    return stream(document.get("channels"));
  }

  private static String name(JsonNode reference) {
    return resolve(reference).get("name").asText();
  }

  private static JsonNode resolve(JsonNode reference) {
    return document.at(reference.get("$ref").asText().substring(1));
  }

  private static List<String> texts(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
