package dev.parley.chassis.consume;

import dev.parley.chassis.observe.Trail;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One record as it came, at least once and in order per key. Its text is never printed. */
public final class Received {
  private final ConsumerRecord<String, byte[]> record;
  private Envelope envelope;

  public Received(ConsumerRecord<String, byte[]> record) {
    this.record = record;
  }

  /**
   * The record's event.
   *
   * @throws java.io.UncheckedIOException when it is none: the record is then put aside
   */
  public Envelope envelope() {
    if (envelope == null) {
      envelope = Json.read(value(), Envelope.class);
    }
    return envelope;
  }

  /** The events of that type among the records that say whom they are for. */
  public static List<Envelope> forPeople(List<Received> batch, String type) {
    return batch.stream()
        .filter(one -> type.equals(one.type()))
        .map(Received::envelope)
        .filter(event -> event.to() != null)
        .toList();
  }

  /** The type as the header has it, without parsing; null when there is none. */
  public String type() {
    return header("ce_type");
  }

  public String topic() {
    return record.topic();
  }

  public int partition() {
    return record.partition();
  }

  public long offset() {
    return record.offset();
  }

  public String key() {
    return record.key();
  }

  /** The value; empty for a tombstone. */
  public byte[] value() {
    return record.value() == null ? new byte[0] : record.value();
  }

  /** When the broker's producer sent it. */
  public Instant publishedAt() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** A header as text, or null. */
  public String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** What the record's cause is tied to. */
  Trail trail() {
    return new Trail(header("x-request-id"), header("traceparent"));
  }

  ConsumerRecord<String, byte[]> record() {
    return record;
  }

  @Override
  public String toString() {
    return topic() + "-" + partition() + "@" + offset();
  }
}
