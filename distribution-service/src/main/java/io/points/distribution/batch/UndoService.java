package io.points.distribution.batch;

import io.points.contract.DistributionKind;
import io.points.distribution.approval.ProposedUndo;
import io.points.distribution.approval.UndoApprovals;
import io.points.distribution.approval.UndoMode;
import io.points.distribution.approval.UndoProposal;
import io.points.distribution.award.ReversalConfig;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.InTime;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Takes the undo of a batch on behalf of the caller. What can be refused is refused with the request, which locks no award; {@link UndoRound}
 * takes them back, and decides afresh by what it locks. A large one waits for a second person first. The tenant comes from the token.
 */
@ApplicationScoped
class UndoService implements ProposedUndo {

    private final Transactions transactions;
    private final Idempotency idempotency;
    private final BatchUndos undos;
    private final UndoRound round;
    private final BatchResponses responses;
    private final UndoApprovals approvals;
    private final ReversalConfig config;
    private final Caller caller;

    UndoService(
            Transactions transactions,
            Idempotency idempotency,
            BatchUndos undos,
            UndoRound round,
            BatchResponses responses,
            UndoApprovals approvals,
            ReversalConfig config,
            Caller caller) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.undos = undos;
        this.round = round;
        this.responses = responses;
        this.approvals = approvals;
        this.config = config;
        this.caller = caller;
    }

    Uni<Response> undo(UUID batch, UndoMode mode, String reason, CommandHeaders headers, Object body) {
        var undo = BatchUndo.first(batch, caller.tenantId(), mode, reason, caller.actor(), BusinessTime.now());
        var key = idempotency.key(
                headers.idempotencyKey, undo.tenantId().toString(), caller.id(), "POST", headers.uri.getPath(), body);
        var accepted = transactions
                .write(tx -> idempotency.once(
                        tx,
                        key,
                        () -> plan(
                                tx,
                                undo,
                                problem -> Uni.createFrom().item(idempotency.refusal(problem)),
                                (found, plan) -> accept(tx, undo, found, plan))))
                .invoke(round::wake);
        return responses.respondToUndo(undo.tenantId(), headers.prefer, accepted);
    }

    /** What would come of it. Moves nothing. */
    Uni<UndoCheck> check(UUID batch, UndoMode mode, String reason) {
        var undo = BatchUndo.first(batch, caller.tenantId(), mode, reason, caller.actor(), BusinessTime.now());
        return InTime.orFail(transactions.snapshot(tx -> plan(tx, undo, UndoService::failed, (found, plan) -> approvals
                .areNeeded(tx, undo.tenantId(), plan.sums().outstanding())
                .map(needed -> UndoCheck.of(batch, mode, plan, needed)))));
    }

    @Override
    public DistributionKind of() {
        return DistributionKind.BATCH;
    }

    @Override
    public Uni<Void> carryOut(Tx tx, UndoProposal proposal) {
        var undo = BatchUndo.first(
                proposal.distributionId(),
                proposal.tenantId(),
                proposal.mode(),
                proposal.reason(),
                proposal.actor(),
                BusinessTime.now());
        tx.afterCommit(round::wake);
        return judge(tx, undo, UndoService::failed, (batch, plan) -> undos.insert(tx, undo))
                .chain(isFirst -> isFirst
                        ? Uni.createFrom().voidItem()
                        : alreadyUndone(tx, undo).chain(UndoService::failed));
    }

    private static <T> Uni<T> failed(Problem problem) {
        return Uni.createFrom().failure(problem.exception());
    }

    /** As below, unless it waits for approval already. */
    private <T> Uni<T> plan(
            Tx tx,
            BatchUndo undo,
            Function<Problem, Uni<T>> refused,
            BiFunction<BatchUndos.Undoable, UndoPlan, Uni<T>> planned) {
        return judge(tx, undo, refused, (batch, plan) -> approvals
                .refusal(tx, undo.batchId())
                .chain(waits -> waits.isPresent() ? refused.apply(waits.get()) : planned.apply(batch, plan)));
    }

    private <T> Uni<T> judge(
            Tx tx,
            BatchUndo undo,
            Function<Problem, Uni<T>> refused,
            BiFunction<BatchUndos.Undoable, UndoPlan, Uni<T>> planned) {
        return undos.find(tx, undo.tenantId(), undo.batchId())
                .map(found -> found.orElseThrow(() -> Problem.notFound("batch").exception()))
                .chain(batch -> undos.look(tx, undo.batchId()).chain(receivers -> {
                    var plan = UndoPlan.of(receivers.arrived());
                    return refusal(batch, receivers, undo.createdAt())
                            .or(() -> plan.refusal(undo.mode()))
                            .map(refused)
                            .orElseGet(() -> planned.apply(batch, plan));
                }));
    }

    /** Why nothing can be taken back, whatever the wallets hold. */
    private Optional<Problem> refusal(BatchUndos.Undoable batch, BatchUndos.Receivers receivers, Instant now) {
        if (batch.isUndone()) {
            return Optional.of(undone(batch.undoneBy()));
        }
        if (receivers.areOpen() || receivers.arrived().isEmpty()) {
            return Optional.of(problem(
                            ProblemType.NOT_COMPLETED,
                            receivers.areOpen()
                                    ? "Some of its awards have not arrived yet. Try again once the batch has completed."
                                    : "None of its awards has completed, so that there is nothing to take back.")
                    .with("state", receivers.areOpen() ? "ACCEPTED" : "REFUSED"));
        }
        var until = batch.createdAt().plus(config.managerWithin());
        return now.isAfter(until)
                ? Optional.of(problem(
                                ProblemType.REVERSAL_TOO_LATE,
                                "This batch could be undone until " + until + "; no points were moved.")
                        .with("until", until))
                : Optional.empty();
    }

    private Uni<StoredResponse> accept(Tx tx, BatchUndo undo, BatchUndos.Undoable batch, UndoPlan plan) {
        long amount = plan.sums().outstanding();
        return approvals
                .areNeeded(tx, undo.tenantId(), amount)
                .chain(needed -> needed
                        ? approvals.propose(
                                tx,
                                new UndoApprovals.Wanted(
                                        undo.tenantId(),
                                        DistributionKind.BATCH,
                                        undo.batchId(),
                                        amount,
                                        undo.mode(),
                                        undo.reason(),
                                        undo.actor(),
                                        batch.createdAt().plus(config.managerWithin())))
                        : insert(tx, undo));
    }

    private Uni<StoredResponse> insert(Tx tx, BatchUndo undo) {
        return undos.insert(tx, undo)
                .chain(isFirst -> isFirst
                        ? Uni.createFrom().item(StoredResponse.of(undo.batchId()))
                        : alreadyUndone(tx, undo).map(idempotency::refusal));
    }

    private Uni<Problem> alreadyUndone(Tx tx, BatchUndo undo) {
        return undos.find(tx, undo.tenantId(), undo.batchId())
                .map(found -> undone(found.orElseThrow().undoneBy()));
    }

    private static Problem undone(UUID by) {
        return problem(ProblemType.ALREADY_UNDONE, "It can be undone only once; no points were moved.")
                .with("undone_by", by);
    }

    private static Problem problem(ProblemType type, String detail) {
        return Problem.of(409, type.slug(), type.meaning(), detail);
    }
}
