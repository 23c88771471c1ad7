package io.points.billing;

import io.points.testing.PointsTestResource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;

/** How many records a consumer group has not acknowledged yet. */
final class Lag {

    private Lag() {}

    static long of(String group) throws InterruptedException, ExecutionException {
        var bootstrap = PointsTestResource.surroundings().kafkaBootstrap();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var assigned =
                    admin.describeConsumerGroups(java.util.List.of(group)).all().get().get(group).members().stream()
                            .flatMap(member -> member.assignment().topicPartitions().stream())
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            var ends = admin.listOffsets(assigned).all().get();
            var acknowledged = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return assigned.isEmpty()
                    ? Long.MAX_VALUE
                    : ends.entrySet().stream()
                            .mapToLong(end -> end.getValue().offset()
                                    - (acknowledged.get(end.getKey()) == null
                                            ? 0
                                            : acknowledged.get(end.getKey()).offset()))
                            .sum();
        }
    }
}
