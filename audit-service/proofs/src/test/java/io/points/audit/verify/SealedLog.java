package io.points.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.audit.export.ExportLine;
import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.Note;
import io.points.audit.proof.SigningKey;
import io.points.audit.proof.TreeHasher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** A tenant's records as an honest service seals and exports them. */
final class SealedLog {

    private static final Instant BEGAN = Instant.parse("2026-11-25T00:00:00Z");

    final UUID tenant;
    final List<ExportLine.Sealed> records = new ArrayList<>();
    private final SigningKey key;
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier tree = new Frontier(hasher);

    SealedLog(UUID tenant, SigningKey key, int size) {
        this.tenant = tenant;
        this.key = key;
        for (int i = 0; i < size; i++) {
            add("{\"amount\": " + i + ", \"note\": \"\u00fc\\n\"}");
        }
    }

    void add(String data) {
        long index = tree.size();
        var leaf = leaf(index, data);
        var hash = hasher.leaf(leaf.content());
        tree.append(hash);
        records.add(new ExportLine.Sealed(index, hash, leaf, data));
    }

    Leaf leaf(long number, String data) {
        return new Leaf(
                new UUID(7, number).toString(),
                "PointsAwarded",
                "distribution-service",
                new UUID(8, number).toString(),
                tenant.toString(),
                number % 3 == 0 ? null : new UUID(9, number).toString(),
                number % 3 == 0 ? null : "manager",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                Leaf.time(BEGAN.plusMillis(number)),
                "distribution.wallet.events.v1",
                HexFormat.of().formatHex(hasher.digest(data.getBytes(UTF_8))));
    }

    /** A signed checkpoint of the first {@code size} records. */
    Note checkpoint(int size) {
        return key.sign(new Checkpoint(tenant, size, tree(size).root(), BEGAN.plusSeconds(size)));
    }

    private Frontier tree(int size) {
        var beginning = new Frontier(hasher);
        records.subList(0, size).forEach(record -> beginning.append(record.leafHash()));
        return beginning;
    }

    /** The tenant's lines of an export of all records. */
    List<ExportLine> lines() {
        return lines(0, records.size());
    }

    /** Of those from one index up to, not including, another. */
    List<ExportLine> lines(int from, int to) {
        var lines = new ArrayList<ExportLine>();
        lines.add(new ExportLine.Tenant(tenant.toString(), from, tree(from).subtrees()));
        lines.addAll(records.subList(from, to));
        lines.add(new ExportLine.Closing(checkpoint(to).text()));
        return lines;
    }
}
