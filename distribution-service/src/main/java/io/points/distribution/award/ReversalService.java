package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.approval.ProposedUndo;
import io.points.distribution.approval.UndoApprovals;
import io.points.distribution.approval.UndoMode;
import io.points.distribution.approval.UndoProposal;
import io.points.distribution.award.ReversalRules.Shortfall;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.pool.PoolProjection;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.CompletionRegistry;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Reversal;
import io.points.distribution.saga.Reversals;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.InTime;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes an award back on behalf of the caller. The award's row is locked first, so that of two reversals the second finds the first;
 * then the giver, whose budget may get the points; then the wallets. A large one waits for a second person first.
 */
@ApplicationScoped
class ReversalService implements ProposedUndo {

    private final AwardResponses responses;
    private final Idempotency idempotency;
    private final Transactions transactions;
    private final Distributions distributions;
    private final Reversals reversals;
    private final Directory directory;
    private final Wallets wallets;
    private final PoolProjection pools;
    private final CompletionRegistry completions;
    private final UndoApprovals approvals;
    private final ReversalConfig config;
    private final Caller caller;

    ReversalService(
            AwardResponses responses,
            Idempotency idempotency,
            Transactions transactions,
            Distributions distributions,
            Reversals reversals,
            Directory directory,
            Wallets wallets,
            PoolProjection pools,
            CompletionRegistry completions,
            UndoApprovals approvals,
            ReversalConfig config,
            Caller caller) {
        this.responses = responses;
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.distributions = distributions;
        this.reversals = reversals;
        this.directory = directory;
        this.wallets = wallets;
        this.pools = pools;
        this.completions = completions;
        this.approvals = approvals;
        this.config = config;
        this.caller = caller;
    }

    /**
     * What is asked for, and by whom.
     *
     * @param first stands for the reversal until it is known what it takes
     */
    private record Request(Distribution first, UUID award, Shortfall shortfall, boolean byManager, Duration within) {}

    /**
     * An award that can be reversed, with what that depends on.
     *
     * @param dates until when the award's points could be used
     * @param wallets that of the receiver, and the giver's budget if that gets the points
     */
    private record Found(Distribution award, Reversal.Dates dates, boolean toBudget, Map<Wallet.Key, Wallet> wallets) {

        long held() {
            var key = award.creditedWallet();
            return wallets.getOrDefault(key, Wallet.empty(key)).balance();
        }

        Optional<Reversal> reversal(Request request, Instant now) {
            var asked = request.first();
            return ReversalRules.amount(award, held(), request.shortfall())
                    .map(amount -> Reversal.of(
                            asked.id(),
                            now,
                            award,
                            dates,
                            toBudget,
                            amount,
                            asked.text().description(),
                            asked.actor()));
        }
    }

    /** Whether rows are locked against change, or only looked at. */
    private enum How {
        LOCK,
        LOOK
    }

    Uni<Response> reverse(UUID award, String reason, Shortfall shortfall, CommandHeaders headers, Object body) {
        var request = request(award, reason, shortfall);
        var key = idempotency.key(
                headers.idempotencyKey,
                request.first().tenantId().toString(),
                caller.id(),
                "POST",
                headers.uri.getPath(),
                body);
        var accepted = transactions.write(tx -> idempotency.once(
                tx,
                key,
                () -> find(
                        tx,
                        How.LOCK,
                        request,
                        problem -> Uni.createFrom().item(idempotency.refusal(problem)),
                        found -> waiting(tx, request)
                                .chain(waits -> waits.isPresent()
                                        ? Uni.createFrom().item(idempotency.refusal(waits.get()))
                                        : reverse(tx, request, found)))));
        return responses.respond(request.first(), headers.prefer, accepted);
    }

    /** What would come of it. Moves nothing. */
    Uni<ReversalCheck> check(UUID award, String reason, Shortfall shortfall) {
        var request = request(award, reason, shortfall);
        return InTime.orFail(transactions.snapshot(
                tx -> find(tx, How.LOOK, request, ReversalService::failed, found -> waiting(tx, request)
                        .chain(waits -> waits.isPresent()
                                ? failed(waits.get())
                                : approvals
                                        .areNeeded(
                                                tx,
                                                found.award().tenantId(),
                                                found.award().amount())
                                        .map(needed -> ReversalCheck.of(
                                                possible(request, found, BusinessTime.now()),
                                                found.held(),
                                                needed))))));
    }

    @Override
    public DistributionKind of() {
        return DistributionKind.AWARD;
    }

    @Override
    public Uni<Void> carryOut(Tx tx, UndoProposal proposal) {
        var request = new Request(
                first(proposal.tenantId(), proposal.requestedBy(), proposal.reason(), proposal.actor()),
                proposal.distributionId(),
                proposal.mode() == UndoMode.WHAT_IS_THERE ? Shortfall.WHAT_IS_THERE : Shortfall.REFUSE,
                true,
                config.managerWithin());
        return find(tx, How.LOCK, request, ReversalService::failed, found -> {
            // After the locks, so that a later entry of a wallet never has an earlier time.
            var now = BusinessTime.now();
            return write(tx, possible(request, found, now), new Changes(now, found.wallets()))
                    .replaceWithVoid();
        });
    }

    private static <T> Uni<T> failed(Problem problem) {
        return Uni.createFrom().failure(problem.exception());
    }

