package io.points.chaos;

import io.points.e2e.AlertLooks;
import io.points.e2e.Attestations;
import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.e2e.Promises;
import io.points.e2e.Topics;
import io.points.local.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Lets every service read every topic again from its first record: nothing in any table may change. */
final class FullReplay {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Cluster cluster;
    private final Books books;
    private final Topics topics;

    FullReplay(Cluster cluster, Books books, Topics topics) {
        this.cluster = cluster;
        this.books = books;
        this.topics = topics;
    }

    /** Needs the system at rest; leaves it at rest. */
    void check(Differences differences) {
        var attestations = new Attestations(books);
        attestations.stop();
        var looks = new AlertLooks(books);
        looks.stop();
        new Promises(cluster.stack()).awaitRest(LONGEST);
        var before = digests();
        var ids = ids();
        cluster.restartServices(this::rewind);
        new Promises(cluster.stack()).awaitRest(LONGEST);
        differences.same("tables after a full replay = before", before, digests());
        var after = ids();
        ids.forEach((topic, known) ->
                differences.same("event ids on " + topic + " after a full replay = before", known, after.get(topic)));
        attestations.demand();
        looks.resume();
        new Promises(cluster.stack()).awaitRest(LONGEST);
    }

    private Map<String, String> digests() {
        var digests = new TreeMap<String, String>();
        for (var service : Service.values()) {
            books.digests(service).forEach((table, text) -> digests.put(service.database() + "." + table, text));
        }
        return digests;
    }

    private Map<String, Set<String>> ids() {
        var ids = new HashMap<String, Set<String>>();
        for (var topic : Plan.TOPICS) {
            ids.put(topic, topics.ids(topic));
        }
        return ids;
    }

    private void rewind() {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", cluster.stack().kafka().bootstrap()))) {
            for (var service : Service.values()) {
                var offsets = admin.listConsumerGroupOffsets(service.module())
                        .partitionsToOffsetAndMetadata()
                        .get();
                admin.alterConsumerGroupOffsets(
                                service.module(),
                                offsets.keySet().stream()
                                        .collect(Collectors.toMap(
                                                partition -> partition, partition -> new OffsetAndMetadata(0))))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The groups could not be rewound", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
