package io.points.audit.books;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What the books say that should not be: as it stands in the tables, so it is right after a restart, and not shown at all while
 * it cannot be read. Sums are {@code numeric} until they are shown: forged amounts must not make a figure fail.
 */
@ApplicationScoped
class BooksMetrics {

    /** What balances differ by, and what was credited a while ago and never debited. */
    private static final String IMBALANCE = """
            select 'points_ledger_imbalance' as name, null::text as tag, null::text as of,
                   (coalesce((select sum(greatest(abs(stored_difference::numeric), abs(sum_difference::numeric)))
                              from audit_balances where stored_difference <> 0 or sum_difference <> 0), 0)
                    + coalesce((select sum(-points::numeric) from audit_transit
                                where points < 0 and since < now() - make_interval(secs => %s)), 0))::float8 as value
            """;

    /** Tenants whose newest cut does not add up, or whose pool is not what its newest event states. */
    private static final String UNBALANCED = """
            select 'points_audit_unbalanced_books' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from audit_books books
            cross join lateral (select * from audit_cuts where tenant_id = books.tenant_id
                                order by sealed_at desc, tree_size desc limit 1) as cut
            where cut.pool <> cut.pool_balance
               or cut.allocated::numeric - cut.clawed_back
                  <> cut.pool::numeric + cut.in_flight + cut.budget + cut.earned + cut.reserved + cut.expired
            """;

    /**
     * How long ago the first leaves were sealed that are in no cut, of the tenant that has waited longest: because the books
     * are not whole there, or because they are not posted.
     */
    private static final String CUT_AGE = """
            select 'points_audit_cut_age_seconds' as name, null::text as tag, null::text as of,
                   greatest(0, coalesce(extract(epoch from now() - least(
                       (select min(signed_at) from audit_unposted join audit_checkpoint_log using (tenant_id, tree_size)),
                       (select min(beyond.signed_at) from audit_books books
                        left join lateral (select tree_size from audit_cuts where tenant_id = books.tenant_id
                                           order by sealed_at desc, tree_size desc limit 1) as cut on true
                        cross join lateral (select signed_at from audit_checkpoint_log
                                            where tenant_id = books.tenant_id and tree_size > coalesce(cut.tree_size, 0)
                                            order by tree_size limit 1) as beyond
                        where books.credited_early > 0 or books.pool_entries < books.pool_version))), 0))::float8 as value
            """;

    /** How long the oldest points have been under way in either direction: left and not arrived, or arrived and not left. */
    private static final String TRANSIT = """
            select 'points_audit_transit_oldest_age_seconds' as name, 'missing' as tag, d.missing as of,
                   greatest(0, coalesce(extract(epoch from now() - min(since)), 0))::float8 as value
            from (values ('credit', 1), ('debit', -1)) as d (missing, sign)
            left join audit_transit on sign(points) = d.sign
            group by d.missing
            """;

    private final SqlGauges figures;
    private final BooksConfig config;

    BooksMetrics(SqlGauges figures, BooksConfig config) {
        this.figures = figures;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        figures.guard(IMBALANCE.formatted(config.missingAfter().toMillis() / 1e3), "points_ledger_imbalance");
        figures.guard(UNBALANCED, "points_audit_unbalanced_books");
        figures.show(CUT_AGE, "points_audit_cut_age_seconds");
        figures.show(TRANSIT, "points_audit_transit_oldest_age_seconds");
    }
}
