package io.points.local;

import io.points.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the contract as a broker has them, declared: none is ever made by accident. */
public final class Topics {
    /** Partitions of each topic; a dead letter queue and its replay topic have one. */
    public static final int PARTITIONS = 12;

    private static final String FOR_EVER = "-1";
    private static final String WEEK = Long.toString(Duration.ofDays(7).toMillis());

    private Topics() {}

    /** The dead letter queue of a service for a topic that it reads. */
    public static String deadLetters(String topic, Service reader) {
        return Topic.deadLetters(topic, reader.module());
    }

    /** Where the dead letters of a service are sent once more; read by that service alone. */
    public static String replays(String topic, Service reader) {
        return Topic.replays(topic, reader.module());
    }

    /** The topics that a service reads, replay topics apart. */
    public static List<String> readBy(Service reader) {
        return Topic.readBy(reader.module());
    }

    /** Every topic, dead letter queue and replay topic. */
    public static Set<String> all() {
        return declared().keySet();
    }

    /**
     * Makes the topics that are missing, and sets how long each keeps its records and what it takes.
     *
     * @param bootstrap the broker, as {@code host:port}
     */
    public static void provision(String bootstrap) {
        Map<String, NewTopic> declared = declared();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = declared.values().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
            admin.incrementalAlterConfigs(settings(declared)).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the topics were made.", e);
        } catch (ExecutionException e) {
            throw new CannotStartException(
                    "The topics could not be made: " + e.getCause().getMessage(), e);
        }
    }

    /**
     * How many records of the topics that a service reads, replay topics included, it has not acknowledged yet. They are
     * counted whether or not its consumers have joined their group by now.
     *
     * @param bootstrap the broker, as {@code host:port}
     * @throws ExecutionException if the broker does not answer or a topic is missing
     */
    public static long lag(String bootstrap, Service reader) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            return lag(admin, reader);
        }
    }

    /** As above, for whoever asks often. */
    public static long lag(Admin admin, Service reader) throws ExecutionException, InterruptedException {
        List<String> topics = readBy(reader).stream()
                .flatMap(topic -> Stream.of(topic, replays(topic, reader)))
                .toList();
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> beginnings = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> acknowledged = admin.listConsumerGroupOffsets(reader.module())
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        return partitions.stream()
                .mapToLong(partition -> {
                    OffsetAndMetadata read = acknowledged.get(partition);
                    return ends.get(partition) - (read == null ? beginnings.get(partition) : read.offset());
                })
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> settings(Map<String, NewTopic> topics) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        topics.forEach((name, topic) -> changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, name),
                topic.configs().entrySet().stream()
                        .map(entry -> new AlterConfigOp(
                                new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                        .toList()));
        return changes;
    }

    /** Every topic by its name, with its partitions, how long it keeps its records, and what it takes. */
    public static Map<String, NewTopic> declared() {
        List<NewTopic> topics = new ArrayList<>();
        topics.add(topic(Topic.POOL_COMMANDS, PARTITIONS, WEEK));
        topics.add(topic(Topic.POOL_EVENTS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.ALLOCATION_ALERTS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.WALLET_EVENTS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.BILLING_ENTRIES, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.BILLING_PERIODS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.AUDIT_CHECKPOINTS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.AUDIT_ALERTS, PARTITIONS, FOR_EVER));
        topics.add(topic(Topic.AUDIT_COUNTS, PARTITIONS, WEEK));
        for (Service reader : Service.values()) {
            for (String topic : readBy(reader)) {
                topics.add(topic(deadLetters(topic, reader), 1, FOR_EVER));
                // What stands here says which letters were replayed, so it stays as long as they do.
                topics.add(topic(replays(topic, reader), 1, FOR_EVER));
            }
        }
        Map<String, NewTopic> byName = new LinkedHashMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        return byName;
    }

    private static NewTopic topic(String name, int partitions, String retention) {
        return new NewTopic(name, partitions, (short) 1)
                .configs(new TreeMap<>(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        retention,
                        // The broker unpacks what comes compressed, and refuses what is too large then: a megabyte on
                        // the wire may be gigabytes in the memory of whoever reads it.
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        "uncompressed",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(Topic.LARGEST_MESSAGE))));
    }
}
