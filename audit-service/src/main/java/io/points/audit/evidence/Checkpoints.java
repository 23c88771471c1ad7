package io.points.audit.evidence;

import io.points.audit.seal.Sealer;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads checkpoints. {@link Sealer} writes them. */
@ApplicationScoped
class Checkpoints {

    private static final String OF_TENANT =
            "select " + CheckpointView.COLUMNS + " from audit_checkpoint_log where tenant_id = $1";
    private static final String NEWEST_FIRST = OF_TENANT + " and tree_size < $2 order by tree_size desc limit $3";
    private static final String EARLIEST_FROM = OF_TENANT + " and tree_size >= $2 order by tree_size limit 1";

    private static final String FIRST_TENANT = "select tenant_id from audit_checkpoint_log order by tenant_id limit 1";
    private static final String NEXT_TENANT =
            "select tenant_id from audit_checkpoint_log where tenant_id > $1 order by tenant_id limit 1";

    /** From tenant to tenant, each a few steps in the key, however many checkpoints they have. */
    static final String TREES = """
            with recursive trees (tenant_id, n) as (
                select (select tenant_id from audit_checkpoint_log where $1::uuid is null or tenant_id > $1
                        order by tenant_id limit 1), 1
                union all
                select (select tenant_id from audit_checkpoint_log where tenant_id > trees.tenant_id order by tenant_id limit 1),
                       n + 1
                from trees where trees.tenant_id is not null and n < $2)
            select newest.* from trees
            cross join lateral (select tenant_id, tree_size, root_hash, signed_at, note from audit_checkpoint_log c
                                where c.tenant_id = trees.tenant_id order by tree_size desc limit 1) newest
            order by newest.tenant_id
            """;

    private final Pool database;

    Checkpoints(Pool database) {
        this.database = database;
    }

    /** Newest first, those of fewer records than {@code below}. */
    Uni<List<CheckpointView>> newestFirst(UUID tenantId, @Nullable Long below, int rows) {
        return run(NEWEST_FIRST, Tuple.of(tenantId, below == null ? Long.MAX_VALUE : below, rows));
    }

    /**
     * The newest of a tenant.
     *
     * @throws io.points.platform.web.problem.ProblemException 404 if there is none
     */
    Uni<CheckpointView> latest(UUID tenantId) {
        return newestFirst(tenantId, null, 1).map(found -> {
            if (found.isEmpty()) {
                throw Problem.notFound("checkpoint").exception();
            }
            return found.get(0);
        });
    }

    /** The first that covers so many records. */
    Uni<Optional<CheckpointView>> earliest(UUID tenantId, long size) {
        return run(EARLIEST_FROM, Tuple.of(tenantId, size))
                .map(found -> found.stream().findFirst());
    }

    /** The tenant that comes next in the order of ids, of those that have checkpoints. */
    Uni<Optional<UUID>> tenantAfter(@Nullable UUID tenantId) {
        var rows = tenantId == null
                ? database.preparedQuery(FIRST_TENANT).execute()
                : database.preparedQuery(NEXT_TENANT).execute(Tuple.of(tenantId));
        return rows.map(found -> found.rowCount() == 0
                ? Optional.empty()
                : Optional.of(found.iterator().next().getUUID("tenant_id")));
    }

    /** Each tenant's tree, in the order of the tenants' ids. */
    Uni<List<TreeView>> trees(@Nullable UUID after, int rows) {
        return database.preparedQuery(TREES).execute(Tuple.of(after, rows)).map(found -> {
            var trees = new ArrayList<TreeView>(found.rowCount());
            found.forEach(row -> trees.add(TreeView.of(row)));
            return trees;
        });
    }

    private Uni<List<CheckpointView>> run(String sql, Tuple arguments) {
        return database.preparedQuery(sql).execute(arguments).map(Checkpoints::views);
    }

    private static List<CheckpointView> views(RowSet<Row> rows) {
        var views = new ArrayList<CheckpointView>();
        rows.forEach(row -> views.add(CheckpointView.of(row)));
        return views;
    }
}
