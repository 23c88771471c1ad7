package io.points.allocation.proposal;

import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.proposal.ProposalRules.Decided;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.ProposalOutcome;
import io.points.ledger.dates.Lots;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proposes and decides. A proposal and its reservation are one transaction; so are its end, the release and whatever follows from an
 * approval.
 */
@ApplicationScoped
public class ProposalService {

    private final Proposals proposals;
    private final Pools pools;
    private final Instance<ProposedAction> actions;

    ProposalService(Proposals proposals, Pools pools, Instance<ProposedAction> actions) {
        this.proposals = proposals;
        this.pools = pools;
        this.actions = actions;
    }

    /**
     * What is proposed.
     *
     * @param amount points that it is about; null if it is about no amount
     * @param reserves whether the points are out of the pool until it is decided
     */
    public record Wish(ProposalKind kind, @Nullable Long amount, boolean reserves, String reason) {}

    /** Writes a proposal of the caller's, with its reservation, and tells of both. The pool is locked, and holds the points. */
    public Uni<Proposal> propose(Tx tx, Pool pool, Wish wish, Instant now, Envelope.Actor by) {
        return propose(tx, pool, Ids.next(now), wish, UUID.fromString(by.id()), now, by);
    }

    /**
     * As above, under an id of the caller's choice.
     *
     * @param proposedBy who may not decide about it
     */
    public Uni<Proposal> propose(
            Tx tx, Pool pool, UUID id, Wish wish, UUID proposedBy, Instant now, Envelope.Actor by) {
        var made = new Proposal(
                id,
                pool.tenantId(),
                wish.kind(),
                wish.amount(),
                wish.amount() != null && wish.reserves() ? wish.amount() : 0,
                wish.reason(),
                ProposalState.PROPOSED,
                proposedBy,
                now,
                now.plus(wish.kind().life()),
                null,
                null,
                null,
                null);
        tx.send(
                Ids.derive(made.proposalId(), "PlatformMovementProposed"),
                new PlatformMovementProposed(
                        made.proposalId(), made.tenantId(), made.kind().word(), made.amount()),
                now,
                by);
        if (made.reserved() == 0) {
            return proposals.insert(tx, made, Lots.NONE).replaceWith(made);
        }
        var eventId = Ids.derive(made.proposalId(), "PoolReserved");
        var moved = PlatformRules.reserve(pool, made.reserved(), made.proposalId(), eventId);
        var entry = moved.entry();
        tx.send(
                eventId,
                new PoolReserved(
                        made.proposalId(),
                        made.tenantId(),
                        made.reserved(),
                        entry.balanceAfter(),
                        entry.number(),
                        entry.lots().told()),
                now,
                by);
        return proposals
                .insert(tx, made, entry.lots())
                .chain(() -> pools.save(tx, List.of(moved.pool()), List.of(entry), now))
                .replaceWith(made);
    }

    /** The tenant's proposal of that kind that waits for a second person. The tenant is locked. */
    public Uni<Optional<UUID>> open(Tx tx, UUID tenantId, ProposalKind kind) {
        return proposals.open(tx, tenantId, kind);
    }

    /** Ends all proposals about a tenant that nobody has decided about, as if their time were over: what they hold goes back to the pool. */
    public Uni<Void> expireAll(Tx tx, UUID tenantId) {
        return proposals.lockOpen(tx, tenantId).chain(open -> {
            var left = open.iterator();
            return Loop.run(() -> left.hasNext()
                    ? end(tx, left.next(), ProposalOutcome.EXPIRED, null, Envelope.Actor.SYSTEM)
                            .replaceWith(true)
                    : Uni.createFrom().item(false));
        });
    }

    /**
     * Decides about a proposal.
     *
     * @param outcome approved, rejected or withdrawn
     * @param reason why it is rejected
     * @return as it stands afterwards; fails with a 404 problem if there is none, with 409 if the caller may not decide, if it is
     *     decided, or if what is approved cannot be done
     */
    Uni<Proposal> decide(Tx tx, UUID id, ProposalOutcome outcome, @Nullable String reason, Envelope.Actor by) {
        return proposals.lock(tx, id).chain(proposal -> {
            var caller = UUID.fromString(by.id());
            var decision = ProposalRules.decide(proposal, outcome, caller, BusinessTime.now());
            var refusal = ProposalProblems.of(decision);
            if (refusal != null) {
                throw refusal.exception();
            }
            return decision instanceof Decided
                    ? end(tx, proposal, outcome, reason, by)
                    : Uni.createFrom().item(proposal);
        });
    }

    /**
     * Writes that the one whose time was over first has expired.
     *
     * @return whether there was one
     */
    Uni<Boolean> expire(Tx tx, Instant now) {
        return proposals
                .lockOver(tx, now)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : end(tx, found.get(), ProposalOutcome.EXPIRED, null, Envelope.Actor.SYSTEM)
                                .replaceWith(true));
    }

    /** Under the locks of the proposal and the pool, so that times follow entry numbers. */
    private Uni<Proposal> end(
            Tx tx, Proposal proposal, ProposalOutcome outcome, @Nullable String reason, Envelope.Actor by) {
        return pools.lock(tx, List.of(proposal.tenantId())).chain(locked -> {
            var now = BusinessTime.now();
            return release(tx, locked.get(proposal.tenantId()), proposal, now, by)
                    .chain(pool -> carryOut(tx, proposal, outcome, pool, now, by))
                    .chain(result -> {
                        tx.send(
                                Ids.derive(proposal.proposalId(), "PlatformMovementDecided"),
                                new PlatformMovementDecided(
                                        proposal.proposalId(),
                                        proposal.tenantId(),
                                        proposal.kind().word(),
                                        outcome,
                                        result.orElse(null)),
                                now,
                                by);
                        return proposals.decide(
                                tx,
                                proposal.proposalId(),
                                ProposalState.of(outcome),
                                by.id() == null ? null : UUID.fromString(by.id()),
                                now,
                                reason,
                                result.orElse(null));
                    });
        });
    }

    /** Whatever was decided, the points are in the pool again first: what follows takes them out as ever. */
    private Uni<Pool> release(Tx tx, Pool pool, Proposal proposal, Instant now, Envelope.Actor by) {
        if (proposal.reserved() == 0) {
            return Uni.createFrom().item(pool);
        }
        return proposals.lots(tx, proposal.proposalId()).chain(lots -> {
            var eventId = Ids.derive(proposal.proposalId(), "PoolReleased");
            var moved = PlatformRules.release(pool, proposal.reserved(), lots, proposal.proposalId(), eventId);
            var entry = moved.entry();
            tx.send(
                    eventId,
                    new PoolReleased(
                            proposal.proposalId(),
                            proposal.tenantId(),
                            proposal.reserved(),
                            entry.balanceAfter(),
                            entry.number(),
                            entry.lots().told()),
                    now,
                    by);
            return pools.save(tx, List.of(moved.pool()), List.of(entry), now).replaceWith(moved.pool());
        });
    }

    private Uni<Optional<UUID>> carryOut(
            Tx tx, Proposal proposal, ProposalOutcome outcome, Pool pool, Instant now, Envelope.Actor by) {
        if (outcome != ProposalOutcome.APPROVED) {
            return Uni.createFrom().item(Optional.empty());
        }
        var action = actions.stream()
                .filter(it -> it.kind() == proposal.kind())
                .findFirst()
                .orElseThrow();
        return action.carryOut(tx, proposal, pool, now, by).map(Optional::of);
    }
}
