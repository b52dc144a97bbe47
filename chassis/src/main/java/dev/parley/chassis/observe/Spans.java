package dev.parley.chassis.observe;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * OpenTelemetry spans of what a traced request passes through: the request, the sending of its
 * events to Kafka, and what each consumer makes of them.
 *
 * <p>A trace is followed when its {@code traceparent} says that it is sampled; requests without one
 * are drawn by {@code parley.traces.ratio}. Without an endpoint there are no spans and traces are
 * passed on as they came. Spans are sent in batches off the path; what a collector does not take is
 * dropped. They have names of routes and topics, never what was said, nor ids of people.
 */
@ApplicationScoped
public class Spans {
  private static final String SAMPLED = "-01";

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  Spans(TracesConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
    provider = config.endpoint().map(to -> provider(to, config, service)).orElse(null);
    tracer = provider == null ? null : provider.get("dev.parley");
  }

  /** Whether any are made. */
  boolean on() {
    return tracer != null;
  }

  /**
   * Begins a request's span, which may be the first of its trace.
   *
   * @param parent the caller's {@code traceparent}, or null
   */
  Span request(String name, String parent) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER);
    return (parent == null ? span.setNoParent() : span.setParent(context(parent))).startSpan();
  }

  /**
   * Begins the span of an event on its way.
   *
   * @param traceparent of what caused it, or null
   * @param since when that was written; null: now
   * @return null when its trace is not followed
   */
  public Span event(SpanKind kind, String topic, String traceparent, Instant since) {
    if (tracer == null || traceparent == null || !traceparent.endsWith(SAMPLED)) {
      return null;
    }
    SpanBuilder span =
        tracer
            .spanBuilder((kind == SpanKind.PRODUCER ? "send " : "process ") + topic)
            .setSpanKind(kind)
            .setParent(context(traceparent))
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", topic);
    return (since == null ? span : span.setStartTimestamp(since)).startSpan();
  }

  /** What comes after the span names it so. */
  public static String traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  private static Context context(String traceparent) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    traceparent.substring(3, 35),
                    traceparent.substring(36, 52),
                    TraceFlags.fromHex(traceparent, 53),
                    TraceState.getDefault())));
  }

  private static SdkTracerProvider provider(URI endpoint, TracesConfig config, String service) {
    return SdkTracerProvider.builder()
        .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.ratio())))
        .addSpanProcessor(
            BatchSpanProcessor.builder(
                    OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).build())
                .setScheduleDelay(config.delay())
                .build())
        .build();
  }

  void stop(@Observes ShutdownEvent event) {
    if (provider != null) {
      provider.shutdown().join(2, TimeUnit.SECONDS);
    }
  }
}
