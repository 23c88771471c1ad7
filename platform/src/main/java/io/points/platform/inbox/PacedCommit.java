package io.points.platform.inbox;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits the offsets of processed polls every {@code auto.commit.interval.ms}, for all partitions together, instead of after each
 * poll: the connector's own strategy caused the broker more work than the messages themselves. After a crash, the records of
 * that time are consumed again, and every effect recognises the duplicates. Chosen by {@code commit-strategy=paced}; a channel must acknowledge its polls in
 * order, as ours do.
 */
final class PacedCommit implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(PacedCommit.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final KafkaConsumer<?, ?> consumer;
    private final long everyMs;

    private final DoneOffsets done = new DoneOffsets();
    private final AtomicBoolean due = new AtomicBoolean();

    private PacedCommit(Vertx vertx, KafkaConsumer<?, ?> consumer, long everyMs) {
        this.vertx = vertx;
        this.consumer = consumer;
        this.everyMs = everyMs;
    }

    /** How the connector finds it. */
    @ApplicationScoped
    @Identifier("paced")
    static class Factory implements KafkaCommitHandler.Factory {
        @Override
        public KafkaCommitHandler create(
                KafkaConnectorIncomingConfiguration config,
                Vertx vertx,
                KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new PacedCommit(
                    vertx,
                    consumer,
                    config.config().getValue(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, Long.class));
        }
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        done.done(new TopicPartition(record.getTopic(), record.getPartition()), record.getOffset() + 1);
        commitSoon();
        return Uni.createFrom().voidItem().runSubscriptionOn(record::runOnMessageContext);
    }

    private void commitSoon() {
        if (due.compareAndSet(false, true)) {
            vertx.setTimer(everyMs, timer -> commit());
        }
    }

    private void commit() {
        due.set(false);
        var offsets = done.take();
        if (offsets.isEmpty()) {
            return;
        }
        consumer.commitAsync(offsets).subscribe().with(x -> {}, failure -> {
            LOG.warnf("Offsets could not be committed and will be retried: %s", failure);
            done.putBack(offsets);
            commitSoon();
        });
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        done.assigned(partitions);
    }

    /** On the polling thread, while these partitions are still assigned: their next consumer starts after the processed records. */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        var offsets = done.take();
        try {
            if (!offsets.isEmpty()) {
                consumer.unwrap().commitSync(offsets, LONGEST_WAIT);
            }
        } catch (KafkaException e) {
            LOG.warnf("Records since the last offset commit will be consumed again: %s", e);
            done.putBack(offsets);
        }
        done.revoked(partitions);
    }

    @Override
    public void terminate(boolean graceful) {
        commit();
    }
}
