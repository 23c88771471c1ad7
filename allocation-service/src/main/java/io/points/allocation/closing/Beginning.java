package io.points.allocation.closing;

import io.points.allocation.pool.Pool;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalKind;
import io.points.allocation.proposal.ProposedAction;
import io.points.allocation.tenant.TenantStatus;
import io.points.allocation.tenant.Tenants;
import io.points.contract.Envelope;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Begins a closing that a second person has approved: nothing is allocated or given from here on. */
@ApplicationScoped
class Beginning implements ProposedAction {

    private final Closings closings;
    private final Tenants tenants;

    Beginning(Closings closings, Tenants tenants) {
        this.closings = closings;
        this.tenants = tenants;
    }

    @Override
    public ProposalKind kind() {
        return ProposalKind.CLOSING;
    }

    @Override
    public Uni<UUID> carryOut(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by) {
        var id = proposal.proposalId();
        return closings.lock(tx, id)
                .call(closing -> ClosingService.requirePossible(tx, pool, closing.terms(), now))
                .call(() -> closings.begin(tx, id, now, UUID.fromString(by.id())))
                .chain(closing -> tenants.become(
                        tx,
                        pool.tenantId(),
                        TenantStatus.CLOSING,
                        revision -> new TenantClosing(
                                pool.tenantId(),
                                revision,
                                id,
                                closing.terms().earnedUntil(),
                                closing.terms().unspent(),
                                closing.terms().earnedThen(),
                                proposal.proposedBy()),
                        proposal.reason(),
                        now,
                        by))
                .replaceWith(id);
    }
}
