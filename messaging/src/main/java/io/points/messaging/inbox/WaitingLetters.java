package io.points.messaging.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.points.background.Round;
import io.points.background.Rounds;
import io.points.messaging.contract.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How many of this group's dead letters wait to be replayed: as many as there are more letters than replays, for what fails
 * again is a new letter. Nothing is shown while Kafka does not answer.
 */
@ApplicationScoped
class WaitingLetters {

    private static final Logger LOG = Logger.getLogger(WaitingLetters.class);
    private static final int LONGEST_LOOK_MS = 5_000;

    private final Map<String, Object> kafka;
    private final Set<String> replays = new TreeSet<>();
    private final String group;
    private final Duration every;
    private final Vertx vertx;
    private final MultiGauge gauge;
    private final Round round;
    private volatile @Nullable Admin admin;
    private volatile boolean stopped;

    WaitingLetters(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Config config,
            @ConfigProperty(name = "quarkus.application.name") String group,
            @ConfigProperty(name = "points.figures.every") Duration every,
            MeterRegistry metrics,
            Rounds rounds,
            Vertx vertx) {
        this.kafka = kafka;
        this.group = group;
        this.every = every;
        this.vertx = vertx;
        round = rounds.round("dead_letters");
        gauge = MultiGauge.builder("points_dead_letters_waiting").register(metrics);
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("mp.messaging.incoming.") && name.endsWith(".topics"))
                .flatMap(name -> config.getValues(name, String.class).stream())
                .filter(Topic::isReplays)
                .forEach(replays::add);
    }

    void start(@Observes StartupEvent event) {
        lookInBackground();
        vertx.setPeriodic(every.toMillis(), timer -> lookInBackground());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        var open = admin;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    /** Opening a connection may have to wait for a name server. */
    private void lookInBackground() {
        if (!stopped) {
            vertx.executeBlocking(() -> {
                look();
                return true;
            });
        }
    }

    private void look() {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        replays.forEach(replay -> {
            wanted.put(only(replay), OffsetSpec.latest());
            wanted.put(only(letters(replay)), OffsetSpec.latest());
        });
        try {
            admin().listOffsets(wanted).all().whenComplete((ends, failure) -> {
                if (failure == null) {
                    show(ends);
                } else {
                    showNothing(failure);
                }
            });
        } catch (KafkaException e) {
            showNothing(e);
        }
    }

    /** Made when it is first needed: a service starts without Kafka, even without its name. */
    private synchronized Admin admin() {
        var open = admin;
        if (open == null) {
            var settings = new HashMap<>(kafka);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_LOOK_MS);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_LOOK_MS);
            // The others say often enough that Kafka is away.
            settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, LONGEST_LOOK_MS);
            settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_LOOK_MS);
            open = Admin.create(settings);
            admin = open;
        }
        return open;
    }

    private void showNothing(Throwable failure) {
        LOG.debugf("Dead letters could not be counted: %s", failure);
        gauge.register(List.of(), true);
    }

    private void show(Map<TopicPartition, ListOffsetsResultInfo> ends) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (var replay : replays) {
            long waiting = ends.get(only(letters(replay))).offset()
                    - ends.get(only(replay)).offset();
            rows.add(MultiGauge.Row.of(Tags.of("topic", Topic.original(replay)), Math.max(0, waiting)));
        }
        gauge.register(rows, true);
        round.succeeded();
    }

    private String letters(String replay) {
        return Topic.deadLetters(Topic.original(replay), group);
    }

    /** Both kinds of topic have one partition. */
    private static TopicPartition only(String topic) {
        return new TopicPartition(topic, 0);
    }
}
