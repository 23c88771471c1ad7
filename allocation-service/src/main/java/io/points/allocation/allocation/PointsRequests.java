package io.points.allocation.allocation;

import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalService;
import io.points.allocation.tenant.TenantProblems;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What managers ask the platform for: proposals to allocate that platform admins decide about. Nothing is reserved or moved by asking. */
@ApplicationScoped
class PointsRequests {

    private final Pools pools;
    private final ProposalService proposals;
    private final ProposedAllocations proposed;

    PointsRequests(Pools pools, ProposalService proposals, ProposedAllocations proposed) {
        this.pools = pools;
        this.proposals = proposals;
        this.proposed = proposed;
    }

    /**
     * Asks for points. The pool's lock has those who ask at once come one by one, so that the limit holds.
     *
     * @return fails with a 404 problem if there is no such tenant, with 409 if it is being closed or has asked often enough
     */
    Uni<PointsRequest> ask(Tx tx, UUID tenantId, long amount, String note, Envelope.Actor by) {
        return pools.lock(tx, List.of(tenantId))
                .map(locked -> requireOpen(locked.get(tenantId)))
                .chain(pool -> ask(tx, pool, amount, note, by))
                .map(PointsRequest::of);
    }

    private Uni<Proposal> ask(Tx tx, Pool pool, long amount, String note, Envelope.Actor by) {
        return proposals.openRequests(tx, pool.tenantId()).chain(open -> {
            requireFew(open);
            return proposed.ask(tx, pool, amount, note, BusinessTime.now(), by);
        });
    }

    private static Pool requireOpen(@Nullable Pool pool) {
        if (pool == null) {
            throw Problem.notFound("tenant").exception();
        }
        if (pool.status().ends()) {
            throw TenantProblems.ends(pool.status(), "Nothing is allocated to it any more.")
                    .exception();
        }
        return pool;
    }

    private static void requireFew(long open) {
        if (open >= PointsRequest.MOST_OPEN) {
            throw Problem.of(
                            409,
                            ProblemType.TOO_MANY_OPEN_REQUESTS.slug(),
                            "Too many of the tenant's requests for points are open",
                            "The tenant has " + open
                                    + " open requests; more can be made when these are decided or withdrawn.")
                    .exception();
        }
    }
}
