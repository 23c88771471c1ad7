package io.points.platform.outbox;

import io.points.contract.Envelope;
import io.vertx.mutiny.sqlclient.Row;

/**
 * A message in the outbox.
 *
 * @param position its number in the table, by which rows are published and deleted
 * @param topic where it is published
 * @param envelope its headers; its tenant is the key
 * @param payload its JSON
 */
record OutboxRow(long position, String topic, Envelope envelope, String payload) {

    /** @param source the service that wrote it */
    static OutboxRow of(Row row, String source) {
        return new OutboxRow(
                row.getLong("position"),
                row.getString("topic"),
                new Envelope(
                        row.getUUID("event_id"),
                        row.getString("type"),
                        source,
                        row.getString("subject"),
                        row.getOffsetDateTime("occurred_at").toInstant(),
                        row.getUUID("tenant_id"),
                        row.getString("actor_id"),
                        row.getString("actor_role"),
                        row.getString("traceparent")),
                row.getString("payload"));
    }
}
