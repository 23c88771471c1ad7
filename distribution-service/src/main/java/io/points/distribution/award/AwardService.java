package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.department.Department;
import io.points.distribution.department.Departments;
import io.points.distribution.limit.Judgements;
import io.points.distribution.limit.LimitProblems;
import io.points.distribution.limit.Limits;
import io.points.distribution.limit.Rulebook;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.pool.PoolProjection;
import io.points.distribution.rule.Giving;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Delegates, awards and returns points on behalf of the caller. Who the caller is decides where the points come from. What comes
 * from the pool locks nothing but its Idempotency-Key and, where the tenant's rules have windows, what was given in them; so all
 * requests of one moment, of whatever tenant, share a transaction and its commit. What comes from a budget locks wallets, and is a
 * transaction of its own; so is what a lead gives by an allowance.
 */
@ApplicationScoped
class AwardService {

    private final AwardResponses responses;
    private final Idempotency idempotency;
    private final Transactions transactions;
    private final Distributions distributions;
    private final Directory directory;
    private final Departments departments;
    private final Wallets wallets;
    private final PoolProjection pools;
    private final Limits limits;
    private final Caller caller;
    private final Coalescer<AwardRequest, StoredResponse> fromPool;

    AwardService(
            Vertx vertx,
            AwardResponses responses,
            Idempotency idempotency,
            Transactions transactions,
            Distributions distributions,
            Directory directory,
            Departments departments,
            Wallets wallets,
            PoolProjection pools,
            Limits limits,
            Caller caller) {
        this.responses = responses;
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.distributions = distributions;
        this.directory = directory;
        this.departments = departments;
        this.wallets = wallets;
        this.pools = pools;
        this.limits = limits;
        this.caller = caller;
        fromPool = Coalescer.resting(vertx, group -> transactions.write(tx -> requestFromPool(tx, group)));
    }

    /**
     * An award: a manager's from the pool; an employee's too, as far as their allowance goes; a lead's from the lead's own budget, unless an
     * allowance is enough for it.
     *
     * @param again whether it is meant, though the same was given shortly before
     * @param department out of whose envelope; null: out of none
     * @param body the request as it was read, for the idempotency fingerprint
     */
    Uni<Response> award(
            UUID to,
            long amount,
            DistributionText text,
            boolean again,
            @Nullable UUID department,
            CommandHeaders headers,
            Object body) {
        var role = role();
        if (role != MemberRole.MANAGER && department != null) {
            throw Problem.badRequest("department_id", "must be absent: only managers give from departments")
                    .exception();
        }
        var fromPool = role != MemberRole.LEAD;
        var source = fromPool ? PointsSource.POOL : PointsSource.BUDGET;
        var award = first(DistributionKind.AWARD, source, caller.id(), to, amount, text)
                .between(department, null);
        var request = request(award, headers, body, again);
        var begun = new AtomicReference<>(award);
        return fromPool
                ? requestFromPool(request, headers)
                : responses.respond(award, begun::get, headers.prefer, awardOfLead(request, begun));
    }

    /**
     * A delegation from the pool to a lead's budget.
     *
     * @param again whether it is meant, though the same was given shortly before
     * @param department out of whose envelope; null: out of none
     */
    Uni<Response> delegate(
            UUID to,
            long amount,
            DistributionText text,
            boolean again,
            @Nullable UUID department,
            CommandHeaders headers,
            Object body) {
        var delegation = first(DistributionKind.DELEGATION, PointsSource.POOL, caller.id(), to, amount, text)
                .between(department, null);
        return requestFromPool(request(delegation, headers, body, again), headers);
    }

    /**
     * A transfer within the pool.
     *
     * @param from out of whose envelope; null: out of none
     * @param to into whose envelope; null: into none
     */
    Uni<Response> transfer(
            @Nullable UUID from,
            @Nullable UUID to,
            long amount,
            @Nullable String description,
            CommandHeaders headers,
            Object body) {
        var text = DistributionText.description(description);
        var requested = first(DistributionKind.TRANSFER, PointsSource.POOL, caller.id(), null, amount, text)
                .between(from, to);
        return responses.respond(requested, headers.prefer, transfer(request(requested, headers, body, false)));
    }

