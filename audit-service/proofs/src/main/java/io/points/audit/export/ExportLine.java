package io.points.audit.export;

import io.points.audit.proof.Leaf;
import java.util.List;

/**
 * A line of an export. An opening comes first, then for each tenant its own line, its records in the order of their leaves,
 * what stands in the log without a leaf, and the checkpoint that covers them; an end comes last.
 */
public sealed interface ExportLine {

    /** The version of this format, in every opening. */
    String FORMAT = "points-audit-export/1";

    /** @param exportedAt RFC 3339 */
    record Opening(String format, String exportedAt) implements ExportLine {}

    /**
     * What follows is of this tenant.
     *
     * @param fromIndex index of the first leaf that follows
     * @param subtrees hashes of the complete subtrees of the leaves before it, the largest first
     */
    record Tenant(String tenantId, long fromIndex, List<byte[]> subtrees) implements ExportLine {}

    /**
     * A sealed record.
     *
     * @param leafHash as it is stored
     * @param data the event's content, exactly as it stood on the topic
     */
    record Sealed(long index, byte[] leafHash, Leaf leaf, String data) implements ExportLine {}

    /** A record that has no leaf and does not wait for one either: somebody put it there. */
    record Unsealed(Leaf leaf, String data) implements ExportLine {}

    /** The tenant's records end here. {@code note} is a signed checkpoint of as many leaves. */
    record Closing(String note) implements ExportLine {}

    /** Nothing follows. */
    record End() implements ExportLine {}
}
