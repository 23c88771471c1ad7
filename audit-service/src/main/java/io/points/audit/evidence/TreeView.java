package io.points.audit.evidence;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A tenant's tree of sealed records, as its newest checkpoint has it. */
@Schema(name = "AuditTree")
record TreeView(
        @Schema(description = "The tenant; the nil UUID for the platform")
        UUID tenantId,

        @Schema(description = "Records that the newest checkpoint covers")
        long treeSize,

        @Schema(description = "Root of the tree, in base 64")
        String rootHash,

        @Schema(description = "When the newest checkpoint was signed")
        Instant signedAt,

        @Schema(description = "The newest checkpoint as a signed note, which is what to keep")
        String note) {

    static TreeView of(Row row) {
        return new TreeView(
                row.getUUID("tenant_id"),
                row.getLong("tree_size"),
                Base64Text.of(row.getBuffer("root_hash").getBytes()),
                row.getOffsetDateTime("signed_at").toInstant(),
                row.getString("note"));
    }
}
