package io.points.billing.movement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.contract.Headers;
import io.points.contract.Topic;
import io.points.platform.outbox.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Events of the pools that an earlier release had nothing to say about. Its group is past them, so they are read once more,
 * by nobody's group and by themselves: the topic is kept for ever. What is known already changes nothing; when all of them
 * are handled, the table that a migration has filled is empty.
 */
@ApplicationScoped
public class EventsReadAgain {

    private static final Logger LOG = Logger.getLogger(EventsReadAgain.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final String TYPES = "select type from events_to_read_again";
    private static final String DONE = "delete from events_to_read_again where type = any($1::text[])";

    private final Map<String, Object> kafka;
    private final Transactions transactions;
    private final EventTopics topics;
    private volatile boolean stopped;

    /**
     * @param kafka how the broker is reached: its addresses, certificates and the like
     */
    EventsReadAgain(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Transactions transactions,
            EventTopics topics) {
        this.kafka = kafka;
        this.transactions = transactions;
        this.topics = topics;
    }

    void start(@Observes StartupEvent event) {
        read().onFailure()
                .invoke(failure -> LOG.warnf("Skipped events will be reread later: %s", failure))
                .onFailure(failure -> !stopped)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("Stopped before everything was reread: %s", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Reads what is asked for, up to what is the topic's end at this moment. */
    public Uni<Void> read() {
        return transactions
                .write(tx -> tx.query(TYPES))
                .map(rows -> {
                    Set<String> types = new HashSet<>();
                    rows.forEach(row -> types.add(row.getString("type")));
                    return types;
                })
                .chain(types -> types.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .voidItem()
                                .emitOn(Infrastructure.getDefaultExecutor())
                                .invoke(() -> read(types))
                                .chain(() ->
                                        transactions.write(tx -> tx.query(DONE, (Object) types.toArray(String[]::new))))
                                .invoke(() -> LOG.infof("All %s of the pools were reread", types))
                                .replaceWithVoid());
    }

    private void read(Set<String> types) {
        readAll(records -> {
            var found = new HashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
            for (var partition : records.partitions()) {
                var wanted = new ArrayList<ConsumerRecord<String, byte[]>>();
                records.records(partition).stream()
                        .filter(it -> types.contains(type(it)))
                        .forEach(wanted::add);
                if (!wanted.isEmpty()) {
                    found.put(partition, wanted);
                }
            }
            if (!found.isEmpty()) {
                topics.consumePools(new ConsumerRecords<>(found, Map.of()))
                        .await()
                        .indefinitely();
            }
        });
    }

    private void readAll(Consumer<ConsumerRecords<String, byte[]>> each) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "4194304");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topic.POOL_EVENTS).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                if (stopped) {
                    throw new CancellationException("the service stops");
                }
                each.accept(consumer.poll(LONGEST_POLL));
            }
        }
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        var header = record.headers().lastHeader(Headers.TYPE);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
