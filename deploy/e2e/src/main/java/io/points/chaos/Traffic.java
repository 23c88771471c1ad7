package io.points.chaos;

import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.e2e.Topics;
import io.points.local.Service;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topics tell of the run: doubles, late debits, poison and where it ended, and what audit kept of each event. */
final class Traffic {

    private final Topics topics;
    private final Books books;
    private final Set<String> late = new HashSet<>();
    private long doubles;
    private long tombstones;

    Traffic(Topics topics, Books books) {
        this.topics = topics;
        this.books = books;
    }

    void check(Differences differences) {
        lookForLateDebits(differences);
        for (var topic : Plan.TOPICS) {
            countDoubles(topic);
            poisonIsWhereItBelongs(topic, differences);
        }
        auditKeptEachEventAsItWas(differences);
    }

    /** Messages that stood on a topic more than once and had one effect. */
    long doubles() {
        return doubles;
    }

    /** Debits that came after their cancel. */
    long lateDebits() {
        return late.size();
    }

    /** Those of them that a tombstone met. */
    long tombstones() {
        return tombstones;
    }

    private void lookForLateDebits(Differences differences) {
        var cancelled = new HashSet<String>();
        topics.each(io.points.contract.Topic.POOL_COMMANDS, record -> {
            var type = Topics.header(record, "ce_type");
            var distribution = Topics.header(record, "ce_subject");
            if ("CancelPoolDebit".equals(type)) {
                cancelled.add(distribution);
            } else if ("DebitPool".equals(type) && cancelled.contains(distribution)) {
                late.add(distribution);
            }
        });
        var stand = books.texts(
                Service.ALLOCATION, "select distribution_id from pool_debits where state in ('CANCELLED', 'REFUNDED')");
        differences.none(
                "late debits whose cancel does not stand",
                late.stream().filter(id -> !stand.contains(id)).toList());
        tombstones =
                books
                        .texts(Service.ALLOCATION, "select distribution_id from pool_debits where kind = 'unknown'")
                        .stream()
                        .filter(late::contains)
                        .count();
    }

    private void countDoubles(String topic) {
        var seen = new HashSet<String>();
        topics.each(topic, record -> {
            if (!Topics.isPlanted(record) && !seen.add(Topics.header(record, "ce_id"))) {
                doubles++;
            }
        });
    }

    /** Each reader's dead letters are the planted records of the topic, and nothing else. */
    private void poisonIsWhereItBelongs(String topic, Differences differences) {
        var planted = new TreeSet<>(Planted.positions(topics, topic));
        for (var service : Service.values()) {
            var queue = io.points.local.Topics.deadLetters(topic, service);
            if (!io.points.local.Topics.all().contains(queue)) {
                continue;
            }
            var origins = new TreeSet<String>();
            topics.each(queue, letter -> origins.add(origin(letter)));
            differences.same("dead letters in " + queue + " = planted poison", planted, origins);
        }
    }

    private static String origin(ConsumerRecord<?, ?> letter) {
        return Topics.header(letter, "dlq_topic") + "/" + Topics.header(letter, "dlq_partition") + "/"
                + Topics.header(letter, "dlq_offset");
    }

    private void auditKeptEachEventAsItWas(Differences differences) {
        var kept = new HashMap<String, String>();
        books.each(
                Service.AUDIT,
                "select event_id, data_digest from audit_log",
                row -> kept.put(row.getString(1), row.getString(2)));
        var told = new HashMap<String, String>();
        for (var topic : io.points.local.Topics.readBy(Service.AUDIT)) {
            topics.each(topic, record -> {
                if (!Topics.isPlanted(record)) {
                    told.put(Topics.header(record, "ce_id"), sha256(record.value()));
                }
            });
        }
        differences.same("audit digests = the events' content", told, kept);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
