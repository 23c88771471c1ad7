package io.points.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.telemetry.LogIds;
import io.points.platform.telemetry.Step;
import io.points.platform.telemetry.Traces;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a poll, runs its effect in one transaction, and only then completes. Outages are retried without limit; a poll that
 * times out is halved; a record that cannot be decoded, or whose effect fails on its own for a reason that retries cannot fix, becomes a dead letter;
 * an unknown type is skipped and counted.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int LONGEST_VALUE = 64 * 1024;
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;
    private final FaultPoints faultPoints;
    private final Traces traces;

    Inbox(
            Transactions transactions,
            DeadLetters deadLetters,
            MeterRegistry metrics,
            FaultPoints faultPoints,
            Traces traces) {
        this.transactions = transactions.background();
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.faultPoints = faultPoints;
        this.traces = traces;
    }

    /** The effect of a poll, within {@code tx}. It must deduplicate: a duplicate message has no second effect. */
    @FunctionalInterface
    public interface Effect<R> {
        Uni<Void> apply(Tx tx, List<R> poll);
    }

    /** How a record is decoded. */
    @FunctionalInterface
    private interface Reader<R> {
        /** @return null if the record is to be skipped */
        @Nullable
        R read(ConsumerRecord<String, byte[]> origin) throws Headers.Unreadable, IOException;
    }

    private record Item<R>(R received, ConsumerRecord<String, byte[]> origin) {}

    private record BadRecord(ConsumerRecord<String, byte[]> origin, String reason) {}

    /**
     * Processes every known message; only unknown types are skipped. A table of
     * {@link io.points.contract.Cases} declares what the effect does with each, so that none is ignored by mistake.
     *
     * @param kind of all messages of the topic
     */
    public <M extends Message> Uni<Void> process(
            ConsumerRecords<String, byte[]> poll, Class<M> kind, Effect<Received<M>> effect) {
        return process(poll, kind, message -> false, effect);
    }

    /**
     * The same, where some messages cause so much work that a transaction takes at most one of them.
     *
     * @param isLarge whether a message is one of them
     */
    public <M extends Message> Uni<Void> process(
            ConsumerRecords<String, byte[]> poll, Class<M> kind, Predicate<M> isLarge, Effect<Received<M>> effect) {
        return process(poll, origin -> readMessage(origin, kind), it -> isLarge.test(it.message()), effect);
    }

    /**
     * Processes every record that has a valid envelope and a JSON object as its value, whatever its type; a record of a known
     * type must be a valid message.
     */
    public Uni<Void> processAny(ConsumerRecords<String, byte[]> poll, Effect<ReceivedJson> effect) {
        return process(poll, ReceivedJson::read, received -> false, effect);
    }

    private <R> Uni<Void> process(
            ConsumerRecords<String, byte[]> poll, Reader<R> reader, Predicate<R> isLarge, Effect<R> effect) {
        var good = new ArrayList<Item<R>>(poll.count());
        var bad = new ArrayList<BadRecord>();
        for (var origin : poll) {
            try {
                requireReadableSize(origin);
                var received = reader.read(origin);
                if (received != null) {
                    good.add(new Item<>(received, origin));
                }
            } catch (Headers.Unreadable | IOException | RuntimeException e) {
                bad.add(new BadRecord(origin, String.valueOf(e.getMessage())));
            }
        }
        var steps = steps(good);
        return oneByOne(bad, it -> deadLetters.send(it.origin(), it.reason()))
                .chain(() -> faultPoints.at(FaultPoint.INBOX_BEFORE_EFFECT))
                .chain(() -> oneByOne(pieces(good, isLarge), piece -> apply(piece, effect)))
                .chain(() -> faultPoints.at(FaultPoint.INBOX_AFTER_COMMIT))
                .onTermination()
                .invoke((done, failure, cancelled) -> steps.forEach(step -> step.end(failure)));
    }

    private static <T> Uni<Void> oneByOne(List<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(it -> work.apply(it))
                .onItem()
                .ignoreAsUni();
    }

    /** The poll, split so that no part has two large items. */
    private static <R> List<List<Item<R>>> pieces(List<Item<R>> items, Predicate<R> isLarge) {
        var pieces = new ArrayList<List<Item<R>>>();
        int begin = 0;
        boolean hasLarge = false;
        for (int i = 0; i < items.size(); i++) {
            boolean large = isLarge.test(items.get(i).received());
            if (large && hasLarge) {
                pieces.add(items.subList(begin, i));
                begin = i;
            }
            hasLarge |= large;
        }
        pieces.add(items.subList(begin, items.size()));
        return pieces;
    }

    /** The records of a poll end together, each in its own trace. */
    private List<Step> steps(List<? extends Item<?>> items) {
        return traces.areOff()
                ? List.of()
                : items.stream().map(item -> step(item.origin().headers())).toList();
    }

    private Step step(org.apache.kafka.common.header.Headers headers) {
        return traces.begin(
                SpanKind.CONSUMER,
                "process",
                String.valueOf(Headers.text(headers, Headers.TYPE)),
                Headers.text(headers, Headers.TRACEPARENT));
    }

    /** Our messages have a few kilobytes; a value far beyond that is not one of ours, and could not be published as a dead letter either. */
    private static void requireReadableSize(ConsumerRecord<String, byte[]> origin) throws IOException {
        if (origin.value() == null) {
            throw new IOException("the record has no value");
        }
        if (origin.value().length > LONGEST_VALUE) {
            throw new IOException("the value is longer than " + LONGEST_VALUE + " bytes");
        }
    }

    private <R> Uni<Void> apply(List<Item<R>> items, Effect<R> effect) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Predicate<Throwable> isToBeHalved =
                failure -> PollFault.isRecords(failure) || items.size() > 1 && PollFault.isTimeUp(failure);
        return attempt(items, effect)
                .onFailure(failure -> !isToBeHalved.test(failure))
                .invoke(failure -> LOG.warnf("A poll of %s records will be retried: %s", items.size(), failure))
                .onFailure(failure -> !isToBeHalved.test(failure))
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(3))
                .indefinitely()
                .onFailure(PollFault::isTimeUp)
                .invoke(failure -> LOG.warnf("A poll of %s records timed out and is halved: %s", items.size(), failure))
                .onFailure()
                .recoverWithUni(failure -> isolate(items, effect));
    }

    private <R> Uni<Void> attempt(List<Item<R>> items, Effect<R> effect) {
        var poll = items.stream().map(Item::received).toList();
        return transactions
                .write(tx -> effect.apply(tx, poll))
                .ifNoItem()
                .after(LONGEST_ATTEMPT)
                .failWith(() -> new PollFault.TimeUp(LONGEST_ATTEMPT));
    }

    /**
     * Halves the poll until the faulty record is alone. It is retried there, because the failure
     * may have been a race with another instance.
     */
    private <R> Uni<Void> isolate(List<Item<R>> items, Effect<R> effect) {
        if (items.size() > 1) {
            int half = items.size() / 2;
            return apply(items.subList(0, half), effect).chain(() -> apply(items.subList(half, items.size()), effect));
        }
        return attempt(items, effect)
                .onFailure(failure -> !PollFault.isRecords(failure))
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(3))
                .indefinitely()
                .onFailure()
                .recoverWithUni(failure -> {
                    LogIds.of(items.get(0).origin().headers())
                            .around(() -> LOG.errorf(failure, "A record cannot be processed"));
                    return deadLetters.send(items.get(0).origin(), "cannot be handled: " + failure);
                });
    }

    private <M extends Message> @Nullable Received<M> readMessage(ConsumerRecord<String, byte[]> origin, Class<M> kind)
            throws Headers.Unreadable, IOException {
        var topic = Topic.original(origin.topic());
        Envelope envelope = Headers.read(origin.headers());
        var message = message(envelope, origin);
        if (message.isEmpty()) {
            metrics.counter("points_inbox_skipped_messages", "topic", topic).increment();
            LogIds.of(envelope)
                    .around(() -> LOG.warnf("Skipped a message of unknown type %s on %s", envelope.type(), topic));
            return null;
        }
        return new Received<>(envelope, kind.cast(message.get()), origin);
    }

    /** The record's message; empty if its type is unknown. */
    static Optional<Message> message(Envelope envelope, ConsumerRecord<String, byte[]> origin) throws IOException {
        var read = MessageJson.read(envelope.type(), origin.value());
        if (read.isPresent()) {
            var message = read.get();
            if (!message.tenantId().equals(envelope.tenantId())) {
                throw new IOException("the field tenant_id differs from header ce_tenantid");
            }
            if (!message.topic().equals(Topic.original(origin.topic()))) {
                throw new IOException("a " + envelope.type() + " does not belong on this topic");
            }
        }
        return read;
    }
}
