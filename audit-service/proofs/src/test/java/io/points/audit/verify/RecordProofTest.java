package io.points.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.Vectors;
import io.points.audit.export.ExportLine;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.InclusionProof;
import io.points.audit.proof.Range;
import io.points.audit.proof.TestKeys;
import io.points.audit.proof.TreeHasher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record by itself, with the proof that a route gives: the first, one in the middle, the last, and one that is alone. */
class RecordProofTest {

    private static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");

    private final TreeHasher hasher = new TreeHasher();

    @ParameterizedTest
    @CsvSource({"0, 7", "4, 7", "6, 7", "0, 1"})
    void aRecordIsProvenToBeInTheTree(int index, int size) {
        var key = TestKeys.of("points-test", 1);
        var log = new SealedLog(TENANT, key, size);
        var record = log.records.get(index);
        var note = log.checkpoint(size);
        var path = InclusionProof.ranges(index, size).stream()
                .map(range -> hash(log, range))
                .toList();

        assertTrue(new InclusionProof(index, size, path)
                .proves(hasher.leaf(record.leaf().content()), note.checkpoint().root()));
        assertEquals(Optional.of(key.verifier()), note.signer(List.of(key.verifier())));
        Vectors.record(answer(record), index, record.leafHash(), note, path, key.verifier());
    }

    private byte[] hash(SealedLog log, Range range) {
        var tree = new Frontier(hasher);
        log.records.subList((int) range.start(), (int) range.end()).forEach(record -> tree.append(record.leafHash()));
        return tree.root();
    }

    /** With a time as routes have it: without the zeros at its end. */
    private static String answer(ExportLine.Sealed record) {
        var leaf = record.leaf();
        return "{\"sequence\":%s,\"event_id\":\"%s\",\"type\":\"%s\",\"source\":\"%s\",\"subject\":\"%s\",\"tenant_id\":\"%s\","
                        .formatted(
                                record.index() + 1,
                                leaf.eventId(),
                                leaf.type(),
                                leaf.source(),
                                leaf.subject(),
                                leaf.tenantId())
                + "\"actor_id\":%s,\"actor_role\":%s,\"trace_id\":\"%s\",\"occurred_at\":\"%s\",\"recorded_at\":\"%s\","
                        .formatted(
                                quoted(leaf.actorId()),
                                quoted(leaf.actorRole()),
                                leaf.traceId(),
                                Instant.parse(leaf.occurredAt()),
                                leaf.occurredAt())
                + "\"data_digest\":\"%s\",\"topic\":\"%s\",\"data\":%s}"
                        .formatted(leaf.dataDigest(), leaf.topic(), record.data());
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
