package io.points.allocation.proposal;

import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.proposal.ProposalRules.Decided;
import io.points.allocation.proposal.ProposalRules.Decision;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PlatformApprovalGiven;
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
     * @param note why a manager of the tenant asks for it; null if it is a platform admin who proposes it
     */
    public record Wish(
            ProposalKind kind,
            @Nullable Long amount,
            boolean reserves,
            String reason,
            @Nullable String note) {

        /** A platform admin's. */
        public Wish(ProposalKind kind, @Nullable Long amount, boolean reserves, String reason) {
            this(kind, amount, reserves, reason, null);
        }
    }

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
                wish.note() != null,
                wish.note(),
                ProposalState.PROPOSED,
                proposedBy,
                now,
                now.plus(wish.kind().life()),
                null,
                null,
                null,
                null,
                null,
                null);
        tx.send(
                Ids.derive(made.proposalId(), "PlatformMovementProposed"),
                new PlatformMovementProposed(
                        made.proposalId(),
                        made.tenantId(),
                        made.kind().word(),
                        made.amount(),
                        made.askedByTenant() ? true : null),
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

    /** What managers of a tenant ask for, and have asked for, the newest first, before an id. */
    public Uni<List<Proposal>> requests(Tx tx, UUID tenantId, UUID before, int rows) {
        return proposals.requests(tx, tenantId, before, rows);
    }

    /** How many requests of a tenant wait for a decision. The tenant is locked. */
    public Uni<Long> openRequests(Tx tx, UUID tenantId) {
        return proposals.openRequests(tx, tenantId);
    }

    /** @return fails with a 404 problem if no manager of that tenant has asked for it */
    public Uni<Proposal> request(Tx tx, UUID tenantId, UUID id) {
        return proposals.findRequest(tx, tenantId, id);
    }

    /**
     * Withdraws what a manager of the tenant has asked for.
     *
     * @return as it stands afterwards; fails with a 404 problem if none of them has, with 409 if it is decided
     */
    public Uni<Proposal> withdrawRequest(Tx tx, UUID tenantId, UUID id, Envelope.Actor by) {
        return proposals
                .lockRequest(tx, tenantId, id)
                .chain(request -> follow(
                        tx,
                        request,
                        ProposalRules.withdrawRequest(request, UUID.fromString(by.id()), BusinessTime.now()),
                        ProposalOutcome.WITHDRAWN,
                        null,
                        by));
    }

    /**
     * Deletes what was written to and by whoever asked for points.
     *
     * @param userId null for all managers of the tenant
     */
    public Uni<Void> eraseRequests(Tx tx, UUID tenantId, @Nullable UUID userId) {
        return proposals.erase(tx, tenantId, userId);
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
     * @return as it stands afterwards, still proposed if one more must approve it; fails with a 404 problem if there is none, with 409 if the
     *     caller may not decide, if it is decided, or if what is approved cannot be done
     */
    Uni<Proposal> decide(Tx tx, UUID id, ProposalOutcome outcome, @Nullable String reason, Envelope.Actor by) {
        return proposals
                .lock(tx, id)
                .chain(proposal -> follow(
                        tx,
                        proposal,
                        ProposalRules.decide(proposal, outcome, UUID.fromString(by.id()), BusinessTime.now()),
                        outcome,
                        reason,
                        by));
    }

    private Uni<Proposal> follow(
            Tx tx,
            Proposal proposal,
            Decision decision,
            ProposalOutcome outcome,
            @Nullable String reason,
            Envelope.Actor by) {
        var refusal = ProposalProblems.of(decision);
        if (refusal != null) {
            throw refusal.exception();
        }
        if (!(decision instanceof Decided)) {
            return Uni.createFrom().item(proposal);
        }
        return outcome == ProposalOutcome.APPROVED && proposal.askedByTenant()
                ? approveRequest(tx, proposal, by)
                : end(tx, proposal, outcome, reason, by);
    }

    /** Does what a manager asks for, or notes that one of two has approved it. */
    private Uni<Proposal> approveRequest(Tx tx, Proposal request, Envelope.Actor by) {
        return pools.lock(tx, List.of(request.tenantId())).chain(locked -> {
            var now = BusinessTime.now();
            return action(request.kind())
                    .takesTwo(tx, request, locked.get(request.tenantId()), now, by)
                    .chain(takesTwo -> ProposalRules.needsAnother(request, takesTwo)
                            ? approveFirst(tx, request, now, by)
                            : end(tx, request, ProposalOutcome.APPROVED, null, by));
        });
    }

    private Uni<Proposal> approveFirst(Tx tx, Proposal request, Instant now, Envelope.Actor by) {
        tx.send(
                Ids.derive(request.proposalId(), "PlatformApprovalGiven"),
                new PlatformApprovalGiven(
                        request.proposalId(), request.tenantId(), request.kind().word()),
                now,
                by);
        return proposals.approveFirst(tx, request.proposalId(), UUID.fromString(by.id()), now);
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
        return action(proposal.kind()).carryOut(tx, proposal, pool, now, by).map(Optional::of);
    }

    private ProposedAction action(ProposalKind kind) {
        return actions.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
    }
}
