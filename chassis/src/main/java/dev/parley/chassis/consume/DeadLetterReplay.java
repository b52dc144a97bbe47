package dev.parley.chassis.consume;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The replay command: {@code POST /dead-letters/{consumer}?topic=…} on the management port hands
 * what was put aside to its consumer once more, in order, and answers {@code {replayed}}.
 *
 * <p>It stops at the first record that fails again (500, {@code {replayed, failedAt}}); what has
 * worked is not handed over twice by a later call, unless the node dies in between (effects are
 * idempotent).
 */
@ApplicationScoped
class DeadLetterReplay {
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration HANDLER_AT_MOST = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Consumers consumers;

  DeadLetterReplay(Vertx vertx, Consumers consumers) {
    this.vertx = vertx;
    this.consumers = consumers;
  }

  void register(@Observes ManagementInterface management) {
    management.router().post("/dead-letters/:consumer").handler(this::replay);
  }

  private void replay(RoutingContext call) {
    String topic = call.request().getParam("topic");
    BatchConsumer consumer = consumers.named(call.pathParam("consumer")).orElse(null);
    if (consumer == null
        || consumer.topics().stream().noneMatch(known -> known.name().equals(topic))) {
      call.response().setStatusCode(404).end();
      return;
    }
    vertx
        .<JsonObject>executeBlocking(() -> replay(consumer, topic), false)
        .onSuccess(
            answer -> {
              call.response().setStatusCode(answer.containsKey("failedAt") ? 500 : 200);
              call.json(answer);
            })
        .onFailure(failure -> call.response().setStatusCode(503).end());
  }

  private JsonObject replay(BatchConsumer consumer, String topic) {
    String group = consumers.service() + "." + consumer.name() + ".replay";
    int replayed = 0;
    try (KafkaConsumer<String, byte[]> client = KafkaClients.consumer(consumers.servers(), group)) {
      String letters = DeadLetters.topic(topic, consumers.service());
      List<TopicPartition> partitions =
          client.partitionsFor(letters).stream()
              .map(info -> new TopicPartition(letters, info.partition()))
              .toList();
      client.assign(partitions);
      Map<TopicPartition, Long> ends = client.endOffsets(partitions);
      while (behind(client, ends)) {
        ConsumerRecords<String, byte[]> records = client.poll(QUIET);
        for (ConsumerRecord<String, byte[]> record : records) {
          try {
            consumer.on(List.of(new Received(record))).await().atMost(HANDLER_AT_MOST);
          } catch (RuntimeException failure) {
            return new JsonObject()
                .put("replayed", replayed)
                .put("failedAt", record.partition() + "@" + record.offset());
          }
          replayed++;
          client.commitSync(
              Map.of(
                  new TopicPartition(letters, record.partition()),
                  new OffsetAndMetadata(record.offset() + 1)));
        }
      }
    }
    return new JsonObject().put("replayed", replayed);
  }

  private static boolean behind(
      KafkaConsumer<String, byte[]> client, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().anyMatch(end -> client.position(end.getKey()) < end.getValue());
  }
}
