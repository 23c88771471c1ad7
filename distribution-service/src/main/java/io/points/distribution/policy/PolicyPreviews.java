package io.points.distribution.policy;

import io.points.contract.DistributionKind;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks up what a policy would have done. */
@ApplicationScoped
class PolicyPreviews {

    /** More would take longer than anybody waits. */
    private static final long MOST = 100_000;

    /** Ids follow the time of the request; an award of a large batch may arrive a while later. */
    private static final String CREDITED = """
            select (updated_at at time zone $4)::date as day, count(*)::integer as credits, sum(amount)::bigint as points
            from (select updated_at, amount from distributions
                  where tenant_id = $1 and id >= $2 and id < $3 and kind = $6 and state = 'COMPLETED'
                  order by id desc limit $5) as newest
            group by 1
            """;

    private final Policies policies;
    private final Pool database;

    PolicyPreviews(Policies policies, Pool database) {
        this.policies = policies;
        this.database = database;
    }

    Uni<PolicyPreview> of(UUID tenantId, PolicyView policy) {
        var now = BusinessTime.now();
        return policies.find(tenantId).chain(found -> {
            var days = found.days();
            var today = days.dayOf(now);
            var earned = policy.earned();
            var budgets = policy.budgets();
            return credited(tenantId, DistributionKind.DELEGATION, budgets.expires(), today, days)
                    .map(delegated -> BudgetsPreview.of(budgets, today, delegated, areAll(delegated)))
                    .chain(ofBudgets -> credited(tenantId, DistributionKind.AWARD, earned.expires(), today, days)
                            .map(awarded -> PolicyPreview.of(earned, today, awarded, areAll(awarded), ofBudgets)));
        });
    }

    private static boolean areAll(List<Credited> credited) {
        return credited.stream().mapToInt(Credited::credits).sum() < MOST;
    }

    /** What was credited on the days of which something would have lapsed. */
    private Uni<List<Credited>> credited(
            UUID tenantId, DistributionKind kind, @Nullable ExpiryTerms expires, LocalDate today, LocalDays days) {
        var span = expires == null ? null : Lookback.span(expires.expiry(), today);
        if (span == null) {
            return Uni.createFrom().item(List.of());
        }
        return database.preparedQuery(CREDITED)
                .execute(Tuple.from(List.of(
                        tenantId,
                        Lookback.firstIdOf(span.first().minusDays(2)),
                        Lookback.firstIdOf(span.last().plusDays(2)),
                        days.zone().getId(),
                        MOST,
                        kind.word())))
                .map(rows -> {
                    var credited = new ArrayList<Credited>(rows.size());
                    rows.forEach(row -> credited.add(
                            new Credited(row.getLocalDate("day"), row.getInteger("credits"), row.getLong("points"))));
                    return credited;
                });
    }
}
