package io.points.allocation.allocation;

import io.points.allocation.alert.BudgetStanding;
import io.points.allocation.alert.MovementAlerts;
import io.points.allocation.allocation.AllocationRules.CapExceeded;
import io.points.allocation.allocation.AllocationRules.Decision;
import io.points.allocation.allocation.AllocationRules.TakesTwo;
import io.points.allocation.allocation.Allocations.Details;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.Pool;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Allocates points for a platform admin: at once, or, if that takes two, once a second one has approved it. */
@ApplicationScoped
class AllocationService {

    private final Allocations allocations;
    private final ProposedAllocations proposed;
    private final MovementAlerts alerts;
    private final Idempotency idempotency;

    AllocationService(
            Allocations allocations, ProposedAllocations proposed, MovementAlerts alerts, Idempotency idempotency) {
        this.allocations = allocations;
        this.proposed = proposed;
        this.alerts = alerts;
        this.idempotency = idempotency;
    }

    /** @return 201 with the movement, or 202 with the proposal, which the outcome names */
    Uni<StoredResponse> allocate(Allocate request, Idempotency.@Nullable Key key, Envelope.Actor actor) {
        return allocations.move(request.tenantId(), key, (tx, pool, terms, moment) -> {
            var refusal = terms.refusal(request);
            if (refusal != null) {
                return allocations.refuse(refusal);
            }
            return TenantSettings.of(tx, request.tenantId()).chain(settings -> {
                var now = moment.now();
                var lastDay = request.lastDay(settings.days().dayOf(now), settings.poolExpires());
                var outcome = PlatformRules.allocate(
                        pool, request.amount(), lastDay, moment.allocationId(), moment.eventId());
                var impossible = MovementProblems.of(outcome);
                if (impossible != null) {
                    return allocations.refuse(impossible);
                }
                return decide(tx, request, settings, now).chain(decision -> {
                    if (decision instanceof CapExceeded exceeded) {
                        return allocations.refuse(MovementProblems.of(exceeded));
                    }
                    var details = Details.ofAllocation(actor, request.referenceNote());
                    return decision instanceof TakesTwo
                            ? propose(tx, pool, request, now, actor)
                            : allocations.conclude(tx, outcome, terms, moment, actor, details);
                });
            });
        });
    }

    private Uni<StoredResponse> propose(Tx tx, Pool pool, Allocate request, Instant now, Envelope.Actor actor) {
        return proposed.propose(tx, pool, request, now, actor)
                .map(proposal -> idempotency.answer(202, proposal).naming(proposal.proposalId()));
    }

    private Uni<Decision> decide(Tx tx, Allocate request, TenantSettings settings, Instant now) {
        return alerts.budget(tx, request.tenantId(), request.amount(), now)
                .map(standing -> decide(request.amount(), standing, settings, now));
    }

    /** Months are calendar months in UTC, as billing's are. */
    static Decision decide(long amount, Optional<BudgetStanding> standing, TenantSettings settings, Instant now) {
        return AllocationRules.decide(
                amount,
                standing.orElse(null),
                settings.approveAllocationsAbove(),
                YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    }
}
