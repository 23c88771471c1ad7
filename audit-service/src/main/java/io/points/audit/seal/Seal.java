package io.points.audit.seal;

import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Note;
import io.points.audit.proof.SigningKey;
import io.points.audit.proof.TreeHasher;
import io.points.contract.AuditEvent.RecordsSealed;
import io.points.contract.Ids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Records of one tenant that became leaves together, and the checkpoint that covers them. */
public record Seal(List<SealedLeaf> leaves, Note note, List<UUID> eventIds) {

    /**
     * A leaf as it is stored.
     *
     * @param hashes its own, then those of the complete subtrees that end with it
     */
    record SealedLeaf(UUID tenantId, long index, long sequence, byte[] hashes) {}

    /**
     * Appends the records to their tenant's tree.
     *
     * @param records of one tenant, at least one
     */
    static Seal of(List<Unsealed> records, Frontier tree, SigningKey key, Instant now) {
        var hasher = new TreeHasher();
        var tenantId = records.get(0).tenantId();
        var leaves = new ArrayList<SealedLeaf>(records.size());
        for (var record : records) {
            long index = tree.size();
            var hashes = tree.append(hasher.leaf(record.leaf().content()));
            leaves.add(new SealedLeaf(tenantId, index, record.sequence(), joined(hashes)));
        }
        return new Seal(
                leaves,
                key.sign(new Checkpoint(tenantId, tree.size(), tree.root(), now)),
                records.stream().map(Unsealed::eventId).toList());
    }

    /** Hashes as a row has them: one after the other. */
    public static byte[] joined(List<byte[]> hashes) {
        var all = ByteBuffer.allocate(hashes.size() * TreeHasher.LENGTH);
        hashes.forEach(all::put);
        return all.array();
    }

    /** The same leaves under another checkpoint of them. */
    Seal as(Note published) {
        return new Seal(leaves, published, eventIds);
    }

    Checkpoint checkpoint() {
        return note.checkpoint();
    }

    /** Its event. The id is derived from the newest sealed event, so every instance publishes the same. */
    RecordsSealed told() {
        return new RecordsSealed(
                checkpoint().tenantId(),
                checkpoint().size(),
                Base64.getEncoder().encodeToString(checkpoint().root()),
                note.text(),
                eventIds);
    }

    UUID messageId() {
        return Ids.derive(eventIds.get(eventIds.size() - 1), "RecordsSealed");
    }
}
