package dev.parley.chassis.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Collector;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A trace from the request through the outbox and Kafka to the consumer, as a collector has it. */
@QuarkusTest
class SpansTest extends ProbeTest {
  private static final String CALLER = "00f067aa0ba902b7";
  private final String trace = Ids.next().toString().replace("-", "");

  @Test
  void aRequestAndTheSendingOfItsEventsAreOneTrace() {
    int status =
        asUser()
            .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
            .post("/v1/probes/k/events")
            .statusCode();

    assertThat(status).isEqualTo(200);
    Map<SpanKind, Span> spans = both();
    Span request = spans.get(SpanKind.SPAN_KIND_SERVER);
    Span sending = spans.get(SpanKind.SPAN_KIND_PRODUCER);
    assertThat(request.getName()).isEqualTo("POST /v1/probes/{key}/events");
    assertThat(parent(request)).isEqualTo(CALLER);
    assertThat(attributes(request))
        .containsEntry("http.response.status_code", "200")
        .containsEntry("http.route", "/v1/probes/{key}/events");
    assertThat(sending.getName()).isEqualTo("send parley.timeline.events.v1");
    assertThat(parent(sending)).isEqualTo(id(request));
    assertThat(records(Topics.TIMELINE.name()).get(0).headers().lastHeader("traceparent").value())
        .asString()
        .isEqualTo("00-" + trace + "-" + id(sending) + "-01");
  }

  @Test
  void whatAConsumerDoesAndSaysFollowsTheTraceOfWhatItRead() {
    Envelope asked =
        Envelope.of(
            "probe.asked",
            tenant,
            Ids.next(),
            Actor.SYSTEM,
            Instant.parse("2026-01-01T00:00:00Z"),
            Map.of());
    Wire.publish(
        Topics.CONVERSATION.name(),
        tenant,
        Json.bytes(asked),
        Map.of("ce_type", "probe.asked", "traceparent", "00-" + trace + "-" + CALLER + "-01"));

    Map<SpanKind, Span> spans = both();
    Span consumer = spans.get(SpanKind.SPAN_KIND_CONSUMER);
    Span answer = spans.get(SpanKind.SPAN_KIND_PRODUCER);
    assertThat(consumer.getName()).isEqualTo("process parley.conversation.events.v1");
    assertThat(parent(consumer)).isEqualTo(CALLER);
    assertThat(attributes(consumer))
        .containsEntry("messaging.consumer.group.name", "message-service.probe");
    assertThat(parent(answer)).isEqualTo(id(consumer));
  }

  @Test
  void aFailureOfOursIsMarked() {
    asUser()
        .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
        .get("/v1/probes/failures/unexpected");

    Span span = await(1).get(0);
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.toString()).doesNotContain("a secret");
  }

  @Test
  void whatTheCallerDoesNotSampleLeavesNoSpan() {
    asUser()
        .header("traceparent", "00-" + trace + "-" + CALLER + "-00")
        .post("/v1/probes/asked/events");
    String sampled = Ids.next().toString().replace("-", "");
    asUser().header("traceparent", "00-" + sampled + "-" + CALLER + "-01").get("/v1/probes/me");

    // Spans leave in order; when the later one is there, the earlier would be.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !Collector.spans(sampled).isEmpty());
    assertThat(Collector.spans(trace)).isEmpty();
  }

  private Map<SpanKind, Span> both() {
    return await(2).stream().collect(Collectors.toMap(Span::getKind, Function.identity()));
  }

  private List<Span> await(int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Collector.spans(trace), spans -> spans.size() >= count);
  }

  private static String id(Span span) {
    return HexFormat.of().formatHex(span.getSpanId().toByteArray());
  }

  private static String parent(Span span) {
    return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                one ->
                    one.getValue().hasIntValue()
                        ? Long.toString(one.getValue().getIntValue())
                        : one.getValue().getStringValue()));
  }
}
