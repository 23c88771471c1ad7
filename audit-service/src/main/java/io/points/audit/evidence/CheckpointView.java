package io.points.audit.evidence;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A checkpoint as an auditor fetches it. */
@Schema(name = "Checkpoint")
record CheckpointView(
        UUID tenantId,

        @Schema(description = "Records that it covers: those with a leaf index below")
        long treeSize,

        @Schema(description = "Root of the tree, in base 64")
        String rootHash,

        Instant signedAt,

        @Schema(description = "The signed note, which is what to keep")
        String note) {

    /** The columns that it is made of. */
    static final String COLUMNS = "tenant_id, tree_size, root_hash, note, signed_at";

    static CheckpointView of(Row row) {
        return new CheckpointView(
                row.getUUID("tenant_id"),
                row.getLong("tree_size"),
                Base64Text.of(row.getBuffer("root_hash").getBytes()),
                row.getOffsetDateTime("signed_at").toInstant(),
                row.getString("note"));
    }
}