    /**
     * A return of a budget to the pool: a lead's own, or, for a manager, any lead's.
     *
     * @param owner null for the caller's own
     * @param department into whose envelope; null: into that of the department that the lead belongs to, or into none
     */
    Uni<Response> giveBack(
            @Nullable UUID owner,
            long amount,
            @Nullable String description,
            @Nullable UUID department,
            CommandHeaders headers,
            Object body) {
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
        var returned = first(DistributionKind.RETURN, PointsSource.BUDGET, from, null, amount, text)
                .between(null, department);
        return responses.respond(returned, headers.prefer, giveBack(request(returned, headers, body, false)));
    }

    // From the pool

    private Uni<Response> requestFromPool(AwardRequest request, CommandHeaders headers) {
        return responses.respond(request.first(), headers.prefer, fromPool.ask(request));
    }

    private Uni<List<StoredResponse>> requestFromPool(Tx tx, List<AwardRequest> group) {
        var members = group.stream()
                .flatMap(it -> Stream.of(it.first().receiver(), Parties.giverOf(it.first())))
                .toList();
        var tenants = group.stream().map(it -> it.first().tenantId()).toList();
        return Uni.combine()
                .all()
                .unis(directory.look(tx, members), limits.look(tx, tenants), look(tx, group))
                .asTuple()
                .chain(found -> {
                    var known = new Parties(found.getItem1(), found.getItem3());
                    var rulebooks = found.getItem2();
                    var ways = group.stream()
                            .map(it -> it.ways(rulebooks.get(it.first().tenantId())))
                            .toList();
                    return rulebooks.isEmpty()
                            ? take(tx, ways, known, Judgements.NONE, Set.of())
                            : judge(tx, ways, known, rulebooks);
                });
    }

    /** With the departments out of which allowances are given; where there are none, nothing is looked for. */
    private Uni<Parties> withFunds(Tx tx, Parties known, List<AwardRequest> ways) {
        return look(
                        tx,
                        ways.stream()
                                .filter(way -> way.giving().needsAllowance())
                                .toList())
                .map(known::with);
    }

    /** The departments that the requests name; most name none, and then nothing is looked for. */
    private Uni<Map<Department.Key, Department>> look(Tx tx, List<AwardRequest> group) {
        return departments.find(
                tx,
                group.stream()
                        .map(AwardRequest::first)
                        .flatMap(it -> Stream.of(it.departmentId(), it.toDepartmentId())
                                .filter(Objects::nonNull)
                                .map(id -> new Department.Key(it.tenantId(), id)))
                        .distinct()
                        .toList());
    }

    /** What was given is locked before the keys; a repeat is judged no more. */
    private Uni<List<StoredResponse>> judge(
            Tx tx, List<List<AwardRequest>> ways, Parties known, Map<UUID, Rulebook> rulebooks) {
        var all = ways.stream().flatMap(List::stream).toList();
        var keys = ways.stream()
                .map(each -> each.get(0).key())
                .filter(Objects::nonNull)
                .toList();
        return withFunds(tx, known, all).chain(funded -> limits.lock(
                        tx, rulebooks, all.stream().map(AwardRequest::giving).toList())
                .chain(judgements -> idempotency
                        .repeated(tx, keys)
                        .chain(repeated -> take(tx, ways, funded, judgements, repeated))));
    }

    /** One after the other: in which way somebody gives depends on what was given before. */
    private Uni<List<StoredResponse>> take(
            Tx tx, List<List<AwardRequest>> ways, Parties known, Judgements judgements, Set<Idempotency.Key> repeated) {
        var group = new ArrayList<AwardRequest>();
        var claims = new ArrayList<Claim>();
        for (var each : ways) {
            var request = chosen(each, known, judgements);
            group.add(request);
            claims.add(new Claim(request.key(), decide(request, known, judgements, repeated)));
        }
        return idempotency.claim(tx, claims).call(outcomes -> begin(tx, group, outcomes, judgements));
    }

