package io.points.audit.seal;

import io.points.contract.AuditEvent.RecordsSealed;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Published seals whose leaves are yet to be made again, in their table. */
@ApplicationScoped
class ForeseenSeals {

    private static final String KNOWN = """
            select place, root_hash from unnest($1::uuid[], $2::bigint[]) with ordinality as seal (tenant_id, tree_size, place)
            join audit_checkpoint_log using (tenant_id, tree_size)
            """;

    private static final String REFUTED = """
            select place from unnest($1::uuid[], $2::bigint[], $3::bytea[]) with ordinality
                as seal (tenant_id, tree_size, root_hash, place)
            join audit_refuted_seals using (tenant_id, tree_size, root_hash)
            """;

    private static final String FORESEE = """
            insert into audit_foreseen_seals (tenant_id, tree_size, root_hash, note, event_ids)
            values ($1, $2, $3, $4, $5) on conflict do nothing
            """;

    private static final String TENANTS = "select distinct tenant_id from audit_foreseen_seals";

    /** Of each tenant the next one only, and only if all of its records are there. */
    private static final String NEXT = """
            select * from (select distinct on (tenant_id) * from audit_foreseen_seals
                           where tenant_id <> all($1::uuid[]) order by tenant_id, tree_size) as seal
            where not exists (select from unnest(event_ids) as event (id)
                              left join audit_log on audit_log.event_id = event.id
                              left join audit_waiting on audit_waiting.sequence = audit_log.sequence
                              where audit_waiting.sequence is null)
            limit 1
            """;

    private static final String RECORDS = "select audit_log.sequence, recorded_at, " + Unsealed.LEAF_COLUMNS
            + " from unnest($1::uuid[]) with ordinality as event (id, place)"
            + " join audit_log on audit_log.event_id = event.id order by place";

    private static final String DONE = "delete from audit_foreseen_seals where tenant_id = $1 and tree_size = $2";

    /**
     * A seal as it was published.
     *
     * @param root 32 bytes
     */
    record Foreseen(UUID tenantId, long treeSize, byte[] root, String note, UUID[] eventIds) {

        /** How many leaves the tree had before. */
        long begin() {
            return treeSize - eventIds.length;
        }
    }

    /** The roots that this database has signed for those trees; none of those that it does not know. */
    Uni<List<Optional<byte[]>>> signedRoots(Tx tx, List<RecordsSealed> seals) {
        return tx.query(
                        KNOWN,
                        Columns.uuids(seals, RecordsSealed::tenantId),
                        Columns.longs(seals, RecordsSealed::treeSize))
                .map(rows -> {
                    var roots = new ArrayList<Optional<byte[]>>();
                    seals.forEach(seal -> roots.add(Optional.empty()));
                    rows.forEach(row -> roots.set(
                            (int) (row.getLong("place") - 1),
                            Optional.of(row.getBuffer("root_hash").getBytes())));
                    return roots;
                });
    }

    /** Those of the seals that no operator has refuted. */
    Uni<List<RecordsSealed>> withoutRefuted(Tx tx, List<RecordsSealed> seals) {
        if (seals.isEmpty()) {
            return Uni.createFrom().item(seals);
        }
        return tx.query(
                        REFUTED,
                        Columns.uuids(seals, RecordsSealed::tenantId),
                        Columns.longs(seals, RecordsSealed::treeSize),
                        seals.stream()
                                .map(seal -> Buffer.buffer(Base64.getDecoder().decode(seal.rootHash())))
                                .toArray(Buffer[]::new))
                .map(rows -> {
                    var left = new ArrayList<>(seals);
                    rows.forEach(row -> left.remove(seals.get((int) (row.getLong("place") - 1))));
                    return left;
                });
    }

    Uni<Void> foresee(Tx tx, List<RecordsSealed> seals) {
        var all = Uni.createFrom().voidItem();
        for (var seal : seals) {
            all = all.chain(() -> tx.query(
                            FORESEE,
                            seal.tenantId(),
                            seal.treeSize(),
                            Buffer.buffer(Base64.getDecoder().decode(seal.rootHash())),
                            seal.note(),
                            seal.eventIds().toArray(UUID[]::new))
                    .replaceWithVoid());
        }
        return all;
    }

    /** The tenants that have any. */
    Uni<Set<UUID>> tenants(Tx tx) {
        return tx.query(TENANTS).map(rows -> {
            var tenants = new HashSet<UUID>();
            rows.forEach(row -> tenants.add(row.getUUID("tenant_id")));
            return tenants;
        });
    }

    /** One whose turn it is and whose records are all there, of other tenants than those. */
    Uni<Optional<Foreseen>> next(Tx tx, Collection<UUID> but) {
        return tx.query(NEXT, (Object) but.toArray(UUID[]::new))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(foreseen(rows.iterator().next())));
    }

    /** Its records, in the order of their leaves. */
    Uni<List<Unsealed>> records(Tx tx, Foreseen seal) {
        return tx.query(RECORDS, (Object) seal.eventIds()).map(ForeseenSeals::records);
    }

    Uni<Void> done(Tx tx, Foreseen seal) {
        return tx.query(DONE, seal.tenantId(), seal.treeSize()).replaceWithVoid();
    }

    private static List<Unsealed> records(RowSet<Row> rows) {
        var records = new ArrayList<Unsealed>(rows.rowCount());
        rows.forEach(row -> records.add(Unsealed.of(row)));
        return records;
    }

    private static Foreseen foreseen(Row row) {
        return new Foreseen(
                row.getUUID("tenant_id"),
                row.getLong("tree_size"),
                row.getBuffer("root_hash").getBytes(),
                row.getString("note"),
                row.getArrayOfUUIDs("event_ids"));
    }
}
