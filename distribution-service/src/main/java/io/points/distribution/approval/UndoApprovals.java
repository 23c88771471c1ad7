package io.points.distribution.approval;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.ProposalOutcome;
import io.points.contract.WalletEvent.UndoDecided;
import io.points.contract.WalletEvent.UndoProposed;
import io.points.distribution.approval.ApprovalRules.Decided;
import io.points.distribution.approval.ApprovalRules.Wish;
import io.points.distribution.approval.ApprovalService.Decider;
import io.points.distribution.policy.Policies;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What takes two people to be taken back: one proposes it, another decides. The proposal's row is locked first, so that of two decisions the
 * second finds the first; what follows from an approval is in its transaction.
 */
@ApplicationScoped
public class UndoApprovals {

    static final String ROUTE = "/api/approvals/undos/";

    private final UndoProposals proposals;
    private final Policies policies;
    private final ApprovalService approvals;
    private final Idempotency idempotency;
    private final Instance<ProposedUndo> undos;

    UndoApprovals(
            UndoProposals proposals,
            Policies policies,
            ApprovalService approvals,
            Idempotency idempotency,
            Instance<ProposedUndo> undos) {
        this.proposals = proposals;
        this.policies = policies;
        this.approvals = approvals;
        this.idempotency = idempotency;
        this.undos = undos;
    }

    /**
     * What somebody wants to take back.
     *
     * @param amount points of its awards that have not been taken back
     * @param possibleUntil until when managers can take it back
     */
    public record Wanted(
            UUID tenantId,
            DistributionKind kind,
            UUID distributionId,
            long amount,
            UndoMode mode,
            String reason,
            Envelope.Actor actor,
            Instant possibleUntil) {}

    /** Whether taking so many points back at once takes two people. */
    public Uni<Boolean> areNeeded(Tx tx, UUID tenantId, long amount) {
        return policies.undoTakesTwoPeople(tx, tenantId, amount);
    }

    /** Why the award or the batch cannot be taken back at the moment: that waits for approval already. */
    public Uni<Optional<Problem>> refusal(Tx tx, UUID distributionId) {
        return proposals.open(tx, distributionId).map(open -> open.map(UndoApprovals::proposedAlready));
    }

    /** Has it wait for a second person. The answer is the proposal, which the outcome names; or that another one waits. */
    public Uni<StoredResponse> propose(Tx tx, Wanted wanted) {
        var now = BusinessTime.now();
        var made = UndoProposal.open(
                Ids.next(now),
                wanted.tenantId(),
                wanted.kind(),
                wanted.distributionId(),
                wanted.amount(),
                wanted.mode(),
                wanted.reason(),
                wanted.actor(),
                now,
                UndoRules.expiry(now, wanted.possibleUntil()));
        return proposals.insert(tx, made).chain(isFirst -> {
            if (!isFirst) {
                return refusal(tx, wanted.distributionId()).map(problem -> idempotency.refusal(problem.orElseThrow()));
            }
            tx.send(
                    Ids.derive(made.proposalId(), UndoProposed.class.getSimpleName()),
                    new UndoProposed(
                            made.distributionId(), made.tenantId(), made.proposalId(), made.kind(), made.amount()),
                    now,
                    made.actor());
            return Uni.createFrom().item(idempotency.answer(202, made).naming(made.proposalId()));
        });
    }

    /** The response that a kept answer makes; that to a proposal says where it is. */
    public static Response response(StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create(ROUTE + outcome.resource()));
        }
        return response.build();
    }

    /**
     * @param reason why it is rejected
     * @return what has become of it; fails with a problem if it cannot be decided so, or cannot be taken back any more
     */
    Uni<UndoProposal> decide(Tx tx, UUID id, Wish wish, @Nullable String reason, Decider by) {
        return proposals
                .lock(tx, by.tenantId(), id)
                .map(found -> visible(found, by))
                .chain(asked -> proposals
                        .received(tx, asked.distributionId(), by.id())
                        .chain(received -> {
                            var decision = UndoRules.decide(asked, wish, by.id(), received, BusinessTime.now());
                            var refused = ApprovalProblems.of(decision);
                            if (refused != null) {
                                throw refused.exception();
                            }
                            return decision instanceof Decided decided
                                    ? approvals
                                            .mayDecide(tx, by)
                                            .chain(() -> end(tx, asked, decided.state(), reason, by.actor()))
                                    : Uni.createFrom().item(asked);
                        }));
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
                        : end(tx, found.get(), ApprovalState.EXPIRED, null, Envelope.Actor.SYSTEM)
                                .replaceWith(true));
    }

    /** Fails with a 404 problem if there is none, or it is none of the viewer's business. */
    Uni<UndoProposal> view(Tx tx, UUID id, Decider viewer) {
        return proposals.find(tx, viewer.tenantId(), id).map(found -> visible(found, viewer));
    }

    /** Newest first. */
    Uni<List<UndoProposal>> page(Tx tx, UUID tenantId, boolean open, @Nullable UUID askedBy, UUID before, int most) {
        return proposals.page(tx, tenantId, open, askedBy, before, most);
    }

    /** The row is written last: whoever asks for the same meanwhile holds the award, and must not wait for this. */
    private Uni<UndoProposal> end(
            Tx tx, UndoProposal asked, ApprovalState state, @Nullable String reason, Envelope.Actor by) {
        return carryOut(tx, asked, state).chain(() -> {
            var now = BusinessTime.now();
            tx.send(
                    Ids.derive(asked.proposalId(), UndoDecided.class.getSimpleName()),
                    new UndoDecided(
                            asked.distributionId(),
                            asked.tenantId(),
                            asked.proposalId(),
                            ProposalOutcome.valueOf(state.name())),
                    now,
                    by);
            return proposals.decide(
                    tx, asked.proposalId(), state, by.id() == null ? null : UUID.fromString(by.id()), now, reason);
        });
    }

    private Uni<Void> carryOut(Tx tx, UndoProposal asked, ApprovalState state) {
        return state == ApprovalState.APPROVED
                ? undos.stream()
                        .filter(undo -> undo.of() == asked.kind())
                        .findFirst()
                        .orElseThrow()
                        .carryOut(tx, asked)
                : Uni.createFrom().voidItem();
    }

    private static UndoProposal visible(Optional<UndoProposal> found, Decider by) {
        return found.filter(it -> by.isManager() || it.requestedBy().equals(by.id()))
                .orElseThrow(() -> Problem.notFound("proposal").exception());
    }

    private static Problem proposedAlready(UndoProposal open) {
        return Problem.of(
                        409,
                        ProblemType.UNDO_PROPOSED_ALREADY.slug(),
                        ProblemType.UNDO_PROPOSED_ALREADY.meaning(),
                        "Another manager has to approve it. Whoever has asked for it can withdraw it.")
                .with("proposal_id", open.proposalId());
    }
}
