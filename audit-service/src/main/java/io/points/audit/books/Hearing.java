package io.points.audit.books;

import io.points.messaging.contract.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How much of the topics that tell of balances this service's consumers have heard. */
@ApplicationScoped
class Hearing {

    private static final List<String> TOPICS = List.of(Topic.POOL_EVENTS, Topic.WALLET_EVENTS);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final String bootstrap;
    private final String group;
    private @Nullable Admin admin;

    Hearing(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap,
            @ConfigProperty(name = "quarkus.application.name") String group) {
        this.bootstrap = bootstrap;
        this.group = group;
    }

    /**
     * Offsets by partition.
     *
     * @param ends where the partitions end
     * @param heard up to where they have been acknowledged
     */
    record Offsets(Map<String, Long> ends, Map<String, Long> heard) {}

    /** The offsets of this moment. Fails within 3 s if Kafka does not answer; completes on a thread of Kafka's. */
    Uni<Offsets> look() {
        return Uni.createFrom().deferred(this::ask).ifNoItem().after(LONGEST).fail();
    }

    private Uni<Offsets> ask() {
        var kafka = admin();
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
            admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        }
        return admin;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
