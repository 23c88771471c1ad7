package io.points.audit.seal;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

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
                tx.query(TAKEN, (Object) column(records, Unsealed::sequence).toArray(Long[]::new)),
                insertLeaves(tx, seals),
                insertCheckpoints(tx, seals));
    }

    private static Uni<?> insertLeaves(Tx tx, List<Seal> seals) {
        var leaves = seals.stream().flatMap(seal -> seal.leaves().stream()).toList();
        return tx.query(
                LEAVES,
                column(leaves, Seal.SealedLeaf::tenantId).toArray(UUID[]::new),
                column(leaves, Seal.SealedLeaf::index).toArray(Long[]::new),
                column(leaves, Seal.SealedLeaf::sequence).toArray(Long[]::new),
                column(leaves, leaf -> Buffer.buffer(leaf.hashes())).toArray(Buffer[]::new));
    }

    private static Uni<?> insertCheckpoints(Tx tx, List<Seal> seals) {
        return tx.query(
                CHECKPOINTS,
                column(seals, seal -> seal.checkpoint().tenantId()).toArray(UUID[]::new),
                column(seals, seal -> seal.checkpoint().size()).toArray(Long[]::new),
                column(seals, seal -> Buffer.buffer(seal.checkpoint().root())).toArray(Buffer[]::new),
                column(seals, seal -> seal.note().text()).toArray(String[]::new),
                column(seals, seal -> seal.checkpoint().time().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
    }

    private static <R, T> Stream<T> column(Collection<R> rows, Function<R, T> value) {
        return rows.stream().map(value);
    }
}
