package io.points.audit.reread;

import io.points.audit.reread.RereadStretch.Cursor;
import io.points.audit.seal.Unsealed;
import io.points.contract.AuditEvent.RecordAlertRaised;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The repository of rereading: its progress and its findings. */
final class RereadRows {

    private static final Logger LOG = Logger.getLogger(RereadRows.class);

    /** The kind of an alert about a record. */
    private static final String DIFFERS = "record-differs";

    private static final String SLICE = "select leaf.tenant_id as leaf_tenant_id, leaf.leaf_index, leaf.hashes,"
            + " data::text as content, " + Unsealed.LEAF_COLUMNS
            + " from audit_leaf_log leaf left join audit_log on audit_log.sequence = leaf.sequence"
            + " where (leaf.tenant_id, leaf.leaf_index) > ($1::uuid, $2::bigint)"
            + " and (leaf.tenant_id, leaf.leaf_index) < ($3::uuid, $4::bigint)"
            + " order by leaf.tenant_id, leaf.leaf_index limit $5";

    private static final String NEXT = """
            select tenant_id from audit_leaf_log
            where (tenant_id, leaf_index) > ($1::uuid, $2::bigint) and (tenant_id, leaf_index) < ($3::uuid, $4::bigint)
            order by tenant_id, leaf_index limit 1
            """;

    private static final String FAILED =
            "update audit_quarantine set leaf_index = $2 where work = 'rereading' and tenant_id = $1";

    private static final String FAILED_AT = """
            select coalesce(leaf_index, -1) as leaf_index from audit_quarantine
            where work = 'rereading' and tenant_id = $1 and retry_at <= now()
            """;

    private static final String NOTES = """
            select tree_size, note from audit_checkpoint_log where tenant_id = $1 and tree_size > $2 and tree_size <= $3
            """;

    private static final String KNOWN = """
            select leaf_index, why from audit_differing_records where tenant_id = $1 and leaf_index between $2 and $3
            """;

    private static final String GONE =
            "delete from audit_differing_records where tenant_id = $1 and leaf_index = any($2::bigint[])";

    private static final String FOUND = """
            insert into audit_differing_records (tenant_id, leaf_index, since, why)
            select $1, leaf_index, now(), why from unnest($2::bigint[], $3::text[]) as found (leaf_index, why)
            """;

    private static final String ALERT = """
            insert into audit_alert_log (alert_id, tenant_id, kind, account, holder_id, entry_number, expected_balance,
                                         stored_balance, sum_of_entries, missing_entries, attestation_id, raised_at,
                                         leaf_index, why)
            values ($1, $2, $3, '', $2, $4, 0, 0, 0, 0, $1, $5, $4, $6)
            """;

    private final Tx tx;

    RereadRows(Tx tx) {
        this.tx = tx;
    }

    /**
     * Leaves with their records.
     *
     * @param byTenant each tenant's in the order of their indexes
     * @param next whose the leaf is that comes after them; empty if there is none
     */
    record Slice(Map<UUID, List<RereadPart.Row>> byTenant, Optional<UUID> next) {

        /** Whether there are no more of this tenant. */
        boolean hasAllOf(UUID tenant) {
            return !next.equals(Optional.of(tenant));
        }
    }

    /**
     * The first leaves of those between two places.
     *
     * @param before the first place that is not wanted any more
     */
    Uni<Slice> slice(Cursor after, Cursor before, int most) {
        return tx.query(SLICE, after.tenantId(), after.leafIndex(), before.tenantId(), before.leafIndex(), most + 1)
                .map(rows -> slice(rows, most));
    }

    /** Whose the first of them is. */
    Uni<Optional<UUID>> tenantOfNext(Cursor after, Cursor before) {
        return tx.query(NEXT, after.tenantId(), after.leafIndex(), before.tenantId(), before.leafIndex())
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID("tenant_id")));
    }

    /** Keeps behind which leaf of a tenant that is left out it could not be read. */
    Uni<Void> failed(Cursor at) {
        return tx.query(FAILED, at.tenantId(), at.leafIndex()).replaceWithVoid();
    }

    /** After which leaf reading failed; empty unless a retry is due. */
    Uni<Optional<Cursor>> failedAt(UUID tenant) {
        return tx.query(FAILED_AT, tenant)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(new Cursor(tenant, rows.iterator().next().getLong("leaf_index"))));
    }

    /** The notes of the checkpoints that end within these leaves, by their sizes. */
    Uni<Map<Long, String>> notes(UUID tenant, long from, long to) {
        return tx.query(NOTES, tenant, from, to).map(rows -> {
            var notes = new HashMap<Long, String>();
            rows.forEach(row -> notes.put(row.getLong("tree_size"), row.getString("note")));
            return notes;
        });
    }

    /**
     * Keeps what was found for a tenant's leaves, and raises an alert for each that was not known.
     *
     * @param from the first index that was looked at
     * @param to the last
     */
    Uni<Void> keep(UUID tenant, long from, long to, SortedMap<Long, String> faults) {
        return tx.query(KNOWN, tenant, from, to).chain(rows -> {
            var known = new HashMap<Long, String>();
            rows.forEach(row -> known.put(row.getLong("leaf_index"), row.getString("why")));
            var gone = known.entrySet().stream()
                    .filter(it -> !it.getValue().equals(faults.get(it.getKey())))
                    .map(Map.Entry::getKey)
                    .toArray(Long[]::new);
            var found = new TreeMap<>(faults);
            found.entrySet().removeIf(it -> it.getValue().equals(known.get(it.getKey())));
            return (gone.length == 0 ? Uni.createFrom().voidItem() : tx.query(GONE, tenant, gone))
                    .chain(() -> found.isEmpty() ? Uni.createFrom().voidItem() : raise(tenant, found));
        });
    }

    private Uni<Void> raise(UUID tenant, SortedMap<Long, String> found) {
        Uni<?> all = tx.query(
                FOUND,
                tenant,
                found.keySet().toArray(Long[]::new),
                found.values().toArray(String[]::new));
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (var fault : found.entrySet()) {
            var alert = new RecordAlertRaised(Ids.next(now), tenant, DIFFERS, fault.getKey(), fault.getValue());
            LOG.errorf(
                    "ALARM: record %s of tenant %s differs from what was sealed: %s",
                    alert.leafIndex(), alert.tenantId(), alert.why());
            tx.send(alert.alertId(), alert, now, Envelope.Actor.SYSTEM);
            all = all.chain(() -> tx.query(
                    ALERT,
                    alert.alertId(),
                    tenant,
                    alert.kind(),
                    alert.leafIndex(),
                    now.atOffset(ZoneOffset.UTC),
                    alert.why()));
        }
        return all.replaceWithVoid();
    }

    private static Slice slice(RowSet<Row> rows, int most) {
        var byTenant = new LinkedHashMap<UUID, List<RereadPart.Row>>();
        int taken = 0;
        for (var row : rows) {
            var tenant = row.getUUID("leaf_tenant_id");
            if (taken++ == most) {
                return new Slice(byTenant, Optional.of(tenant));
            }
            boolean there = row.getUUID("event_id") != null;
            byTenant.computeIfAbsent(tenant, none -> new ArrayList<>())
                    .add(new RereadPart.Row(
                            row.getLong("leaf_index"),
                            row.getBuffer("hashes").getBytes(),
                            there ? Unsealed.leaf(row) : null,
                            row.getString("content")));
        }
        return new Slice(byTenant, Optional.empty());
    }
}
