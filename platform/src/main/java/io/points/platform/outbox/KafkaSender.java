package io.points.platform.outbox;

import io.opentelemetry.api.trace.SpanKind;
import io.points.contract.Headers;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.telemetry.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The service's one Kafka producer: acknowledged by all replicas, idempotent, in order per tenant. */
@ApplicationScoped
public class KafkaSender {

    private final MutinyEmitter<byte[]> emitter;

    private final FaultPoints faultPoints;
    private final Traces traces;

    KafkaSender(
            @Channel("kafka-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            FaultPoints faultPoints,
            Traces traces) {
        this.emitter = emitter;
        this.faultPoints = faultPoints;
        this.traces = traces;
    }

    /** Completes when the brokers have the message; fails after the producer's delivery time-out. */
    Uni<Void> send(OutboxRow row) {
        var envelope = row.envelope();
        if (faultPoints.failsToSend(envelope.type(), envelope.tenantId())) {
            return Uni.createFrom().failure(new IOException("publishing failed at an armed fault point"));
        }
        var step = traces.begin(SpanKind.PRODUCER, "send", envelope.type(), envelope.traceparent());
        return step.around(send(
                row.topic(),
                envelope.tenantId().toString(),
                Headers.write(envelope, step.traceparent()),
                row.payload().getBytes(StandardCharsets.UTF_8)));
    }

    /** As above, for a record that is not one of our messages, such as a dead letter. */
    public Uni<Void> send(String topic, String key, org.apache.kafka.common.header.Headers headers, byte[] payload) {
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic)
                .withKey(key)
                .withHeaders(headers)
                .build();
        return emitter.sendMessage(Message.of(payload, Metadata.of(metadata)));
    }

    /** True if no retry can help. The connector wraps the producer's exception. */
    static boolean isForEver(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException
                    || cause instanceof SerializationException
                    || cause instanceof InvalidTopicException) {
                return true;
            }
        }
        return false;
    }
}
