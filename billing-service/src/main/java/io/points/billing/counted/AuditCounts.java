package io.points.billing.counted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.MessageJson;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;

/** The newest that audit-service has told of each tenant. */
@ApplicationScoped
public class AuditCounts {

    /** Repeated and older messages change nothing. */
    private static final String KEEP = """
            insert into audit_counts (tenant_id, counted_leaves, message)
            select tenant_id, counted_leaves, message::json
            from unnest($1::uuid[], $2::bigint[], $3::text[]) as told (tenant_id, counted_leaves, message)
            order by tenant_id
            on conflict (tenant_id) do update
               set counted_leaves = excluded.counted_leaves, message = excluded.message, heard_at = excluded.heard_at
             where excluded.counted_leaves > audit_counts.counted_leaves
            """;

    private static final String FIND = """
            select message::text as message, heard_at, now() - heard_at > make_interval(secs => $2) as late,
                   extract(epoch from now())::bigint as now
            from audit_counts where tenant_id = $1
            """;

    private static final BinaryOperator<RecordsCounted> NEWER =
            BinaryOperator.maxBy((one, other) -> Long.compare(one.countedLeaves(), other.countedLeaves()));

    /** After that, what billing-service knows and audit-service has not counted is called late. */
    private static final Duration LATE_AFTER = Duration.ofMinutes(10);

    Uni<Void> keep(Tx tx, List<Received<RecordsCounted>> poll) {
        var newest = new HashMap<UUID, RecordsCounted>();
        poll.forEach(it -> newest.merge(it.message().tenantId(), it.message(), NEWER));
        var told = List.copyOf(newest.values());
        return tx.query(
                        KEEP,
                        Columns.uuids(told, RecordsCounted::tenantId),
                        Columns.longs(told, RecordsCounted::countedLeaves),
                        Columns.texts(told, MessageJson::write))
                .replaceWithVoid();
    }

    /** Compares what was told last of a tenant with the tables, as they stand in this snapshot. */
    public Uni<AuditComparison> compare(Tx tx, BilledTenant tenant) {
        return tx.query(FIND, tenant.id(), LATE_AFTER.toSeconds()).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(AuditComparison.UNHEARD);
            }
            var row = rows.iterator().next();
            var told = told(row);
            var heard = new AuditComparison.Heard(
                    row.getOffsetDateTime("heard_at").toInstant(),
                    Math.max(row.getLong("now") - told.sealedAt().getEpochSecond(), 0),
                    row.getBoolean("late"));
            return new OwnCountsReader(tx, tenant).read(told).map(own -> AuditComparison.of(told, heard, own));
        });
    }

    private static RecordsCounted told(Row row) {
        try {
            return (RecordsCounted) MessageJson.read(
                            RecordsCounted.class.getSimpleName(),
                            row.getString("message").getBytes(UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("the message of audit-service cannot be read", e);
        }
    }
}