    /** By the first allowance that is enough for all of it; else from the budget, or as it was asked for. */
    private static AwardRequest chosen(List<AwardRequest> ways, Parties known, Judgements judgements) {
        var open = ways.stream().filter(way -> known.isOpen(way.first())).toList();
        var last = ways.get(ways.size() - 1);
        return open.stream()
                .filter(way -> judgements.isWithinAllowance(way.giving()))
                .findFirst()
                .orElse(open.isEmpty() || last.first().source() == PointsSource.BUDGET ? last : open.get(0));
    }

    private StoredResponse decide(
            AwardRequest request, Parties known, Judgements judgements, Set<Idempotency.Key> repeated) {
        var requested = request.first();
        return Eligibility.refusal(requested, known.members().get(requested.receiver()))
                .or(() -> Eligibility.refusal(request.giving(), known.members().get(Parties.giverOf(request.first()))))
                .or(() -> refusalOfDepartment(request, known, judgements))
                .or(() -> request.key() != null && repeated.contains(request.key())
                        ? Optional.empty()
                        : judgements.refusal(requested.id(), request.giving()))
                .map(idempotency::refusal)
                .orElseGet(() -> StoredResponse.of(requested.id()));
    }

    private static Optional<Problem> refusalOfDepartment(AwardRequest request, Parties known, Judgements judgements) {
        if (!request.giving().needsAllowance()) {
            return known.refusal(request.first());
        }
        return known.isOpen(request.first())
                ? Optional.empty()
                : judgements.allowance(request.giving()).map(LimitProblems::allowanceOfClosedDepartment);
    }

    /** Begins those that are the first under their keys. */
    private Uni<Void> begin(Tx tx, List<AwardRequest> group, List<StoredResponse> outcomes, Judgements judgements) {
        var changes = new Changes(BusinessTime.now(), Map.of());
        IntStream.range(0, group.size())
                .filter(i -> group.get(i).first().id().equals(outcomes.get(i).resource()))
                .mapToObj(group::get)
                .forEach(it -> changes.begin(
                        it.first().judged(judgements.count(it.first().id(), it.giving()))));
        var counted = limits.save(tx, judgements);
        return judgements.reachAlerts()
                ? counted.chain(() -> tx.conclude(distributions.write(tx, changes)))
                : tx.conclude(counted, distributions.write(tx, changes));
    }

    // Within the pool

    private Uni<StoredResponse> transfer(AwardRequest request) {
        var requested = request.first();
        return transactions.write(tx -> idempotency.once(tx, request.key(), () -> Uni.combine()
                .all()
                .unis(directory.look(tx, List.of(Parties.giverOf(requested))), look(tx, List.of(request)))
                .asTuple()
                .chain(found -> new Parties(found.getItem1(), found.getItem2())
                        .refusalOfTransfer(requested)
                        .map(this::refuse)
                        .orElseGet(() -> save(tx, new Changes(requested.createdAt(), Map.of()), requested)))));
    }

    // From a budget

    /** By an allowance of the lead's, if one is enough for all of it; else from the budget. */
    private Uni<StoredResponse> awardOfLead(AwardRequest request, AtomicReference<Distribution> begun) {
        var tenant = request.first().tenantId();
        return transactions.write(tx -> limits.look(tx, List.of(tenant)).chain(rulebooks -> {
            var ways = request.ways(rulebooks.get(tenant));
            return withFunds(tx, new Parties(Map.of(), Map.of()), ways).chain(known -> limits.lock(
                            tx,
                            rulebooks,
                            ways.stream().map(AwardRequest::giving).toList())
                    .chain(judgements -> idempotency.once(tx, request.key(), () -> directory
                            .lock(tx, List.of(request.first().receiver(), Parties.giverOf(request.first())))
                            .chain(members -> {
                                var chosen = chosen(ways, known, judgements);
                                begun.set(chosen.first());
                                return award(tx, chosen, members, judgements);
                            }))));
        }));
    }

