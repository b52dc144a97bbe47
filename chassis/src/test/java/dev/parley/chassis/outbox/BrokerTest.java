package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BrokerTest {
  @Test
  void withNoBrokerToBeFoundABatchFailsAfterOneWaitNotAfterOnePerRecord() {
    Broker broker = new Broker("127.0.0.1:1");
    List<ProducerRecord<String, byte[]>> records =
        Stream.of("a", "b", "c", "d")
            .map(key -> new ProducerRecord<>("parley.timeline.events.v1", key, new byte[0]))
            .toList();
    long began = System.nanoTime();

    List<Exception> failures = broker.send(records).await().atMost(Duration.ofSeconds(30));

    // The client looks for a broker for 5 s.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    assertThat(failures).hasSize(4).allMatch(TimeoutException.class::isInstance);
    broker.stop(null);
  }

  @Test
  void onlyWhatCanNeverBeSentIsHopeless() {
    assertThat(Broker.isHopeless(new RecordTooLargeException("too large"))).isTrue();
    assertThat(Broker.isHopeless(new SerializationException("no bytes"))).isTrue();
    assertThat(Broker.isHopeless(new TimeoutException("later"))).isFalse();
    assertThat(Broker.isHopeless(null)).isFalse();
  }
}
