package io.points.billing.entry;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Period;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Says what {@link BillingLog} would make of a clawback, by the same rules and in a transaction that can write nothing. */
@ApplicationScoped
class ClawbackPreviews {

    private final Transactions transactions;
    private final BilledTenants tenants;

    ClawbackPreviews(Transactions transactions, BilledTenants tenants) {
        this.transactions = transactions;
        this.tenants = tenants;
    }

    /**
     * @param points 1 … 10^12
     * @return fails with a 404 problem if nothing is known of the tenant
     */
    Uni<ClawbackPreview> of(UUID tenantId, long points) {
        return transactions.snapshot(tx -> tenants.find(tx, tenantId).chain(tenant -> {
            if (tenant == null) {
                throw Problem.notFound("tenant").exception();
            }
            return of(tx, tenant, points, BusinessTime.now());
        }));
    }

    private static Uni<ClawbackPreview> of(Tx tx, BilledTenant tenant, long points, Instant now) {
        var period = tenant.open(Period.of(now));
        return BillingLog.newest(tx, tenant.id(), points, Long.MAX_VALUE)
                .map(purchases -> ClawbackPreview.of(
                        tenant.id(),
                        points,
                        period,
                        credits(tenant.id(), points, purchases, period, now),
                        tenant.contiguousVersion()));
    }

    /** Of no more points than were bought, so that the clawback's own price, which is not known yet, counts for nothing. */
    private static List<Charge> credits(
            UUID tenantId, long points, List<OpenPurchases.Purchase> purchases, Period period, Instant now) {
        long open = purchases.stream()
                .mapToLong(OpenPurchases.Purchase::points)
                .reduce(0, (sum, one) -> Math.min(points, sum + one));
        if (open == 0) {
            return List.of();
        }
        var price = purchases.get(0).price();
        var clawback = new Billable(
                Ids.next(now),
                tenantId,
                Long.MAX_VALUE,
                open,
                now,
                period,
                price,
                "",
                null,
                null,
                Envelope.Actor.SYSTEM);
        return new OpenPurchases(purchases).credit(clawback);
    }
}
