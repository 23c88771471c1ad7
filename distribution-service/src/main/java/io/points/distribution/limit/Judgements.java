package io.points.distribution.limit;

import io.points.distribution.rule.Allowances;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.Judging;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Subject;
import io.points.distribution.rule.Tally;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.NoAllowance;
import io.points.distribution.rule.Verdict.Refused;
import io.points.distribution.saga.Approval;
import io.points.distribution.saga.Judged;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of the tenants of one transaction, and what they say. Of tenants without rules they say nothing. */
public final class Judgements {

    /** Of tenants without rules. */
    public static final Judgements NONE = new Judgements(Map.of(), refusing -> {});

    /** So much of a tenant waits for approval at most: nobody locks up its pool unseen. */
    static final int MOST_HELD = 1_000;

    private final Map<UUID, OfTenant> tenants;
    private final Consumer<Rule.Of> refusals;
    private final Map<UUID, Approval> approvals = new HashMap<>();

    /**
     * One tenant's.
     *
     * @param held how much of it waits for approval
     */
    record OfTenant(Rulebook rulebook, Judging judging, long held) {}

    /** @param refusals is told by what sort of rule something is refused */
    Judgements(Map<UUID, OfTenant> tenants, Consumer<Rule.Of> refusals) {
        this.tenants = new HashMap<>(tenants);
        this.refusals = refusals;
    }

    /** Nobody has a rule. */
    public boolean isEmpty() {
        return tenants.isEmpty();
    }

    /**
     * What the rules say; what they do not refuse is expected to be given by what is judged after it.
     *
     * @param id of what is asked for
     */
    public Optional<Problem> refusal(UUID id, Giving giving) {
        var tenant = tenants.get(giving.tenantId());
        if (tenant == null) {
            return giving.needsAllowance() ? Optional.of(LimitProblems.noAllowance()) : Optional.empty();
        }
        var verdict = tenant.judging().judge(giving);
        if (verdict instanceof NoAllowance) {
            return Optional.of(LimitProblems.noAllowance());
        }
        if (verdict instanceof Refused refused) {
            refusals.accept(refused.excess().rule().of());
            return Optional.of(LimitProblems.exceeded(
                    refused.excess(), giving.role(), tenant.judging().day(), BusinessTime.now()));
        }
        if (verdict instanceof NeedsApproval needed) {
            if (tenant.held() + approvals.size() >= MOST_HELD) {
                return Optional.of(LimitProblems.tooManyHeld(needed.rule()));
            }
            approvals.put(
                    id,
                    new Approval(needed.levels(), needed.hours(), needed.rule().id()));
        }
        return Optional.empty();
    }

    /** By which rule somebody gives it out of the pool who could not otherwise; empty if by none. */
    public Optional<Rule> allowance(Giving giving) {
        var tenant = tenants.get(giving.tenantId());
        return tenant == null
                ? Optional.empty()
                : Allowances.first(tenant.rulebook().rules(), giving);
    }

    /** Whether somebody who gives it out of the pool by an allowance has enough left of that. */
    public boolean isWithinAllowance(Giving giving) {
        var tenant = tenants.get(giving.tenantId());
        return tenant != null && tenant.judging().isWithinAllowance(giving);
    }

    /**
     * It is given, or waits for approval, and is counted if a rule has a window.
     *
     * @param id of what is asked for, and was judged
     * @return what is kept with it; null if the tenant has no rules
     */
    public @Nullable Judged count(UUID id, Giving giving) {
        var tenant = tenants.get(giving.tenantId());
        if (tenant == null) {
            return null;
        }
        var counts = tenant.judging().counts(giving);
        if (counts) {
            tenant.judging().count(giving);
        }
        return new Judged(
                tenant.rulebook().revision(), counts ? tenant.judging().day() : null, approvals.get(id));
    }

    /** Whether what was counted has reached something of which the managers are told, if they were not told before. */
    public boolean reachAlerts() {
        return tenants.values().stream()
                .anyMatch(tenant -> !tenant.judging().reached().isEmpty());
    }

    /** @param ids gives each its id */
    List<LimitAlerts.Alert> alerts(Supplier<UUID> ids) {
        var alerts = new ArrayList<LimitAlerts.Alert>();
        tenants.forEach((tenantId, tenant) -> tenant.judging()
                .reached()
                .forEach(reached -> alerts.add(new LimitAlerts.Alert(
                        ids.get(), tenantId, tenant.rulebook(), tenant.judging().day(), reached))));
        return alerts;
    }

    void forEachChanged(BiConsumer<Tallies.Key, Tally> action) {
        tenants.forEach((tenantId, tenant) -> {
            for (Map.Entry<Subject, Tally> changed : tenant.judging().changed().entrySet()) {
                action.accept(new Tallies.Key(tenantId, changed.getKey()), changed.getValue());
            }
        });
    }
}
