package io.points.audit.books;

import io.points.contract.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How far this service's consumers have consumed the topics with balances. */
@ApplicationScoped
class ConsumerProgress {

    private static final List<String> TOPICS = List.of(Topic.POOL_EVENTS, Topic.WALLET_EVENTS);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Map<String, Object> kafka;
    private final String group;
    private @Nullable Admin admin;

    /**
     * @param kafka how the broker is reached: its addresses, certificates and the like, as every channel has them
     */
    ConsumerProgress(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String group) {
        this.kafka = kafka;
        this.group = group;
    }

    /**
     * Offsets by partition.
     *
     * @param ends where the partitions end
     * @param heard the acknowledged offsets
     */
    record Offsets(Map<String, Long> ends, Map<String, Long> heard) {}

    /** The offsets of this moment. Fails within 3 s if Kafka does not answer; completes on a thread of Kafka's. */
    Uni<Offsets> check() {
        return Uni.createFrom()
                .item(this::admin)
                // Opening a connection may have to wait for a name server.
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .chain(this::ask)
                .ifNoItem()
                .after(LONGEST)
                .fail();
    }

    private Uni<Offsets> ask(Admin kafka) {
        return Uni.createFrom()
                .completionStage(
                        () -> kafka.describeTopics(TOPICS).allTopicNames().toCompletionStage())
                .map(topics -> topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .chain(partitions -> Uni.createFrom()
                        .completionStage(
                                () -> kafka.listOffsets(partitions).all().toCompletionStage()))
                .map(found -> {
                    var ends = new HashMap<String, Long>();
                    found.forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
                    return ends;
                })
                .chain(ends -> Uni.createFrom()
                        .completionStage(() -> kafka.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .toCompletionStage())
                        .map(committed -> {
                            var heard = new HashMap<String, Long>();
                            committed.forEach((partition, offset) -> {
                                if (offset != null) {
                                    heard.put(partition.toString(), offset.offset());
                                }
                            });
                            return new Offsets(ends, heard);
                        }));
    }

    private synchronized Admin admin() {
        if (admin == null) {
            var settings = new HashMap<>(kafka);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST.toMillis());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST.toMillis());
            admin = Admin.create(settings);
        }
        return admin;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
