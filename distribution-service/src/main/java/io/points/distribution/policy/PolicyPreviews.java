package io.points.distribution.policy;

import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks up what a policy would have done. */
@ApplicationScoped
class PolicyPreviews {

    /** More would take longer than anybody waits. */
    private static final long MOST_AWARDS = 100_000;

    /** Ids follow the time of the request; an award of a large batch may arrive a while later. */
    private static final String AWARDED = """
            select (updated_at at time zone $4)::date as day, count(*)::integer as awards, sum(amount)::bigint as points
            from (select updated_at, amount from distributions
                  where tenant_id = $1 and id >= $2 and id < $3 and kind = 'award' and state = 'COMPLETED'
                  order by id desc limit $5) as newest
            group by 1
            """;

    private final Policies policies;
    private final Pool database;

    PolicyPreviews(Policies policies, Pool database) {
        this.policies = policies;
        this.database = database;
    }

    Uni<PolicyPreview> of(UUID tenantId, EarnedPolicy policy) {
        var now = BusinessTime.now();
        return policies.find(tenantId).chain(found -> {
            var today = found.days().dayOf(now);
            var span = policy.expires() == null
                    ? null
                    : Lookback.span(policy.expires().expiry(), today);
            if (span == null) {
                return Uni.createFrom().item(PolicyPreview.of(policy, today, List.of(), true));
            }
            return awarded(tenantId, span, found.days())
                    .map(awarded -> PolicyPreview.of(
                            policy,
                            today,
                            awarded,
                            awarded.stream().mapToInt(Credited::credits).sum() < MOST_AWARDS));
        });
    }

    private Uni<List<Credited>> awarded(UUID tenantId, Lookback.Span span, LocalDays days) {
        return database.preparedQuery(AWARDED)
                .execute(Tuple.of(
                        tenantId,
                        Lookback.firstIdOf(span.first().minusDays(2)),
                        Lookback.firstIdOf(span.last().plusDays(2)),
                        days.zone().getId(),
                        MOST_AWARDS))
                .map(rows -> {
                    var awarded = new ArrayList<Credited>(rows.size());
                    rows.forEach(row -> awarded.add(
                            new Credited(row.getLocalDate("day"), row.getInteger("awards"), row.getLong("points"))));
                    return awarded;
                });
    }
}
