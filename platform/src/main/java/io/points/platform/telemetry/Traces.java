package io.points.platform.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
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
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Spans, sent by OTLP over HTTP if there is an address to send them to; else nothing is made and nothing is paid for. They
 * hang together by the traceparent that requests, outbox rows and messages carry, so they need no context of a thread, and
 * a group of many callers has a step in the trace of each.
 */
@ApplicationScoped
public class Traces {

    private static final long LONGEST_GOODBYE_SECONDS = 1;
    private static final int LENGTH = 55;

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    /**
     * @param endpoint of a collector, as in {@code OTEL_EXPORTER_OTLP_ENDPOINT}: without the path
     * @param ratio 0 to 1: how many of the traces that begin here are recorded
     */
    Traces(
            @ConfigProperty(name = "points.traces.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "points.traces.ratio") double ratio,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        provider = endpoint.map(address -> provider(address, ratio, service)).orElse(null);
        tracer = provider == null ? null : provider.get("io.points");
    }

    private static SdkTracerProvider provider(String endpoint, double ratio, String service) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                .build();
        return SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
    }

    public boolean areOff() {
        return tracer == null;
    }

    /**
     * Begins a step that its caller ends.
     *
     * @param verb and {@code what} make its name
     * @param parent the traceparent of the step before it; null if it is the first
     */
    public Step begin(SpanKind kind, String verb, String what, @Nullable String parent) {
        if (tracer == null) {
            return new Step(Span.getInvalid(), parent);
        }
        var span = tracer.spanBuilder(verb + " " + what)
                .setSpanKind(kind)
                .setParent(context(parent))
                .startSpan();
        return new Step(span, traceparent(span.getSpanContext()));
    }

    @PreDestroy
    void stop() {
        if (provider != null) {
            provider.shutdown().join(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** W3C Trace Context, section 3.2. */
    static String traceparent(SpanContext step) {
        return "00-" + step.getTraceId() + "-" + step.getSpanId() + "-"
                + step.getTraceFlags().asHex();
    }

    /** None if it is not what {@link #traceparent} writes: a message may hold anything. */
    static Context context(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() != LENGTH || !HexFormat.isHexDigit(traceparent.charAt(54))) {
            return Context.root();
        }
        var parent = SpanContext.createFromRemoteParent(
                traceparent.substring(3, 35),
                traceparent.substring(36, 52),
                TraceFlags.fromByte((byte) Character.digit(traceparent.charAt(54), 16)),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }
}
