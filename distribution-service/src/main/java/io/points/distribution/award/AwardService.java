package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.distribution.pool.PoolProjection;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Distributions;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Coalescer;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.Claim;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Delegates, awards and returns points on behalf of the caller. Who the caller is decides where the points come from. What comes
 * from the pool locks nothing but its Idempotency-Key, so all requests of one moment, of whatever tenant, share a transaction and
 * its commit. What comes from a budget locks wallets, and is a transaction of its own.
 */
@ApplicationScoped
class AwardService {

    private final AwardResponses responses;
    private final Idempotency idempotency;
    private final Transactions transactions;
    private final Distributions distributions;
    private final Directory directory;
    private final Wallets wallets;
    private final PoolProjection pools;
    private final Caller caller;
    private final Coalescer<Request, StoredResponse> fromPool;

    AwardService(
            Vertx vertx,
            AwardResponses responses,
            Idempotency idempotency,
            Transactions transactions,
            Distributions distributions,
            Directory directory,
            Wallets wallets,
            PoolProjection pools,
            Caller caller) {
        this.responses = responses;
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.distributions = distributions;
        this.directory = directory;
        this.wallets = wallets;
        this.pools = pools;
        this.caller = caller;
        fromPool = Coalescer.resting(vertx, group -> transactions.write(tx -> requestFromPool(tx, group)));
    }

    /** A distribution that is asked for, and the key that names it. */
    private record Request(Distribution first, Idempotency.@Nullable Key key) {}

    /**
     * An award: a manager's from the pool, a lead's from the lead's own budget.
     *
     * @param body the request as it was read, for the idempotency fingerprint
     */
    Uni<Response> award(UUID to, long amount, DistributionText text, CommandHeaders headers, Object body) {
        if (caller.hasRole(Role.MANAGER)) {
            return requestFromPool(DistributionKind.AWARD, to, amount, text, headers, body);
        }
        var award = first(DistributionKind.AWARD, PointsSource.BUDGET, caller.id(), to, amount, text);
        return responses.respond(award, headers.prefer, awardFromBudget(request(award, headers, body)));
    }

    /** A delegation from the pool to a lead's budget. */
    Uni<Response> delegate(UUID to, long amount, DistributionText text, CommandHeaders headers, Object body) {
        return requestFromPool(DistributionKind.DELEGATION, to, amount, text, headers, body);
    }

    /**
     * A return of a budget to the pool: a lead's own, or, for a manager, any lead's.
     *
     * @param owner null for the caller's own
     */
    Uni<Response> giveBack(
            @Nullable UUID owner, long amount, @Nullable String description, CommandHeaders headers, Object body) {
        if (owner == null && caller.hasRole(Role.MANAGER) && !caller.hasRole(Role.LEAD)) {
            throw Problem.badRequest("from_user_id", "is required for managers").exception();
        }
        var from = owner == null ? caller.id() : owner;
        if (!caller.hasRole(Role.MANAGER) && !from.equals(caller.id())) {
            throw Problem.of(
                            403,
                            "forbidden",
                            "The caller's role does not allow this",
                            "A lead can return only their own budget.")
                    .withError("from_user_id", "must be the caller")
                    .exception();
        }
        var text = DistributionText.description(description);
        var returned = first(DistributionKind.RETURN, PointsSource.BUDGET, from, null, amount, text);
        return responses.respond(returned, headers.prefer, giveBack(request(returned, headers, body)));
    }

    // From the pool

    private Uni<Response> requestFromPool(
            DistributionKind kind, UUID to, long amount, DistributionText text, CommandHeaders headers, Object body) {
        var requested = first(kind, PointsSource.POOL, caller.id(), to, amount, text);
        return responses.respond(requested, headers.prefer, fromPool.ask(request(requested, headers, body)));
    }

    private Uni<List<StoredResponse>> requestFromPool(Tx tx, List<Request> group) {
        var receivers = group.stream().map(it -> it.first().receiver()).toList();
        return directory
                .look(tx, receivers)
                .map(members -> group.stream()
                        .map(it -> new Claim(it.key(), decide(it.first(), members)))
                        .toList())
                .chain(claims -> idempotency.claim(tx, claims))
                .call(outcomes -> begin(tx, group, outcomes));
    }

