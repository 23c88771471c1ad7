package io.points.allocation.allocation;

import io.points.allocation.alert.MovementAlerts;
import io.points.allocation.allocation.AllocationRules.CapExceeded;
import io.points.allocation.allocation.AllocationRules.TakesTwo;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Decision;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.tenant.LastAllocation;
import io.points.allocation.tenant.Price;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Ids;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what {@link Allocations} would do, by the same rules and in a transaction that can write nothing. Nothing is locked, so
 * somebody else may be faster.
 */
@ApplicationScoped
class MovementChecks {

    static final String SAME_REFERENCE = """
            select id as last_id, amount as last_amount, created_at as last_at from allocation_logs
            where tenant_id = $1 and md5(reference_note) = md5($2) and kind = 'allocation' and reference_note = $2
            order by id desc limit 1
            """;

    private final Transactions transactions;
    private final Pools pools;
    private final MovementAlerts alerts;
    private final Clawbacks clawbacks;

    MovementChecks(Transactions transactions, Pools pools, MovementAlerts alerts, Clawbacks clawbacks) {
        this.transactions = transactions;
        this.pools = pools;
        this.alerts = alerts;
        this.clawbacks = clawbacks;
    }

    /** @return fails with the problem with which the allocation would be refused */
    Uni<AllocationCheck> allocate(Allocate request) {
        return transactions.snapshot(tx -> pool(tx, request.tenantId()).chain(pool -> {
            var now = BusinessTime.now();
            return Terms.at(tx, pool.tenantId(), now).chain(terms -> {
                throwIfAny(terms.refusal(request));
                var id = Ids.next(now);
                return TenantSettings.of(tx, request.tenantId()).chain(settings -> {
                    var lastDay = request.lastDay(settings.days().dayOf(now), settings.poolExpires());
                    var moved = moved(PlatformRules.allocate(pool, request.amount(), lastDay, id, id));
                    return check(tx, request, terms, moved, settings, now);
                });
            });
        }));
    }

    private Uni<AllocationCheck> check(
            Tx tx, Allocate request, Terms terms, Moved moved, TenantSettings settings, Instant now) {
        var tenant = request.tenantId();
        var entry = moved.entry();
        return alerts.budget(tx, tenant, request.amount(), now).chain(budget -> {
            var decision = AllocationService.decide(request.amount(), budget, settings, now);
            if (decision instanceof CapExceeded exceeded) {
                throw MovementProblems.of(exceeded).exception();
            }
            return alerts.ofAllocation(tx, tenant, request.amount(), budget, now)
                    .chain(expected -> sameReference(tx, request)
                            .map(used -> new AllocationCheck(
                                    tenant,
                                    request.amount(),
                                    entry.balanceAfter() - request.amount(),
                                    entry.balanceAfter(),
                                    entry.number(),
                                    terms.currency(),
                                    Price.text(terms.price()),
                                    Price.billed(terms.price(), terms.currency(), request.amount()),
                                    terms.contractRevision(),
                                    terms.poNumber(),
                                    terms.costCentre(),
                                    budget.orElse(null),
                                    expected,
                                    used.orElse(null),
                                    entry.lots().first(),
                                    decision instanceof TakesTwo)));
        });
    }

    /** @return fails with the problem with which the clawback would be refused */
    Uni<ClawbackCheck> clawBack(ClawBack request) {
        throwIfAny(request.fault());
        return transactions.snapshot(tx -> pool(tx, request.tenantId()).chain(pool -> {
            var now = BusinessTime.now();
            var id = Ids.next(now);
            long taken = request.taken(pool.free());
            var entry = moved(PlatformRules.clawBack(pool, taken, id, id)).entry();
            return clawbacks
                    .takesTwoPeople(tx, pool, taken, now)
                    .map(two -> new ClawbackCheck(
                            request.tenantId(),
                            taken,
                            request.asked(pool.free()) - taken,
                            pool.balance(),
                            entry.balanceAfter(),
                            entry.number(),
                            two,
                            two ? List.of() : alerts.ofClawback(request.tenantId(), id, taken, pool.balance())));
        }));
    }

    private Uni<Pool> pool(Tx tx, UUID tenantId) {
        return pools.read(tx, tenantId)
                .map(found ->
                        found.orElseThrow(() -> MovementProblems.unknownTenant().exception()));
    }

    private static Moved moved(Decision decision) {
        throwIfAny(MovementProblems.of(decision));
        return (Moved) decision;
    }

    private static void throwIfAny(@Nullable Problem refusal) {
        if (refusal != null) {
            throw refusal.exception();
        }
    }

    private static Uni<Optional<LastAllocation>> sameReference(Tx tx, Allocate request) {
        return tx.query(SAME_REFERENCE, request.tenantId(), request.referenceNote())
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.ofNullable(LastAllocation.of(rows.iterator().next())));
    }
}
