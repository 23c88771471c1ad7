package io.points.distribution.limit;

import io.points.distribution.limit.Judgements.OfTenant;
import io.points.distribution.policy.Dating;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingRules;
import io.points.distribution.rule.Judging;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleJson;
import io.points.distribution.rule.Subject;
import io.points.distribution.rule.Tally;
import io.points.distribution.rule.Twin;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Judges by the rules of tenants' policies what somebody asks to give, and counts it. */
@ApplicationScoped
public class Limits {

    private static final String RULES = """
            select p.tenant_id, p.revision, p.rules, p.time_zone, p.previous_time_zone
            from policies p where p.tenant_id = any($1) and p.rules is not null
            """;

    private static final String HELD = """
            select tenant_id, count(*) as held from distributions
            where state = 'HELD' and tenant_id = any($1) group by tenant_id
            """;

    private final Tallies tallies;
    private final Twins twins;
    private final Boosts boosts;
    private final LimitAlerts alerts;
    private final RuleJson json;
    private final LimitMetrics metrics;

    Limits(Tallies tallies, Twins twins, Boosts boosts, LimitAlerts alerts, RuleJson json, LimitMetrics metrics) {
        this.metrics = metrics;
        this.tallies = tallies;
        this.twins = twins;
        this.boosts = boosts;
        this.alerts = alerts;
        this.json = json;
    }

    /** The rules that these tenants have at this moment; nothing of those that have none. */
    public Uni<Map<UUID, Rulebook>> look(Tx tx, Collection<UUID> tenants) {
        return tx.query(RULES, (Object) tenants.stream().distinct().toArray(UUID[]::new))
                .map(rows -> {
                    var rulebooks = new HashMap<UUID, Rulebook>();
                    rows.forEach(row -> rulebooks.put(
                            row.getUUID("tenant_id"),
                            new Rulebook(
                                    row.getLong("revision"), json.read(row.getString("rules")), Dating.daysOf(row))));
                    return rulebooks;
                });
    }

    /**
     * Locks what must be counted to judge all these, until the commit. Nothing is locked for tenants without rules, or whose rules have no
     * windows. No other lock that such a transaction may take comes before this one.
     */
    public Uni<Judgements> lock(Tx tx, Map<UUID, Rulebook> rulebooks, Collection<Giving> givings) {
        if (rulebooks.isEmpty()) {
            return Uni.createFrom().item(Judgements.NONE);
        }
        var keys = keys(rulebooks, givings, GivingRules::subjects);
        var others = keys(rulebooks, givings, GivingRules::looked);
        others.removeAll(keys);
        return tallies.lock(tx, keys).chain(locked -> Uni.combine()
                .all()
                .unis(
                        tallies.look(tx, others),
                        held(tx, rulebooks),
                        twins.find(tx, rulebooks, givings),
                        boosts.find(tx, rulebooks, givings))
                .asTuple()
                .map(found -> {
                    var counted = new HashMap<>(locked);
                    counted.putAll(found.getItem1());
                    return judgements(
                            rulebooks, counted, found.getItem2(), found.getItem3(), found.getItem4(), metrics::refused);
                }));
    }

    /** As above, of one tenant. */
    public Uni<Judgements> lock(Tx tx, UUID tenantId, Collection<Giving> givings) {
        return look(tx, List.of(tenantId)).chain(rulebooks -> lock(tx, rulebooks, givings));
    }

    /** Without locks: what the rules would say. Nothing may be counted. */
    public Uni<Judgements> look(Tx tx, Map<UUID, Rulebook> rulebooks, Collection<Giving> givings) {
        return rulebooks.isEmpty()
                ? Uni.createFrom().item(Judgements.NONE)
                : tallies.look(tx, keys(rulebooks, givings, GivingRules::subjects))
                        .map(counted -> judgements(rulebooks, counted, Map.of(), Map.of(), Map.of(), looked -> {}));
    }

    /** How much of the tenants waits for approval, that may want some. */
    private static Uni<Map<UUID, Long>> held(Tx tx, Map<UUID, Rulebook> rulebooks) {
        var wanting = rulebooks.entrySet().stream()
                .filter(tenant -> tenant.getValue().rules().stream().anyMatch(rule -> rule.then() == Rule.Then.APPROVE))
                .map(Map.Entry::getKey)
                .toArray(UUID[]::new);
        if (wanting.length == 0) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(HELD, (Object) wanting).map(rows -> {
            var held = new HashMap<UUID, Long>();
            rows.forEach(row -> held.put(row.getUUID("tenant_id"), row.getLong("held")));
            return held;
        });
    }

    /** Keeps what was counted, and tells what is to be told of it. */
    public Uni<Void> save(Tx tx, Judgements judgements) {
        var changed = new TreeMap<Tallies.Key, Tally>();
        judgements.forEachChanged(changed::put);
        return Tx.together(tallies.save(tx, changed), alerts.tell(tx, judgements));
    }

    private static TreeSet<Tallies.Key> keys(
            Map<UUID, Rulebook> rulebooks,
            Collection<Giving> givings,
            BiFunction<List<Rule>, Giving, Set<Subject>> subjects) {
        var keys = new TreeSet<Tallies.Key>();
        for (var giving : givings) {
            var rulebook = rulebooks.get(giving.tenantId());
            if (rulebook != null) {
                subjects.apply(rulebook.rules(), giving)
                        .forEach(subject -> keys.add(new Tallies.Key(giving.tenantId(), subject)));
            }
        }
        return keys;
    }

    /** The clock is read after the locks, so that who comes later never counts to an earlier day. */
    private static Judgements judgements(
            Map<UUID, Rulebook> rulebooks,
            Map<Tallies.Key, Tally> counted,
            Map<UUID, Long> held,
            Map<UUID, Map<Twin.Key, Twin>> twins,
            Map<UUID, Map<UUID, Map<String, Long>>> boosts,
            Consumer<Rule.Of> refusals) {
        var now = BusinessTime.now();
        var byTenant = new HashMap<UUID, Map<Subject, Tally>>();
        counted.forEach((key, tally) ->
                byTenant.computeIfAbsent(key.tenantId(), it -> new HashMap<>()).put(key.subject(), tally));
        var tenants = new HashMap<UUID, OfTenant>();
        rulebooks.forEach((tenant, rulebook) -> tenants.put(
                tenant,
                new OfTenant(
                        rulebook,
                        new Judging(
                                rulebook.rules(),
                                rulebook.days().dayOf(now),
                                byTenant.getOrDefault(tenant, Map.of()),
                                twins.getOrDefault(tenant, Map.of()),
                                boosts.getOrDefault(tenant, Map.of())),
                        held.getOrDefault(tenant, 0L))));
        return new Judgements(tenants, refusals);
    }
}