    private StoredResponse decide(Distribution requested, Map<Directory.Key, Directory.Membership> members) {
        return Eligibility.refusal(requested, members.get(requested.receiver()))
                .map(idempotency::refusal)
                .orElseGet(() -> StoredResponse.of(requested.id()));
    }

    /** Begins those that are the first under their keys. */
    private Uni<Void> begin(Tx tx, List<Request> group, List<StoredResponse> outcomes) {
        var changes = new Changes(BusinessTime.now(), Map.of());
        IntStream.range(0, group.size())
                .filter(i -> group.get(i).first().id().equals(outcomes.get(i).resource()))
                .forEach(i -> changes.begin(group.get(i).first()));
        return tx.conclude(distributions.write(tx, changes));
    }

    // From a budget

    private Uni<StoredResponse> awardFromBudget(Request request) {
        var award = request.first();
        return transactions.write(tx -> idempotency.once(tx, request.key(), () -> directory
                .lock(tx, List.of(award.receiver()))
                .chain(members -> Eligibility.refusal(award, members.get(award.receiver()))
                        .map(this::refuse)
                        .orElseGet(() -> awardFromBudget(tx, award)))));
    }

    private Uni<StoredResponse> awardFromBudget(Tx tx, Distribution award) {
        return wallets.lock(tx, List.of(award.debitedWallet(), award.creditedWallet()))
                .chain(locked -> pools.refusal(tx, award.tenantId()).chain(refusal -> {
                    var changes = new Changes(award.createdAt(), locked);
                    return refusal.map(reason -> save(tx, changes, award.rejected(reason)))
                            .orElseGet(() -> debitBudget(tx, changes, award));
                }));
    }

    private Uni<StoredResponse> giveBack(Request request) {
        var returned = request.first();
        return transactions.write(tx -> idempotency.once(tx, request.key(), () -> directory
                .look(tx, List.of(new Directory.Key(returned.tenantId(), returned.fromUserId())))
                .chain(members -> members.isEmpty()
                        ? refuse(Problem.of(
                                        422,
                                        "member-unknown",
                                        "The member does not exist",
                                        "The owner of the budget is not a member of your tenant.")
                                .withError("from_user_id", "is not a member of your tenant"))
                        : wallets.lock(tx, List.of(returned.debitedWallet()))
                                .chain(locked ->
                                        debitBudget(tx, new Changes(returned.createdAt(), locked), returned)))));
    }

    /** Begins the distribution if the budget holds its amount. */
    private Uni<StoredResponse> debitBudget(Tx tx, Changes changes, Distribution first) {
        var budget = changes.wallet(first.debitedWallet());
        if (budget.holds(first.amount())) {
            return save(tx, changes, first);
        }
        changes.refusedAt(first.id(), budget.balance());
        return save(tx, changes, first.rejected(RefusalReason.INSUFFICIENT_BUDGET_BALANCE));
    }

    private Uni<StoredResponse> save(Tx tx, Changes changes, Distribution first) {
        changes.begin(first);
        return distributions.write(tx, changes).replaceWith(StoredResponse.of(first.id()));
    }

    private Uni<StoredResponse> refuse(Problem problem) {
        return Uni.createFrom().item(idempotency.refusal(problem));
    }

    private Distribution first(
            DistributionKind kind,
            PointsSource source,
            UUID from,
            @Nullable UUID to,
            long amount,
            DistributionText text) {
        var now = BusinessTime.now();
        return Distribution.first(
                Ids.next(now), now, caller.tenantId(), kind, source, from, to, amount, text, caller.actor(), null);
    }

    private Request request(Distribution first, CommandHeaders headers, Object body) {
        var scope = first.tenantId().toString();
        var route = headers.uri.getPath();
        return new Request(first, idempotency.key(headers.idempotencyKey, scope, caller.id(), "POST", route, body));
    }
}
