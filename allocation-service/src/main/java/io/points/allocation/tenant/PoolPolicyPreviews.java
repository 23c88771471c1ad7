package io.points.allocation.tenant;

import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks up what settings would have done to allocated points. */
@ApplicationScoped
class PoolPolicyPreviews {

    /** More would take longer than anybody waits. */
    private static final long MOST_ALLOCATIONS = 100_000;

    /** Ids follow the time; one by a schedule follows the time at which it was due. */
    static final String ALLOCATED = """
            select (created_at at time zone $4)::date as day, count(*)::integer as allocations, sum(amount)::bigint as points
            from (select created_at, amount from allocation_logs
                  where tenant_id = $1 and id >= $2 and id < $3 and kind = 'allocation'
                  order by id desc limit $5) as newest
            group by 1
            """;

    private final Transactions transactions;

    PoolPolicyPreviews(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @return fails with a 404 problem if there is no such tenant */
    Uni<PoolPolicyPreview> of(UUID tenantId, ZoneId zone, @Nullable ExpiryTerms expires) {
        var today = LocalDate.ofInstant(BusinessTime.now(), zone);
        var span = expires == null ? null : Lookback.span(expires.expiry(), today);
        return transactions.snapshot(tx -> TenantViews.find(tx, tenantId)
                .chain(known ->
                        span == null ? Uni.createFrom().item(List.<Credited>of()) : allocated(tx, tenantId, span, zone))
                .map(allocated -> PoolPolicyPreview.of(
                        expires,
                        today,
                        allocated,
                        allocated.stream().mapToInt(Credited::credits).sum() < MOST_ALLOCATIONS)));
    }

    private static Uni<List<Credited>> allocated(Tx tx, UUID tenantId, Lookback.Span span, ZoneId zone) {
        return tx.query(
                        ALLOCATED,
                        tenantId,
                        Lookback.firstIdOf(span.first().minusDays(2)),
                        Lookback.firstIdOf(span.last().plusDays(2)),
                        zone.getId(),
                        MOST_ALLOCATIONS)
                .map(rows -> {
                    var allocated = new ArrayList<Credited>(rows.rowCount());
                    rows.forEach(row -> allocated.add(new Credited(
                            row.getLocalDate("day"), row.getInteger("allocations"), row.getLong("points"))));
                    return allocated;
                });
    }
}
