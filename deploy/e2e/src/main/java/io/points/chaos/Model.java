package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.local.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the callers were told, replayed one by one by plain arithmetic that knows nothing of the services: which
 * distributions there must be and in which state, what every pool and wallet must hold.
 */
final class Model {

    /** So the returns of budgets are described that nobody has asked for. */
    private static final String BY_THE_CLOSING = "The company is being closed";

    private final Map<String, String> distributions = new HashMap<>();
    private final Set<String> allocations = new HashSet<>();
    private final Set<String> undone = new HashSet<>();
    private final Map<String, Long> pools = new HashMap<>();
    private final Map<String, Long> wallets = new HashMap<>();
    private int unknown;

    /** Takes in one operation with its final outcome. */
    void replay(Operation operation, OperationResult outcome) {
        if (!outcome.isKnown() || outcome.isOpen()) {
            unknown++;
            return;
        }
        var tenant = operation.company().id().toString();
        if (outcome.id() != null) {
            if (operation.kind() == Kind.UNDO) {
                undone.add(outcome.id());
            } else if (operation.kind().isDistribution()) {
                var told = tenant + " " + outcome.state() + " " + operation.amount();
                var before = distributions.put(outcome.id(), told);
                if (before != null) {
                    distributions.put(outcome.id(), "named by two keys");
                }
            } else {
                allocations.add(outcome.id());
            }
        }
        if (outcome.isCompleted()) {
            move(operation, tenant);
        }
    }

    private void move(Operation operation, String tenant) {
        long amount = operation.amount();
        var earned = tenant + "/" + operation.receiver() + "/earned";
        var budget = tenant + "/" + operation.company().leadId() + "/budget";
        switch (operation.kind()) {
            case AWARD, RECOGNITION -> {
                add(pools, tenant, -amount);
                add(wallets, earned, amount);
            }
            case BATCH -> {
                add(pools, tenant, -amount);
                operation
                        .credits()
                        .forEach((receiver, points) -> add(wallets, tenant + "/" + receiver + "/earned", points));
            }
            case BUDGET_AWARD -> {
                add(wallets, budget, -amount);
                add(wallets, earned, amount);
            }
            case DELEGATION -> {
                add(pools, tenant, -amount);
                add(wallets, budget, amount);
            }
            case RETURN -> {
                add(wallets, budget, -amount);
                add(pools, tenant, amount);
            }
            case REVERSAL -> {
                add(wallets, earned, -amount);
                if (operation.target().operation().kind() == Kind.BUDGET_AWARD) {
                    add(wallets, budget, amount);
                } else {
                    add(pools, tenant, amount);
                }
            }
            case UNDO -> {
                operation
                        .target()
                        .operation()
                        .credits()
                        .forEach((receiver, points) -> add(wallets, tenant + "/" + receiver + "/earned", -points));
                add(pools, tenant, amount);
            }
            case ALLOCATION -> add(pools, tenant, amount);
            case CLAWBACK -> add(pools, tenant, -amount);
        }
    }

    private static void add(Map<String, Long> balances, String whose, long amount) {
        if (balances.merge(whose, amount, Long::sum) == 0) {
            balances.remove(whose);
        }
    }

    /** What each pool must hold, zeros left out. */
    Map<String, Long> pools() {
        return Map.copyOf(pools);
    }

    /** What each wallet must hold, by {@code tenant/user/kind}, zeros left out. */
    Map<String, Long> wallets() {
        return Map.copyOf(wallets);
    }

    /** What is not in the books as it was told. */
    record Balance(int lost, int duplicated) {}

    /**
     * Holds the books against it. What the system has moved by the calendar, it moves too: that this was right, and came neither
     * early nor twice, {@code Promises} looks at. The awards of a batch are not told one by one, nor their reversals: {@code Promises}
     * holds them against it.
     *
     * @param left the tenant that was closed, of whose balances nothing is left
     */
    Balance compare(Books books, Company left, Differences differences) {
        new ByTheCalendar(books).addTo(pools, wallets);
        var tenant = left.id().toString();
        pools.keySet().removeIf(tenant::equals);
        wallets.keySet().removeIf(wallet -> wallet.startsWith(tenant));
        differences.same("operations whose outcome is unknown or open at rest", 0, unknown);
        var there = new HashMap<String, String>();
        books.each(
                Service.DISTRIBUTION,
                "select id, tenant_id || ' ' || state || ' ' || amount from distributions"
                        + " where (debit_id is null or debit_id = reverses) and kind <> 'lapse'"
                        + " and description is distinct from '" + BY_THE_CLOSING + "'",
                row -> there.put(row.getString(1), row.getString(2)));
        differences.same("distributions = what callers were told", distributions, there);
        differences.same(
                "undone batches = what callers were told",
                undone,
                books.texts(Service.DISTRIBUTION, "select batch_id from batch_undos where state = 'UNDONE'"));
        var logged = books.texts(
                Service.ALLOCATION,
                "select id from allocation_logs where schedule_id is null"
                        + " and not (kind = 'clawback' and tenant_id = '" + tenant + "')");
        differences.same("allocations = what callers were told", allocations, logged);
        differences.same(
                "pools = the model's",
                pools,
                withoutZeros(books.sums(Service.ALLOCATION, "select id, points_allocation_balance from tenants")));
        differences.same(
                "wallets = the model's",
                wallets,
                withoutZeros(books.sums(
                        Service.DISTRIBUTION,
                        "select concat_ws('/', tenant_id, user_id, kind), balance from wallets")));
        return new Balance(
                missing(distributions.keySet(), there.keySet()) + missing(allocations, logged) + wrong(there),
                missing(there.keySet(), distributions.keySet()) + missing(logged, allocations));
    }

    private int wrong(Map<String, String> there) {
        return (int) distributions.entrySet().stream()
                .filter(told ->
                        there.containsKey(told.getKey()) && !told.getValue().equals(there.get(told.getKey())))
                .count();
    }

    private static int missing(Set<String> of, Set<String> in) {
        return (int) of.stream().filter(id -> !in.contains(id)).count();
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> sums) {
        var rest = new HashMap<>(sums);
        rest.values().removeIf(points -> points == 0);
        return rest;
    }
}
