package io.points.platform.outbox;

import io.opentelemetry.api.trace.SpanKind;
import io.points.contract.Headers;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.telemetry.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * The service's one Kafka producer: acknowledged by all replicas, idempotent, in order per tenant. What a transaction has published
 * goes to it at once, on its own thread, so that it leaves as few requests.
 */
@ApplicationScoped
public class KafkaSender {

    private static final String CHANNEL = "kafka-out";

    private final MutinyEmitter<byte[]> emitter;
    private final KafkaClientService clients;
    private final FaultPoints faultPoints;
    private final Traces traces;

    KafkaSender(
            @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            KafkaClientService clients,
            FaultPoints faultPoints,
            Traces traces) {
        this.emitter = emitter;
        this.clients = clients;
        this.faultPoints = faultPoints;
        this.traces = traces;
    }

    /**
     * Sends rows in this order; completes with what became of each, in the same order, when the brokers have or have not answered for all,
     * after the producer's delivery time-out at the latest. Never fails.
     *
     * @param inTime asked before each row; those for which it says no are not sent
     */
    Uni<List<Sent>> send(List<OutboxRow> rows, BooleanSupplier inTime) {
        return Uni.createFrom().deferred(() -> {
            var group = new Group(rows);
            KafkaProducer<String, byte[]> producer = clients.getProducer(CHANNEL);
            producer.runOnSendingThread((Producer<String, byte[]> it) -> group.send(it, inTime))
                    .subscribe()
                    .with(begun -> {}, failure -> group.giveUp(0, failure));
            var own = Vertx.currentContext();
            var sent = Uni.createFrom().completionStage(group.end);
            return own == null ? sent : sent.emitOn(rest -> own.runOnContext(x -> rest.run()));
        });
    }

    /** Rows that are sent together. */
    private final class Group {
        private final List<OutboxRow> rows;
        private final AtomicReferenceArray<@Nullable Sent> sent;
        private final AtomicInteger left;
        private final CompletableFuture<List<Sent>> end = new CompletableFuture<>();

        Group(List<OutboxRow> rows) {
            this.rows = rows;
            sent = new AtomicReferenceArray<>(rows.size());
            left = new AtomicInteger(rows.size());
        }

        /** A producer that does not know where to send blocks for each record; what follows one for which it did so in vain is not tried. */
        void send(Producer<String, byte[]> producer, BooleanSupplier inTime) {
            for (int i = 0; i < rows.size(); i++) {
                if (!inTime.getAsBoolean()) {
                    giveUp(i, new TimeoutException("sending did not begin in time"));
                    return;
                }
                send(producer, i);
                var known = sent.get(i);
                if (known != null && known.failure() instanceof TimeoutException) {
                    giveUp(i + 1, known.failure());
                    return;
                }
            }
        }

        private void send(Producer<String, byte[]> producer, int i) {
            var row = rows.get(i);
            var envelope = row.envelope();
            if (faultPoints.failsToSend(envelope.type(), envelope.tenantId())) {
                settle(i, new IOException("publishing failed at an armed fault point"));
                return;
            }
            var step = traces.begin(SpanKind.PRODUCER, "send", envelope.type(), envelope.traceparent());
            try {
                producer.send(
                        new ProducerRecord<>(
                                row.topic(),
                                null,
                                envelope.tenantId().toString(),
                                row.payload().getBytes(StandardCharsets.UTF_8),
                                Headers.write(envelope, step.traceparent())),
                        (written, failure) -> {
                            step.end(failure);
                            settle(i, failure);
                        });
            } catch (KafkaException | IllegalStateException e) {
                step.end(e);
                settle(i, e);
            }
        }

        /** From {@code first} on, none is sent. */
        void giveUp(int first, Throwable failure) {
            for (int i = first; i < rows.size(); i++) {
                settle(i, failure);
            }
        }

        private void settle(int i, @Nullable Throwable failure) {
            if (sent.compareAndSet(i, null, new Sent(rows.get(i), failure)) && left.decrementAndGet() == 0) {
                end.complete(IntStream.range(0, rows.size())
                        .mapToObj(j -> Objects.requireNonNull(sent.get(j)))
                        .toList());
            }
        }
    }

    /** For a record that is not one of our messages, such as a dead letter. Fails after the producer's delivery time-out. */
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
