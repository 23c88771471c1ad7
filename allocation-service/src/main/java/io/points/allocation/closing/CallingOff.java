package io.points.allocation.closing;

import io.points.allocation.pool.Pool;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalKind;
import io.points.allocation.proposal.ProposedAction;
import io.points.allocation.tenant.TenantStatus;
import io.points.allocation.tenant.Tenants;
import io.points.contract.Envelope;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Calls a closing off, as a second person has approved: the tenant is active again. What has gone back to the pool stays there. */
@ApplicationScoped
class CallingOff implements ProposedAction {

    private final Closings closings;
    private final Tenants tenants;

    CallingOff(Closings closings, Tenants tenants) {
        this.closings = closings;
        this.tenants = tenants;
    }

    @Override
    public ProposalKind kind() {
        return ProposalKind.CALLING_OFF;
    }

    @Override
    public Uni<UUID> carryOut(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by) {
        return closings.lockUnderWay(tx, pool.tenantId())
                .map(found ->
                        found.orElseThrow(() -> ClosingProblems.notClosing().exception()))
                .call(closing -> ClosingService.requireNotTooLate(tx, closing, now))
                .call(closing -> closings.callOff(tx, closing.id(), now))
                .chain(closing -> tenants.become(
                        tx,
                        pool.tenantId(),
                        TenantStatus.ACTIVE,
                        revision -> new TenantClosingCalledOff(pool.tenantId(), revision, closing.id()),
                        proposal.reason(),
                        now,
                        by))
                .replaceWith(proposal.proposalId());
    }
}
