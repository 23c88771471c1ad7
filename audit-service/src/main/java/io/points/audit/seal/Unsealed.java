package io.points.audit.seal;

import io.points.audit.proof.Leaf;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A record that waits for its leaf.
 *
 * @param sequence its number in the log
 */
public record Unsealed(long sequence, UUID eventId, UUID tenantId, Instant recordedAt, Leaf leaf) {

    /** The columns of audit_log that a leaf is made of. */
    public static final String LEAF_COLUMNS =
            "event_id, type, source, subject, audit_log.tenant_id, actor_id, actor_role, trace_id,"
                    + " occurred_at, topic, data_digest";

    static Unsealed of(Row row) {
        return new Unsealed(
                row.getLong("sequence"),
                row.getUUID("event_id"),
                row.getUUID("tenant_id"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                leaf(row));
    }

    /** The leaf of a record, from its {@link #LEAF_COLUMNS}. */
    public static Leaf leaf(Row row) {
        return new Leaf(
                row.getUUID("event_id").toString(),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                row.getUUID("tenant_id").toString(),
                row.getString("actor_id"),
                row.getString("actor_role"),
                row.getString("trace_id"),
                Leaf.time(row.getOffsetDateTime("occurred_at").toInstant()),
                row.getString("topic"),
                row.getString("data_digest"));
    }
}
