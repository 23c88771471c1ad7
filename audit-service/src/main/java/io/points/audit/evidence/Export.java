package io.points.audit.evidence;

import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportWriter;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.TreeHasher;
import io.points.audit.seal.TreeRows;
import io.points.audit.seal.Unsealed;
import io.points.platform.web.InTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes the audit log as a file for the verifier, page by page, so that it needs no more memory the longer the log is. */
@ApplicationScoped
class Export {

    private static final int RECORDS = 500;
    private static final int LOOKED_AT = 2_000;

    private static final String SEALED = "select leaf_index, hashes, data::text as content, " + Unsealed.LEAF_COLUMNS
            + " from audit_leaf_log leaf join audit_log on audit_log.sequence = leaf.sequence"
            + " where leaf.tenant_id = $1 and leaf_index >= $2 and leaf_index < $3 order by leaf_index limit $4";

    /** One snapshot: a record has its leaf, or waits for it. */
    private static final String KNOWN = """
            select sequence, exists (select from audit_leaf_log leaf where leaf.sequence = log.sequence)
                             or exists (select from audit_waiting waiting where waiting.sequence = log.sequence) as known
            from audit_log log where tenant_id = $1 and sequence > $2 order by sequence limit $3
            """;

    private static final String STRANGERS = "select data::text as content, " + Unsealed.LEAF_COLUMNS
            + " from audit_log where sequence = any($1::bigint[]) order by sequence";

    private final Pool database;
    private final Checkpoints checkpoints;
    private final TreeRows trees;

    Export(Pool database, Checkpoints checkpoints) {
        this.database = database;
        this.checkpoints = checkpoints;
        trees = new TreeRows((sql, arguments) -> database.preparedQuery(sql).execute(Tuple.from(arguments)));
    }

    /** Every tenant that has a checkpoint, in the order of ids, up to the newest of each. */
    Multi<ExportPage> ofAll() {
        Multi<UUID> tenants = Multi.createBy()
                .repeating()
                .<AtomicReference<@Nullable UUID>, Optional<UUID>>uni(
                        AtomicReference::new,
                        last -> checkpoints.tenantAfter(last.get()).invoke(next -> next.ifPresent(last::set)))
                .until(Optional::isEmpty)
                .map(Optional::orElseThrow);
        var lines = tenants.onItem()
                .transformToMultiAndConcatenate(tenant ->
                        checkpoints.latest(tenant).onItem().transformToMulti(latest -> tenant(0, latest, true)));
        return file(lines);
    }

    /**
     * One tenant, from a leaf on, up to the first checkpoint that covers as many records as asked for.
     *
     * @param to null for all
     * @throws ProblemException 404 if the tenant has no checkpoint, 400 if there are not as many records
     */
    Multi<ExportPage> of(UUID tenantId, long from, @Nullable Long to) {
        return InTime.orFail(checkpoints.latest(tenantId)).onItem().transformToMulti(latest -> {
            if (to != null && to > latest.treeSize()) {
                throw Problem.badRequest("to_index", "must be at most " + latest.treeSize())
                        .exception();
            }
            if (from >= (to == null ? latest.treeSize() : to)) {
                throw Problem.badRequest("from_index", "must be less than " + (to == null ? latest.treeSize() : to))
                        .exception();
            }
            var end = to == null
                    ? Uni.createFrom().item(latest)
                    : checkpoints.earliest(tenantId, to).map(found -> found.orElse(latest));
            return file(end.onItem().transformToMulti(it -> tenant(from, it, from == 0 && to == null)));
        });
    }

    private static Multi<ExportPage> file(Multi<ExportPage> ofTenants) {
        var opening = new ExportLine.Opening(ExportLine.FORMAT, Leaf.time(Instant.now()));
        return Multi.createBy()
                .concatenating()
                .streams(text(List.of(opening)), ofTenants, text(List.of(new ExportLine.End())));
    }

    private Multi<ExportPage> tenant(long from, CheckpointView end, boolean whole) {
        var begin = trees.hashes(end.tenantId(), Frontier.nodes(from))
                .map(subtrees ->
                        page(List.of(new ExportLine.Tenant(end.tenantId().toString(), from, subtrees))))
                .toMulti();
        return Multi.createBy()
                .concatenating()
                .streams(
                        begin,
                        records(end.tenantId(), from, end.treeSize()),
                        whole ? strangers(end.tenantId()) : Multi.createFrom().empty(),
                        text(List.of(new ExportLine.Closing(end.note()))));
    }

    private Multi<ExportPage> records(UUID tenantId, long from, long to) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicLong(from), next -> records(tenantId, next, to))
                .until(List::isEmpty)
                .map(Export::page);
    }

    private Uni<List<ExportLine>> records(UUID tenantId, AtomicLong next, long to) {
        return database.preparedQuery(SEALED)
                .execute(Tuple.of(tenantId, next.get(), to, RECORDS))
                .map(rows -> {
                    var page = new ArrayList<ExportLine>(rows.rowCount());
                    rows.forEach(row -> {
                        long index = row.getLong("leaf_index");
                        var hash = Arrays.copyOf(row.getBuffer("hashes").getBytes(), TreeHasher.LENGTH);
                        page.add(new ExportLine.Sealed(index, hash, Unsealed.leaf(row), row.getString("content")));
                        next.set(index + 1);
                    });
                    return page;
                });
    }

    /** Records that came into the log by another way than the service's own. */
    private Multi<ExportPage> strangers(UUID tenantId) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, last -> database.preparedQuery(KNOWN)
                        .execute(Tuple.of(tenantId, last.get(), LOOKED_AT))
                        .invoke(rows -> rows.forEach(row -> last.set(row.getLong("sequence")))))
                .until(rows -> rows.rowCount() == 0)
                .map(Export::unknown)
                .filter(unknown -> !unknown.isEmpty())
                .onItem()
                .transformToUniAndConcatenate(this::strangers);
    }

    private static List<Long> unknown(RowSet<Row> rows) {
        var unknown = new ArrayList<Long>();
        rows.forEach(row -> {
            if (!row.getBoolean("known")) {
                unknown.add(row.getLong("sequence"));
            }
        });
        return unknown;
    }

    private Uni<ExportPage> strangers(List<Long> sequences) {
        return database.preparedQuery(STRANGERS)
                .execute(Tuple.of(sequences.toArray(Long[]::new)))
                .map(rows -> {
                    var lines = new ArrayList<ExportLine>();
                    rows.forEach(
                            row -> lines.add(new ExportLine.Unsealed(Unsealed.leaf(row), row.getString("content"))));
                    return page(lines);
                });
    }

    private static Multi<ExportPage> text(List<ExportLine> lines) {
        return Multi.createFrom().item(() -> page(lines));
    }

    private static ExportPage page(List<ExportLine> lines) {
        return new ExportPage(ExportWriter.write(lines));
    }
}
