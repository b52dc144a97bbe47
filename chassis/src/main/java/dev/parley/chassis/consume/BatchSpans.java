package dev.parley.chassis.consume;

import dev.parley.chassis.observe.Spans;
import dev.parley.chassis.observe.Trail;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** A span for each record of a batch whose trace is followed; all last as long as the batch. */
final class BatchSpans {
  private final Spans spans;
  private final String group;

  BatchSpans(Spans spans, String group) {
    this.spans = spans;
    this.group = group;
  }

  Open begin(List<Received> batch) {
    List<Span> open = new ArrayList<>(0);
    Trail shared = batch.get(0).trail();
    for (Received record : batch) {
      Trail trail = record.trail();
      if (!trail.equals(shared)) {
        shared = Trail.NONE;
      }
      Span span = spans.event(SpanKind.CONSUMER, record.topic(), trail.traceparent(), null);
      if (span != null) {
        open.add(
            span.setAttribute("messaging.consumer.group.name", group)
                .setAttribute("messaging.batch.message_count", batch.size()));
      }
    }
    return new Open(
        open,
        open.isEmpty() || shared == Trail.NONE
            ? shared
            : new Trail(shared.requestId(), Spans.traceparent(open.get(0))));
  }

  /**
   * The spans of one attempt.
   *
   * @param trail what all records share; what many requests caused is tied to none
   */
  record Open(List<Span> spans, Trail trail) {
    void end() {
      spans.forEach(Span::end);
    }

    void failed() {
      spans.forEach(span -> span.setStatus(StatusCode.ERROR).end());
    }
  }
}
