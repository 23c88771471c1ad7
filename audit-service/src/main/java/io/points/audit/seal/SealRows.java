package io.points.audit.seal;

import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Writes leaves and checkpoints. */
final class SealRows {

    private static final String TAKEN = """
            with held as (delete from audit_unsealed_held where sequence = any($1::bigint[]))
            delete from audit_unsealed where sequence = any($1::bigint[])
            """;

    private static final String LEAVES = """
            insert into audit_leaf_log (tenant_id, leaf_index, sequence, hashes)
            select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[])
            """;

    private static final String CHECKPOINTS = """
            with signed as (
                insert into audit_checkpoint_log (tenant_id, tree_size, root_hash, note, signed_at)
                select * from unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::text[], $5::timestamptz[])
                returning tenant_id, tree_size)
            insert into audit_unposted select tenant_id, tree_size from signed
            """;

    private SealRows() {}

    /** Writes seals, and takes their records out of those that wait. */
    static Uni<Void> write(Tx tx, List<Unsealed> records, List<Seal> seals) {
        return Tx.together(
                tx.query(TAKEN, Columns.longs(records, Unsealed::sequence)),
                insertLeaves(tx, seals),
                insertCheckpoints(tx, seals));
    }

    private static Uni<?> insertLeaves(Tx tx, List<Seal> seals) {
        var leaves = seals.stream().flatMap(seal -> seal.leaves().stream()).toList();
        return tx.query(
                LEAVES,
                Columns.uuids(leaves, Seal.SealedLeaf::tenantId),
                Columns.longs(leaves, Seal.SealedLeaf::index),
                Columns.longs(leaves, Seal.SealedLeaf::sequence),
                Columns.of(Buffer[]::new, leaves, leaf -> Buffer.buffer(leaf.hashes())));
    }

    private static Uni<?> insertCheckpoints(Tx tx, List<Seal> seals) {
        return tx.query(
                CHECKPOINTS,
                Columns.uuids(seals, seal -> seal.checkpoint().tenantId()),
                Columns.longs(seals, seal -> seal.checkpoint().size()),
                Columns.of(
                        Buffer[]::new,
                        seals,
                        seal -> Buffer.buffer(seal.checkpoint().root())),
                Columns.texts(seals, seal -> seal.note().text()),
                Columns.times(seals, seal -> seal.checkpoint().time()));
    }
}