    private Uni<StoredResponse> award(
            Tx tx, AwardRequest request, Map<Directory.Key, Directory.Membership> members, Judgements judgements) {
        var award = request.first();
        var giving = request.giving();
        return Eligibility.refusal(award, members.get(award.receiver()))
                .or(() -> Eligibility.refusal(giving, members.get(Parties.giverOf(request.first()))))
                .or(() -> judgements.refusal(award.id(), giving))
                .map(this::refuse)
                .orElseGet(() -> giving.source() == PointsSource.POOL
                        ? awardByAllowance(tx, award, giving, judgements)
                        : awardFromBudget(tx, award, giving, judgements));
    }

    private Uni<StoredResponse> awardByAllowance(Tx tx, Distribution award, Giving giving, Judgements judgements) {
        var judged = award.judged(judgements.count(award.id(), giving));
        return save(tx, new Changes(award.createdAt(), Map.of()), judged).call(() -> limits.save(tx, judgements));
    }

    private Uni<StoredResponse> awardFromBudget(Tx tx, Distribution award, Giving giving, Judgements judgements) {
        return Uni.combine()
                .all()
                .unis(
                        wallets.lock(tx, List.of(award.debitedWallet(), award.creditedWallet())),
                        pools.refusal(tx, award.tenantId()))
                .asTuple()
                .chain(found -> {
                    var changes = new Changes(award.createdAt(), found.getItem1());
                    if (found.getItem2().isPresent()) {
                        return save(tx, changes, award.rejected(found.getItem2().get()));
                    }
                    var begun = changes.wallet(award.debitedWallet()).holds(award.amount())
                            ? award.judged(judgements.count(award.id(), giving))
                            : award;
                    return debitBudget(tx, changes, begun).call(() -> limits.save(tx, judgements));
                });
    }

    private Uni<StoredResponse> giveBack(AwardRequest request) {
        var returned = request.first();
        return transactions.write(tx -> idempotency.once(tx, request.key(), () -> Uni.combine()
                .all()
                .unis(directory.look(tx, List.of(Parties.giverOf(returned))), look(tx, List.of(request)))
                .asTuple()
                .chain(found -> {
                    var known = new Parties(found.getItem1(), found.getItem2());
                    return refusalOfReturn(known, returned).map(this::refuse).orElseGet(() -> wallets.lock(
                                    tx, List.of(returned.debitedWallet()))
                            .chain(locked -> debitBudget(
                                    tx, new Changes(returned.createdAt(), locked), known.intoADepartment(returned))));
                })));
    }

    private static Optional<Problem> refusalOfReturn(Parties known, Distribution returned) {
        if (!known.members().containsKey(Parties.giverOf(returned))) {
            return Optional.of(Problem.of(
                            422,
                            "member-unknown",
                            "The member does not exist",
                            "The owner of the budget is not a member of your tenant.")
                    .withError("from_user_id", "is not a member of your tenant"));
        }
        return known.refusalOfTarget(returned, "department_id");
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

    /** Whoever has several gives as the one who may give most. */
    private MemberRole role() {
        if (caller.hasRole(Role.MANAGER)) {
            return MemberRole.MANAGER;
        }
        return caller.hasRole(Role.LEAD) ? MemberRole.LEAD : MemberRole.EMPLOYEE;
    }

    private AwardRequest request(Distribution first, CommandHeaders headers, Object body, boolean again) {
        var scope = first.tenantId().toString();
        var route = headers.uri.getPath();
        return new AwardRequest(
                first, role(), idempotency.key(headers.idempotencyKey, scope, caller.id(), "POST", route, body), again);
    }
}
