package io.points.audit.reread;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.Note;
import io.points.audit.proof.TreeHasher;
import io.points.audit.proof.VerifierKey;
import io.points.audit.seal.Seal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sealed records of one tenant, one after the other, held against what was sealed: each record against its leaf, the leaves
 * against the tree's hashes as they are stored, and these against what was signed. Plain Java.
 *
 * @param first index of the first leaf that should be there
 * @param rows the leaves as they are stored, in the order of their indexes
 */
record RereadPart(UUID tenantId, long first, List<Row> rows) {

    /**
     * A leaf, and its record.
     *
     * @param hashes the leaf's, then those of the subtrees that end with it
     * @param leaf made of the record as it is now; null if there is none
     * @param content the event as it is now
     */
    record Row(
            long index,
            byte[] hashes,
            @Nullable Leaf leaf,
            @Nullable String content) {}

    /** The last index that it covers. */
    long last() {
        return rows.get(rows.size() - 1).index();
    }

    /**
     * What does not fit, by the index of the leaf.
     *
     * @param before the right edge of the tree of all leaves before; empty if its hashes are gone, so that only the records
     *     can be held against their leaves
     * @param notes of checkpoints by their sizes, as far as they end within these leaves
     * @param keys one of which must have signed each
     */
    SortedMap<Long, String> faults(Optional<Frontier> before, Map<Long, String> notes, Collection<VerifierKey> keys) {
        var hasher = new TreeHasher();
        var faults = new TreeMap<Long, String>();
        var tree = before.orElse(null);
        if (tree == null) {
            faults.put(first, "hashes of leaves before it are missing");
        }
        long expected = first;
        for (var row : rows) {
            if (row.index() != expected) {
                faults.putIfAbsent(expected, "the leaf is missing");
                tree = null;
            }
            expected = row.index() + 1;
            recordFault(row, hasher).ifPresent(why -> faults.putIfAbsent(row.index(), why));
            if (tree != null && !Arrays.equals(Seal.joined(tree.append(leafHash(row))), row.hashes())) {
                faults.putIfAbsent(row.index(), "the hashes of the tree are not those of its leaves");
            }
            var note = notes.get(expected);
            if (note != null) {
                noteFault(note, expected, tree, keys).ifPresent(why -> faults.putIfAbsent(row.index(), why));
            }
        }
        return faults;
    }

    private Optional<String> recordFault(Row row, TreeHasher hasher) {
        var leaf = row.leaf();
        if (leaf == null || row.content() == null) {
            return Optional.of("the record is missing");
        }
        if (!leaf.tenantId().equals(tenantId.toString())) {
            return Optional.of("the record is of another tenant");
        }
        if (!HexFormat.of()
                .formatHex(hasher.digest(row.content().getBytes(UTF_8)))
                .equals(leaf.dataDigest())) {
            return Optional.of("data is not what data_digest was made of");
        }
        return Arrays.equals(hasher.leaf(leaf.content()), leafHash(row))
                ? Optional.empty()
                : Optional.of("the record is not what its leaf was made of");
    }

    /** @param tree the leaves up to there; null if that is not known, so that only the note itself can be checked */
    private Optional<String> noteFault(String text, long size, @Nullable Frontier tree, Collection<VerifierKey> keys) {
        try {
            var note = Note.parse(text);
            if (!isOf(note.checkpoint(), size, tree)) {
                return Optional.of("the checkpoint of " + size + " records is not of these");
            }
            return note.signer(keys).isPresent()
                    ? Optional.empty()
                    : Optional.of("the checkpoint of " + size + " records is not signed with any of our keys");
        } catch (IllegalArgumentException e) {
            return Optional.of("the checkpoint of " + size + " records is none");
        }
    }

    private boolean isOf(Checkpoint checkpoint, long size, @Nullable Frontier tree) {
        return checkpoint.tenantId().equals(tenantId)
                && checkpoint.size() == size
                && (tree == null || Arrays.equals(checkpoint.root(), tree.root()));
    }

    private static byte[] leafHash(Row row) {
        return Arrays.copyOf(row.hashes(), TreeHasher.LENGTH);
    }
}
