package dev.parley.chassis.outbox;

import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A committed event on its way out. */
record OutboxRow(
    long id,
    String topic,
    String key,
    UUID eventId,
    String type,
    String traceparent,
    String requestId,
    String payload,
    OffsetDateTime createdAt) {

  static OutboxRow of(Row row) {
    return new OutboxRow(
        row.getLong("id"),
        row.getString("topic"),
        row.getString("record_key"),
        row.getUUID("event_id"),
        row.getString("type"),
        row.getString("traceparent"),
        row.getString("request_id"),
        row.getString("payload"),
        row.getOffsetDateTime("created_at"));
  }

  /**
   * CloudEvents 1.0, Kafka protocol binding, binary mode.
   *
   * @param traceparent what those who read it follow
   */
  ProducerRecord<String, byte[]> toRecord(String source, String traceparent) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, payload.getBytes(StandardCharsets.UTF_8));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", eventId.toString());
    header(record, "ce_type", type);
    header(record, "ce_source", source);
    header(record, "ce_time", createdAt.toInstant().toString());
    header(record, "content-type", "application/json");
    header(record, "traceparent", traceparent);
    header(record, "x-request-id", requestId);
    return record;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    if (value != null) {
      record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
