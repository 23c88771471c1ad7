package io.points.audit.books;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads where a tenant's points are. */
@ApplicationScoped
class ConservationSheet {

    /** Nothing is sealed after it. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private static final String READ = """
            select exists (select from audit_log where tenant_id = $1) as known, least($2, now()) as asked_at,
                   cut.*,
                   (select signed_at from audit_checkpoint_log
                    where tenant_id = $1 and tree_size > coalesce(cut.tree_size, 0) and signed_at <= $2
                    order by tree_size limit 1) as overtaken_at, coalesce(books.tree_size, 0) as newest_size, coalesce(books.credited_early, 0) as credited_early,
                   coalesce(books.pool_entries, 0) as pool_entries, coalesce(books.pool_version, 0) as pool_version
            from (select) as one
            left join lateral (select * from audit_cuts where tenant_id = $1 and sealed_at <= $2
                               order by sealed_at desc, tree_size desc limit 1) as cut on true
            left join audit_books books on books.tenant_id = $1
            """;

    /** Of each tenant whose events have been added up; each is found by the keys, however long its history is. */
    static final String LIST = """
            select true as known, now() as asked_at, books.tenant_id as of_tenant, cut.*,
                   (select signed_at from audit_checkpoint_log c
                    where c.tenant_id = books.tenant_id and c.tree_size > coalesce(cut.tree_size, 0)
                    order by c.tree_size limit 1) as overtaken_at, books.tree_size as newest_size, books.credited_early,
                   books.pool_entries, books.pool_version
            from (select * from audit_books where tenant_id > $1 order by tenant_id limit $2) as books
            left join lateral (select * from audit_cuts c where c.tenant_id = books.tenant_id
                               order by c.sealed_at desc, c.tree_size desc limit 1) as cut on true
            order by books.tenant_id
            """;

    /** The platform, which has no points. */
    private static final UUID NIL = new UUID(0, 0);

    private final Pool database;
    private final BooksConfig config;

    ConservationSheet(Pool database, BooksConfig config) {
        this.database = database;
        this.config = config;
    }

    /**
     * At the newest cut that was sealed by then.
     *
     * @param at null for the newest of all
     * @throws ProblemException 404 if no event has named the tenant
     */
    Uni<Conservation> of(UUID tenantId, @Nullable Instant at) {
        var time = (at == null ? END_OF_TIME : at).atOffset(ZoneOffset.UTC);
        return database.preparedQuery(READ)
                .execute(Tuple.of(tenantId, time))
                .map(rows -> conservation(tenantId, rows.iterator().next()));
    }

    /** At each tenant's newest cut, in the order of the tenants' ids. */
    Uni<List<Conservation>> list(@Nullable UUID after, int rows) {
        return database.preparedQuery(LIST)
                .execute(Tuple.of(after == null ? NIL : after, rows))
                .map(found -> {
                    var all = new ArrayList<Conservation>(found.rowCount());
                    found.forEach(row -> all.add(conservation(row.getUUID("of_tenant"), row)));
                    return all;
                });
    }

    private Conservation conservation(UUID tenantId, Row row) {
        if (!row.getBoolean("known")) {
            throw Problem.notFound("tenant").exception();
        }
        var sealedAt = row.getOffsetDateTime("sealed_at");
        var newest = new Books(
                tenantId,
                row.getLong("newest_size"),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                row.getLong("credited_early"),
                row.getLong("pool_entries"),
                row.getLong("pool_version"),
                0);
        var overtakenAt = row.getOffsetDateTime("overtaken_at");
        var moment = new Conservation.Moment(
                sealedAt == null ? null : sealedAt.toInstant(),
                overtakenAt == null ? null : overtakenAt.toInstant(),
                row.getOffsetDateTime("asked_at").toInstant());
        return Conservation.of(sealedAt == null ? Books.empty(tenantId) : cut(row), moment, config.lateAfter(), newest);
    }

    private static Books cut(Row row) {
        return new Books(
                row.getUUID("tenant_id"),
                row.getLong("tree_size"),
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                row.getLong("pool"),
                row.getLong("in_flight"),
                row.getLong("budget"),
                row.getLong("earned"),
                row.getLong("reserved"),
                row.getLong("expired"),
                0,
                0,
                0,
                row.getLong("pool_balance"));
    }
}
