package io.points.audit.reread;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.Note;
import io.points.audit.proof.SigningKey;
import io.points.audit.proof.TreeHasher;
import io.points.audit.reread.RereadPart.Row;
import io.points.audit.seal.Seal;
import io.points.testing.ArchitectureRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eleven records of a tenant, of which the last eight are read again; checkpoints of 8 and 11. */
class RereadPartTest {

    private static final int FIRST = 3;
    private static final int SIZE = 11;
    private static final UUID TENANT = new UUID(1, 1);

    private final TreeHasher hasher = new TreeHasher();
    private final SigningKey key = SigningKey.generate("points-2026");
    private final List<Row> rows = new ArrayList<>();
    private final Map<Long, String> notes = new HashMap<>();
    private Frontier before = new Frontier(hasher);

    @BeforeEach
    void seal() {
        var tree = new Frontier(hasher);
        for (int i = 0; i < SIZE; i++) {
            if (i == FIRST) {
                before = new Frontier(hasher, FIRST, tree.subtrees());
            }
            var content = "{\"amount\": " + i + "}";
            var leaf = leaf(TENANT, i, content);
            var hashes = Seal.joined(tree.append(hasher.leaf(leaf.content())));
            if (i >= FIRST) {
                rows.add(new Row(i, hashes, leaf, content));
            }
            if (tree.size() == 8 || tree.size() == SIZE) {
                notes.put(tree.size(), note(TENANT, tree.size(), tree.root()));
            }
        }
    }

    @Test
    void whatIsAsItWasSealedHasNoFault() {
        assertEquals(Map.of(), faults());
        assertEquals(SIZE - 1, new RereadPart(TENANT, FIRST, rows).last());
    }

    @Test
    void aRecordThatIsGone() {
        replace(5, new Row(5, row(5).hashes(), null, null));
        assertEquals(Map.of(5L, "the record is missing"), faults());
    }

    @Test
    void aRecordOfAnotherTenant() {
        replace(5, new Row(5, row(5).hashes(), leaf(new UUID(2, 2), 5, content(5)), content(5)));
        assertEquals(Map.of(5L, "the record is of another tenant"), faults());
    }

    @Test
    void anotherContent() {
        replace(5, new Row(5, row(5).hashes(), row(5).leaf(), "{}"));
        assertEquals(Map.of(5L, "data is not what data_digest was made of"), faults());
    }

    @Test
    void anotherContentWithItsDigest() {
        replace(5, new Row(5, row(5).hashes(), leaf(TENANT, 5, "{}"), "{}"));
        assertEquals(Map.of(5L, "the record is not what its leaf was made of"), faults());
    }

    /** The record fits its leaf again; what the tree has above it does not, and neither does what was signed. */
    @Test
    void anotherContentWithItsDigestAndItsLeaf() {
        var leaf = leaf(TENANT, 5, "{}");
        var hashes = row(5).hashes().clone();
        System.arraycopy(hasher.leaf(leaf.content()), 0, hashes, 0, TreeHasher.LENGTH);
        replace(5, new Row(5, hashes, leaf, "{}"));
        assertEquals(
                Map.of(
                        5L, "the hashes of the tree are not those of its leaves",
                        7L, "the hashes of the tree are not those of its leaves",
                        10L, "the checkpoint of 11 records is not of these"),
                faults());
    }

    @Test
    void aLeafThatIsGone() {
        rows.remove(5 - FIRST);
        assertEquals(Map.of(5L, "the leaf is missing"), faults());
        rows.remove(0);
        assertEquals(Map.of(3L, "the leaf is missing", 5L, "the leaf is missing"), faults());
    }

    @Test
    void anotherCheckpoint() {
        notes.put(8L, note(TENANT, 8, hasher.digest(new byte[0])));
        assertEquals(Map.of(7L, "the checkpoint of 8 records is not of these"), faults());
        notes.put(8L, "no note");
        assertEquals(Map.of(7L, "the checkpoint of 8 records is none"), faults());
        notes.put(8L, note(TENANT, 7, hasher.digest(new byte[0])));
        assertEquals(Map.of(7L, "the checkpoint of 8 records is not of these"), faults());
        notes.put(8L, note(new UUID(2, 2), 8, hasher.digest(new byte[0])));
        assertEquals(Map.of(7L, "the checkpoint of 8 records is not of these"), faults());
    }

    /** Of the very same leaves, and signed by somebody else. */
    @Test
    void aCheckpointThatNoneOfOurKeysHasSigned() {
        var signed = Note.parse(notes.get(8L));
        notes.put(
                8L, SigningKey.generate("points-2026").sign(signed.checkpoint()).text());
        var fault = Map.of(7L, "the checkpoint of 8 records is not signed with any of our keys");
        assertEquals(fault, faults());
        rows.remove(5 - FIRST);
        assertEquals(fault.get(7L), faults().get(7L), "nor is its signature passed over where the tree is not known");
    }

    @Test
    void withoutTheHashesOfBeforeTheRecordsAreStillHeldAgainstTheirLeaves() {
        replace(5, new Row(5, row(5).hashes(), null, null));
        assertEquals(
                Map.of(3L, "hashes of leaves before it are missing", 5L, "the record is missing"),
                new RereadPart(TENANT, FIRST, rows).faults(Optional.empty(), notes, List.of(key.verifier())));
    }

    @Test
    void itIsPlainJava() {
        new ArchitectureRules("io.points.audit").plainJava(RereadPart.class, RereadStretch.class);
    }

    private Map<Long, String> faults() {
        return new RereadPart(TENANT, FIRST, rows).faults(Optional.of(copy(before)), notes, List.of(key.verifier()));
    }

    private Frontier copy(Frontier tree) {
        return new Frontier(hasher, tree.size(), tree.subtrees());
    }

    private Row row(int index) {
        return rows.get(index - FIRST);
    }

    private static String content(int index) {
        return "{\"amount\": " + index + "}";
    }

    private void replace(int index, Row row) {
        rows.set(index - FIRST, row);
    }

    private String note(UUID tenant, long size, byte[] root) {
        return key.sign(new Checkpoint(tenant, size, root, Instant.parse("2026-11-25T10:11:12.5Z")))
                .text();
    }

    private Leaf leaf(UUID tenant, int index, String content) {
        return new Leaf(
                new UUID(7, index).toString(),
                "PointsAllocated",
                "test",
                "subject",
                tenant.toString(),
                null,
                null,
                null,
                Leaf.time(Instant.parse("2026-11-25T10:11:12.5Z")),
                "allocation.pool.events.v1",
                HexFormat.of().formatHex(hasher.digest(content.getBytes(UTF_8))));
    }
}
