package io.points.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.audit.export.ExportLine;
import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Note;
import io.points.audit.proof.TreeHasher;
import io.points.audit.proof.VerifierKey;
import io.points.audit.verify.Verdict.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recomputes one tenant's tree, and holds it against the checkpoints. Stops looking at the first fault. */
final class TenantCheck {

    private final UUID tenantId;
    private final String tenantText;
    private final long fromIndex;
    private final Scope scope;
    private final Collection<VerifierKey> keys;
    private final TreeHasher hasher = new TreeHasher();
    private final Queue<Checkpoint> ahead;
    private final List<Long> checked = new ArrayList<>();
    private final List<Long> uncovered = new ArrayList<>();
    private Frontier tree = new Frontier(hasher);

    /** So many leaves, from the first on, are those that a checkpoint was made of. */
    private long proven;

    private boolean closed;
    private @Nullable Fault fault;

    /** @param saved checkpoints of this tenant, in the order of their sizes */
    TenantCheck(
            ExportLine.Tenant begin, UUID tenantId, List<Checkpoint> saved, Collection<VerifierKey> keys, Scope scope) {
        this.tenantId = tenantId;
        this.tenantText = tenantId.toString();
        this.fromIndex = begin.fromIndex();
        this.scope = scope;
        this.keys = keys;
        this.ahead = new ArrayDeque<>(saved);
        try {
            tree = new Frontier(hasher, fromIndex, begin.subtrees());
        } catch (IllegalArgumentException e) {
            fault = new Fault(fromIndex, e.getMessage());
            return;
        }
        if (fromIndex > scope.from()) {
            fault = new Fault(scope.from(), "the export begins with record " + fromIndex);
            return;
        }
        while (!ahead.isEmpty() && ahead.element().size() < Math.max(fromIndex, 1)) {
            uncovered.add(ahead.remove().size());
        }
        compareRoots();
    }

    void take(ExportLine.Sealed record) {
        if (fault != null) {
            return;
        }
        long index = tree.size();
        if (closed) {
            fault = new Fault(index, "there are records behind the checkpoint");
        } else if (record.index() != index) {
            fault = new Fault(index, "the record is missing: " + record.index() + " stands in its place");
        } else {
            fault = scope.has(index) ? faultOf(record) : null;
        }
        if (fault == null) {
            tree.append(record.leafHash());
            compareRoots();
        }
    }

    private @Nullable Fault faultOf(ExportLine.Sealed record) {
        var leaf = record.leaf();
        if (!leaf.tenantId().equals(tenantText)) {
            return new Fault(record.index(), "the record is of another tenant: " + leaf.tenantId());
        }
        var digest = HexFormat.of().formatHex(hasher.digest(record.data().getBytes(UTF_8)));
        if (!digest.equals(leaf.dataDigest())) {
            return new Fault(record.index(), "data is not what data_digest was made of");
        }
        if (!Arrays.equals(hasher.leaf(leaf.content()), record.leafHash())) {
            return new Fault(record.index(), "the record is not what its leaf was made of");
        }
        return null;
    }

    void take(ExportLine.Unsealed record) {
        if (fault == null) {
            fault = new Fault(
                    tree.size(),
                    "event " + record.leaf().eventId() + " stands in the log without a leaf: it was put there");
        }
    }

    void take(ExportLine.Closing closing) {
        if (fault != null) {
            return;
        }
        if (closed) {
            fault = new Fault(tree.size(), "there are two checkpoints");
            return;
        }
        closed = true;
        try {
            var note = Note.parse(closing.note());
            if (note.signer(keys).isEmpty()) {
                fault = new Fault(proven, "the export's checkpoint is signed by none of the keys");
            } else if (!note.checkpoint().tenantId().equals(tenantId)) {
                fault = new Fault(proven, "the export's checkpoint is of another tenant");
            } else if (note.checkpoint().size() != tree.size()) {
                fault = new Fault(
                        Math.min(tree.size(), note.checkpoint().size()),
                        "the export's checkpoint is of " + note.checkpoint().size() + " records, and there are "
                                + tree.size());
            } else {
                compareRoot(note.checkpoint(), "the export's checkpoint");
            }
        } catch (IllegalArgumentException e) {
            fault = new Fault(proven, "the export's checkpoint cannot be read: " + e.getMessage());
        }
    }

    private void compareRoots() {
        while (fault == null && !ahead.isEmpty() && ahead.element().size() == tree.size()) {
            var saved = ahead.remove();
            compareRoot(saved, "the saved checkpoint of " + saved.size() + " records");
            if (fault == null) {
                checked.add(saved.size());
            }
        }
    }

    private void compareRoot(Checkpoint checkpoint, String name) {
        if (Arrays.equals(tree.root(), checkpoint.root())) {
            proven = tree.size();
        } else {
            // Two checkpoints of one size and different roots leave nothing between them.
            long first = Math.min(proven, tree.size() - 1);
            fault = new Fault(
                    first,
                    "records " + first + " to " + (tree.size() - 1) + " are not all those that " + name
                            + " was made of");
        }
    }

    /** What was found, once there is nothing more of this tenant. */
    Verdict.OfTenant verdict() {
        if (fault == null && !closed) {
            fault = new Fault(tree.size(), "the export's checkpoint is missing");
        }
        for (var saved : ahead) {
            if (fault == null && !scope.mayEndAt(tree.size())) {
                fault = new Fault(
                        tree.size(),
                        "the export ends after " + tree.size() + " records, and a saved checkpoint has "
                                + saved.size());
            }
            uncovered.add(saved.size());
        }
        return new Verdict.OfTenant(tenantId, fromIndex, tree.size(), checked, uncovered, fault);
    }
}
