package io.points.allocation.allocation;

import io.points.allocation.allocation.Allocations.Details;
import io.points.allocation.allocation.Allocations.Moment;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalKind;
import io.points.allocation.proposal.ProposalService;
import io.points.allocation.proposal.ProposedAction;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes points back out of a pool. What one person may take alone is taken at once; more waits, reserved, for another one's decision.
 */
@ApplicationScoped
public class Clawbacks implements ProposedAction {

    private static final Duration OF_LATE = Duration.ofHours(24);

    private static final String CLAWED_BACK = """
            select least(1152921504606846976, coalesce(sum(amount), 0))::bigint as points from allocation_logs
            where tenant_id = $1 and id >= $2 and kind = 'clawback' and created_at > $3
            """;

    private final Allocations allocations;
    private final ProposalService proposals;
    private final Idempotency idempotency;
    private final ClawbackConfig config;

    Clawbacks(Allocations allocations, ProposalService proposals, Idempotency idempotency, ClawbackConfig config) {
        this.allocations = allocations;
        this.proposals = proposals;
        this.idempotency = idempotency;
        this.config = config;
    }

    /** @return 201 with the movement, or 202 with the proposal, which the outcome names */
    Uni<StoredResponse> clawBack(ClawBack request, Idempotency.@Nullable Key key, Envelope.Actor actor) {
        var fault = request.fault();
        if (fault != null) {
            throw fault.exception();
        }
        // What is credited are purchases, each at its own price and billed already: today's price limits nothing here.
        return allocations.move(request.tenantId(), key, (tx, pool, terms, moment) -> {
            long amount = request.taken(pool.free());
            var outcome = PlatformRules.clawBack(pool, amount, moment.allocationId(), moment.eventId());
            var refusal = MovementProblems.of(outcome);
            return refusal != null
                    ? allocations.refuse(refusal)
                    : takesTwoPeople(tx, pool, amount, moment.now())
                            .chain(two -> two
                                    ? propose(tx, pool, request, amount, moment.now(), actor)
                                    : allocations.conclude(
                                            tx,
                                            outcome,
                                            terms,
                                            moment,
                                            actor,
                                            Details.ofClawback(actor, request.reason())));
        });
    }

    private Uni<StoredResponse> propose(
            Tx tx, Pool pool, ClawBack request, long amount, Instant now, Envelope.Actor actor) {
        var wish = new ProposalService.Wish(kind(), amount, request.reserves(), request.reason());
        return proposals
                .propose(tx, pool, wish, now, actor)
                .map(proposal -> idempotency.answer(202, proposal).naming(proposal.proposalId()));
    }

    /** Whether somebody else must agree to a clawback of so many points. */
    Uni<Boolean> takesTwoPeople(Tx tx, Pool pool, long amount, Instant now) {
        var since = now.minus(OF_LATE);
        return tx.query(CLAWED_BACK, pool.tenantId(), Ids.first(since), since.atOffset(ZoneOffset.UTC))
                .map(rows -> PlatformRules.takesTwoPeople(
                        pool, amount, rows.iterator().next().getLong("points"), config.twoPeoplePercent()));
    }

    @Override
    public ProposalKind kind() {
        return ProposalKind.CLAWBACK;
    }

    /** Both people are in the audit log; the history names who has approved it. */
    @Override
    public Uni<UUID> carryOut(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by) {
        return take(tx, pool, proposal.amount(), proposal.reason(), now, by).map(Taken::allocationId);
    }

    /**
     * A clawback that was made.
     *
     * @param after the pool after it
     */
    public record Taken(UUID allocationId, Pool after) {}

    /**
     * Takes points that two people have decided about, at the price of this moment, as any clawback.
     *
     * @param pool locked
     * @param amount 1 … 10^12 points
     * @return fails with a problem if the pool holds less
     */
    public Uni<Taken> take(Tx tx, Pool pool, long amount, String reason, Instant now, Envelope.Actor by) {
        var moment = new Moment(Ids.next(now), Ids.next(now), now);
        var outcome = PlatformRules.clawBack(pool, amount, moment.allocationId(), moment.eventId());
        var refusal = MovementProblems.of(outcome);
        if (refusal != null) {
            throw refusal.exception();
        }
        var moved = (Moved) outcome;
        return Terms.at(tx, pool.tenantId(), now)
                .chain(terms -> allocations.write(tx, moved, terms, moment, by, Details.ofClawback(by, reason)))
                .map(done -> new Taken(done.allocationId(), moved.pool()));
    }
}