    /** @throws io.points.platform.web.problem.ProblemException 409 if the wallet holds too little */
    private static Reversal possible(Request request, Found found, Instant now) {
        return found.reversal(request, now).orElseThrow(() -> ReversalRules.shortfall(found.award(), found.held())
                .exception());
    }

    /** That it waits for approval already. */
    private Uni<Optional<Problem>> waiting(Tx tx, Request request) {
        return approvals.refusal(tx, request.award());
    }

    private Request request(UUID award, String reason, Shortfall shortfall) {
        var byManager = caller.hasRole(Role.MANAGER);
        return new Request(
                first(caller.tenantId(), caller.id(), reason, caller.actor()),
                award,
                shortfall,
                byManager,
                byManager ? config.managerWithin() : config.giverWithin());
    }

    private static Distribution first(UUID tenantId, UUID by, @Nullable String reason, Envelope.Actor actor) {
        var now = BusinessTime.now();
        return Distribution.first(
                Ids.next(now),
                now,
                tenantId,
                DistributionKind.REVERSAL,
                PointsSource.POOL,
                by,
                null,
                1,
                DistributionText.description(reason),
                actor,
                null);
    }

    private <T> Uni<T> find(
            Tx tx, How how, Request request, Function<Problem, Uni<T>> refused, Function<Found, Uni<T>> found) {
        var ids = List.of(request.award());
        var rows = how == How.LOCK ? distributions.lock(tx, ids) : distributions.look(tx, ids);
        return rows.map(awards -> visible(awards, request))
                .chain(award -> reversals.reversedBy(tx, List.of(award.id())).chain(reversedBy -> ReversalRules.refusal(
                                award, reversedBy.get(award.id()), request.within(), BusinessTime.now())
                        .map(refused)
                        .orElseGet(() -> wallets(tx, how, award).chain(it -> found.apply(it)))));
    }

    /** A lead sees, and reverses, only what they gave themselves. */
    private static Distribution visible(List<Distribution> found, Request request) {
        return found.stream()
                .filter(award -> award.tenantId().equals(request.first().tenantId()))
                .filter(award -> request.byManager()
                        || award.fromUserId().equals(request.first().requestedBy()))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("distribution").exception());
    }

    private Uni<Found> wallets(Tx tx, How how, Distribution award) {
        return hasBudget(tx, how, award).chain(hasBudget -> {
            var keys = hasBudget
                    ? List.of(award.creditedWallet(), award.debitedWallet())
                    : List.of(award.creditedWallet());
            var there = how == How.LOCK ? wallets.lock(tx, keys) : wallets.look(tx, keys);
            return there.chain(found -> isClosing(tx, award).chain(closing -> reversals
                    .dates(tx, List.of(award.id()))
                    .map(dates -> new Found(
                            award,
                            dates.getOrDefault(award.id(), Reversal.Dates.NONE),
                            hasBudget && !closing,
                            found))));
        });
    }

    /** What came from a budget goes back into it, as long as its owner may have one. */
    private Uni<Boolean> hasBudget(Tx tx, How how, Distribution award) {
        if (award.source() == PointsSource.POOL) {
            return Uni.createFrom().item(false);
        }
        var giver = new Directory.Key(award.tenantId(), award.fromUserId());
        var members = how == How.LOCK ? directory.lock(tx, List.of(giver)) : directory.look(tx, List.of(giver));
        return members.map(found -> {
            var member = found.get(giver);
            return member != null && member.mayReceiveAs(MemberRole.LEAD);
        });
    }

    /** After the budget's lock: whoever returns all budgets of a tenant that is closed comes after what is found now, or is seen. */
    private Uni<Boolean> isClosing(Tx tx, Distribution award) {
        return pools.refusal(tx, award.tenantId())
                .map(refusal -> refusal.filter(reason -> reason != RefusalReason.TENANT_SUSPENDED)
                        .isPresent());
    }

    private Uni<StoredResponse> reverse(Tx tx, Request request, Found found) {
        // After the locks, so that a later entry of a wallet never has an earlier time.
        var now = BusinessTime.now();
        var reversal = found.reversal(request, now).orElse(null);
        if (reversal == null) {
            return Uni.createFrom().item(idempotency.refusal(ReversalRules.shortfall(found.award(), found.held())));
        }
        var award = found.award();
        return approvals
                .areNeeded(tx, award.tenantId(), award.amount())
                .chain(needed ->
                        needed ? propose(tx, request, award) : write(tx, reversal, new Changes(now, found.wallets())));
    }

    private Uni<StoredResponse> propose(Tx tx, Request request, Distribution award) {
        var asked = request.first();
        return approvals.propose(
                tx,
                new UndoApprovals.Wanted(
                        award.tenantId(),
                        DistributionKind.AWARD,
                        award.id(),
                        award.amount(),
                        request.shortfall() == Shortfall.WHAT_IS_THERE
                                ? UndoMode.WHAT_IS_THERE
                                : UndoMode.ALL_OR_NOTHING,
                        asked.text().description(),
                        asked.actor(),
                        award.createdAt().plus(config.managerWithin())));
    }

    private Uni<StoredResponse> write(Tx tx, Reversal reversal, Changes changes) {
        var first = reversal.distribution();
        changes.reverse(reversal);
        if (!first.state().isOpen()) {
            tx.afterCommit(() -> completions.ended(List.of(first.id())));
        }
        return distributions.write(tx, changes).replaceWith(StoredResponse.of(first.id()));
    }
}
