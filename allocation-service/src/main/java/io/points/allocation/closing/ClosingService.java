package io.points.allocation.closing;

import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalKind;
import io.points.allocation.proposal.ProposalService;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Proposes that a tenant is closed, and that this is called off; {@link ClosingActions} does it. */
@ApplicationScoped
class ClosingService {

    private final Pools pools;
    private final Closings closings;
    private final ClosingViews views;
    private final ProposalService proposals;

    ClosingService(Pools pools, Closings closings, ClosingViews views, ProposalService proposals) {
        this.pools = pools;
        this.closings = closings;
        this.views = views;
        this.proposals = proposals;
    }

    /** @return what it would do; fails with the problem with which it would be refused */
    Uni<ClosingCheck> check(Tx tx, UUID tenantId, ClosingTerms terms) {
        return pools.read(tx, tenantId)
                .map(found ->
                        found.orElseThrow(() -> ClosingProblems.unknownTenant().exception()))
                .chain(pool -> requirePossible(tx, pool, terms, BusinessTime.now()))
                .chain(() -> views.check(tx, tenantId, terms));
    }

    /** @return fails with a 404, 409 or 422 problem if it cannot be */
    Uni<ClosingView> propose(Tx tx, UUID tenantId, ClosingTerms terms, String reason, Envelope.Actor by) {
        return lock(tx, tenantId).chain(pool -> {
            var now = BusinessTime.now();
            var wish = new ProposalService.Wish(ProposalKind.CLOSING, null, false, reason);
            return requirePossible(tx, pool, terms, now)
                    .chain(() -> requireNotProposed(tx, tenantId, ProposalKind.CLOSING))
                    .chain(() -> proposals.propose(tx, pool, wish, now, by))
                    .chain(made -> closings.insert(tx, Closing.proposed(made.proposalId(), tenantId, terms)))
                    .chain(() -> views.newest(tx, tenantId));
        });
    }

    /** @return fails with a 404 or 409 problem if it cannot be */
    Uni<Proposal> proposeToCallOff(Tx tx, UUID tenantId, String reason, Envelope.Actor by) {
        return lock(tx, tenantId).chain(pool -> {
            var now = BusinessTime.now();
            var wish = new ProposalService.Wish(ProposalKind.CALLING_OFF, null, false, reason);
            return closings.underWay(tx, tenantId)
                    .map(found ->
                            found.orElseThrow(() -> ClosingProblems.notClosing().exception()))
                    .chain(closing -> requireNotTooLate(tx, closing, now))
                    .chain(() -> requireNotProposed(tx, tenantId, ProposalKind.CALLING_OFF))
                    .chain(() -> proposals.propose(tx, pool, wish, now, by));
        });
    }

    /**
     * Asks distribution-service to delete what is known of the people of a closed tenant. As long as it is not done each request is published,
     * so that a repeat helps where one was lost.
     *
     * @return fails with a 404 problem if there is no such tenant, 409 if it has not been closed for 30 days
     */
    Uni<ClosingView> erasePeople(Tx tx, UUID tenantId, Envelope.Actor by) {
        return lock(tx, tenantId)
                .chain(pool -> closings.lockUnderWay(tx, tenantId))
                .chain(found -> {
                    var closing = found.filter(it -> it.closedAt() != null)
                            .orElseThrow(() -> ClosingProblems.notClosed().exception());
                    var now = BusinessTime.now();
                    var from = ClosingRules.erasableFrom(closing.closedAt());
                    if (now.isBefore(from)) {
                        throw ClosingProblems.erasableFrom(from).exception();
                    }
                    if (closing.peopleErasedAt() != null) {
                        return views.newest(tx, tenantId);
                    }
                    tx.send(Ids.next(now), new PeopleErasureRequested(tenantId, closing.id()), now, by);
                    return closings.requestErasure(tx, closing.id(), now).chain(() -> views.newest(tx, tenantId));
                });
    }

    private Uni<Pool> lock(Tx tx, UUID tenantId) {
        return pools.lock(tx, List.of(tenantId)).map(locked -> {
            var pool = locked.get(tenantId);
            if (pool == null) {
                throw ClosingProblems.unknownTenant().exception();
            }
            return pool;
        });
    }

    private Uni<Void> requireNotProposed(Tx tx, UUID tenantId, ProposalKind kind) {
        return proposals
                .open(tx, tenantId, kind)
                .invoke(open -> {
                    if (open.isPresent()) {
                        throw ClosingProblems.proposedAlready(open.get()).exception();
                    }
                })
                .replaceWithVoid();
    }

    /** The terms are judged by the day on which somebody looks: so also when they are approved. */
    static Uni<Void> requirePossible(Tx tx, Pool pool, ClosingTerms terms, Instant now) {
        if (pool.status().ends()) {
            throw ClosingProblems.ends(pool.status()).exception();
        }
        return today(tx, pool.tenantId(), now)
                .invoke(today -> {
                    var faults = ClosingRules.faults(terms, today);
                    if (!faults.isEmpty()) {
                        throw ClosingProblems.invalid(faults).exception();
                    }
                })
                .replaceWithVoid();
    }

    static Uni<Void> requireNotTooLate(Tx tx, Closing closing, Instant now) {
        return today(tx, closing.tenantId(), now)
                .invoke(today -> {
                    if (!ClosingRules.canBeCalledOff(closing, today)) {
                        throw ClosingProblems.tooLate().exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<LocalDate> today(Tx tx, UUID tenantId, Instant now) {
        return TenantSettings.of(tx, tenantId).map(settings -> LocalDate.ofInstant(now, settings.zone()));
    }
}
