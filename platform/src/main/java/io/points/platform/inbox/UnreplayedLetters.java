package io.points.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.points.contract.Headers;
import io.points.contract.Topic;
import io.points.platform.background.Offload;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How many of this group's dead letters wait to be replayed: all except those named by a record of the replay topic; one that
 * was replayed twice is named twice, but counts once. The gauge is absent while Kafka does not respond.
 */
@ApplicationScoped
class UnreplayedLetters {

    private static final Logger LOG = Logger.getLogger(UnreplayedLetters.class);
    private static final int LONGEST_LOOK_MS = 5_000;
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    /** Bytes: one record of the maximum size. */
    private static final int FETCHED_AT_ONCE = 1 << 20;

    private final Map<String, Object> kafka;
    private final Set<String> replays = new TreeSet<>();
    private final String group;
    private final Duration every;
    private final Schedule schedule;
    private final MultiGauge gauge;
    private final Round round;
    private final Map<String, Set<Long>> replayed = new HashMap<>();
    private volatile @Nullable KafkaConsumer<String, byte[]> open;
    private volatile boolean stopped;

    UnreplayedLetters(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Config config,
            @ConfigProperty(name = "quarkus.application.name") String group,
            @ConfigProperty(name = "points.figures.every") Duration every,
            MeterRegistry metrics,
            Rounds rounds,
            Schedule schedule) {
        this.kafka = kafka;
        this.group = group;
        this.every = every;
        this.schedule = schedule;
        round = rounds.round("dead_letters");
        gauge = MultiGauge.builder("points_dead_letters_waiting").register(metrics);
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("mp.messaging.incoming.") && name.endsWith(".topics"))
                .flatMap(name -> config.getValues(name, String.class).stream())
                .filter(Topic::isReplays)
                .forEach(replays::add);
    }

    void start(@Observes StartupEvent event) {
        // Opening a connection may have to wait for a name server.
        schedule.every(
                every,
                Duration.ZERO,
                () -> Offload.call(() -> {
                    look();
                    return true;
                }));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        var looking = open;
        if (looking != null) {
            looking.wakeup();
        }
        close();
    }

    private synchronized void close() {
        var idle = open;
        if (idle != null) {
            idle.close(CloseOptions.timeout(Duration.ZERO));
            open = null;
        }
    }

    private synchronized void look() {
        if (stopped || replays.isEmpty()) {
            return;
        }
        try {
            show(consumer());
        } catch (KafkaException e) {
            showNothing(e);
        }
    }

    /** Created when first needed: a service starts without Kafka, even if its name does not resolve. */
    private KafkaConsumer<String, byte[]> consumer() {
        var consumer = open;
        if (consumer == null) {
            var settings = new HashMap<>(kafka);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_LOOK_MS);
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_LOOK_MS);
            // Other clients log often enough that Kafka is unavailable.
            settings.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, LONGEST_LOOK_MS);
            settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_LOOK_MS);
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_AT_ONCE);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20);
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            consumer.assign(replays.stream().map(UnreplayedLetters::only).toList());
            open = consumer;
        }
        return consumer;
    }

    private void show(KafkaConsumer<String, byte[]> consumer) {
        var wanted = new HashSet<TopicPartition>();
        replays.forEach(replay -> {
            wanted.add(only(replay));
            wanted.add(only(letters(replay)));
        });
        var ends = consumer.endOffsets(wanted);
        while (!stopped && consumer.assignment().stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
            for (var record : consumer.poll(LONGEST_POLL)) {
                letter(record).ifPresent(letter -> replayed.computeIfAbsent(record.topic(), topic -> new HashSet<>())
                        .add(letter));
            }
        }
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (var replay : replays) {
            long waiting = ends.get(only(letters(replay)))
                    - replayed.getOrDefault(replay, Set.of()).size();
            rows.add(MultiGauge.Row.of(Tags.of("topic", Topic.original(replay)), Math.max(0, waiting)));
        }
        gauge.register(rows, true);
        round.succeeded();
    }

    /** Which letter the record replays; empty if it names none, because it was published by hand. */
    private static Optional<Long> letter(ConsumerRecord<String, byte[]> record) {
        var text = Headers.text(record.headers(), "dlq_letter");
        return text != null && text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private void showNothing(Throwable failure) {
        LOG.debugf("Dead letters could not be counted: %s", failure);
        gauge.register(List.of(), true);
    }

    private String letters(String replay) {
        return Topic.deadLetters(Topic.original(replay), group);
    }

    /** Both kinds of topic have one partition. */
    private static TopicPartition only(String topic) {
        return new TopicPartition(topic, 0);
    }
}
