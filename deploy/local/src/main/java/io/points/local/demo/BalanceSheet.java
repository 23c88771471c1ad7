package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a tenant's points are, as each of the four services tells it; all figures in points but for billing's minor units.
 *
 * @param stats of allocation-service
 * @param pool the projection of distribution-service
 * @param wallets of distribution-service
 * @param billedPoints the sum over all billing entries
 * @param billedMinor the sum of their amounts, in minor units of the currency
 * @param conservation of audit-service
 */
record BalanceSheet(
        JsonNode stats,
        JsonNode pool,
        List<Wallet> wallets,
        long billedPoints,
        long billedMinor,
        JsonNode conservation) {
    /** Minor units per point at the demo's price of 1.00. */
    private static final long PRICE_MINOR = 100;

    /** What one member holds. */
    record Wallet(String holder, long budget, long earned) {}

    static BalanceSheet of(DemoTenant tenant, DemoUsers users) {
        Api manager = users.distribution(tenant.manager());
        List<Wallet> wallets = manager.items("/api/members").stream()
                .map(member -> wallet(manager, member))
                .toList();
        List<JsonNode> entries = users.billing().items("/api/billing/entries?tenant_id=" + tenant.id());
        return new BalanceSheet(
                users.allocation()
                        .get("/api/platform/allocations/stats/" + tenant.id())
                        .expect(200),
                manager.get("/api/allocations/pool").expect(200),
                wallets,
                entries.stream().mapToLong(entry -> points(entry, "points")).sum(),
                entries.stream()
                        .mapToLong(entry -> points(entry, "amount_minor"))
                        .sum(),
                users.audit().get("/api/audit/conservation/" + tenant.id()).expect(200));
    }

    /** Reads again until nothing is on its way any more and the four services agree, or 30 seconds are over. */
    static BalanceSheet atRest(DemoTenant tenant, DemoUsers users) {
        return Poll.until(
                () -> of(tenant, users), sheet -> sheet.disagreements().isEmpty());
    }

    private static Wallet wallet(Api manager, JsonNode member) {
        String id = member.path("user_id").asText();
        JsonNode wallet = manager.get("/api/wallets/" + id).expect(200);
        String name = member.path("display_name").asText("");
        return new Wallet(
                name.isBlank() || member.path("display_name").isNull()
                        ? member.path("role").asText() + " " + id.substring(id.length() - 4)
                        : name,
                points(wallet.path("budget"), "balance"),
                points(wallet.path("earned"), "balance"));
    }

    private static long points(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber()) {
            throw new IllegalStateException("There is no whole number " + field + " in " + node);
        }
        return value.longValue();
    }

    long allocated() {
        return points(stats, "allocated");
    }

    long clawedBack() {
        return points(stats, "clawed_back");
    }

    long balance() {
        return points(stats, "balance");
    }

    /** Lapsed in the pool and in wallets, of which only audit-service has the sum. */
    long expired() {
        return points(conservation, "expired");
    }

    long inFlight() {
        return points(stats, "in_flight");
    }

    long budgets() {
        return wallets.stream().mapToLong(Wallet::budget).sum();
    }

    long earned() {
        return wallets.stream().mapToLong(Wallet::earned).sum();
    }

    /** Every sum that does not hold exactly, one sentence each, by service. */
    List<String> disagreements() {
        List<String> found = new ArrayList<>();
        long outside = points(stats, "delegated")
                + points(stats, "awarded_from_pool")
                - points(stats, "returned")
                - points(stats, "taken_back");
        check(found, "allocation-service: in flight", inFlight(), 0);
        check(
                found,
                "allocation-service: allocated - clawed back - handed out + returned - expired - reserved against its pool",
                allocated() - clawedBack() - outside - points(stats, "expired") - points(stats, "reserved"),
                balance());
        check(found, "distribution-service: its pool against allocation's", points(pool, "balance"), balance());
        check(
                found,
                "distribution-service: its pool's version against allocation's",
                points(pool, "version"),
                points(stats, "pool_version"));
        check(
                found,
                "distribution-service: its wallets against what was handed out and has not lapsed there",
                budgets() + earned(),
                outside - (expired() - points(stats, "expired")));
        check(
                found,
                "distribution-service: pool + wallets against allocated - clawed back - expired",
                points(pool, "balance") + budgets() + earned(),
                allocated() - clawedBack() - expired());
        check(found, "billing-service: points billed", billedPoints, allocated() - clawedBack());
        check(
                found,
                "billing-service: amounts billed, in minor units",
                billedMinor,
                (allocated() - clawedBack()) * PRICE_MINOR);
        check(found, "audit-service: allocated", points(conservation, "allocated"), allocated());
        check(found, "audit-service: clawed back", points(conservation, "clawed_back"), clawedBack());
        check(found, "audit-service: pool", points(conservation, "pool"), balance());
        check(found, "audit-service: in flight", points(conservation, "in_flight"), 0);
        check(found, "audit-service: budget wallets", points(conservation, "budget_wallets"), budgets());
        check(found, "audit-service: earned wallets", points(conservation, "earned_wallets"), earned());
        if (!conservation.path("balanced").asBoolean(false)) {
            found.add("audit-service: it does not call the tenant balanced");
        }
        return found;
    }

    static void check(List<String> found, String what, long actual, long expected) {
        if (actual != expected) {
            found.add(String.format(Locale.ROOT, "%s: %,d, not %,d", what, actual, expected));
        }
    }

    void print(PrintStream out) {
        out.println("  %-34s %15s".formatted("", "POINTS"));
        row(out, "allocated", allocated());
        row(out, "clawed back", -clawedBack());
        out.println("  " + "-".repeat(50));
        row(out, "pool", balance());
        row(out, "in flight", inFlight());
        row(out, "expired", expired());
        for (Wallet wallet : wallets) {
            row(out, wallet.holder() + ", budget", wallet.budget());
            row(out, wallet.holder() + ", earned", wallet.earned());
        }
        out.println("  " + "-".repeat(50));
        row(out, "pool + in flight + expired + wallets", balance() + inFlight() + expired() + budgets() + earned());
        row(out, "billed (billing-service)", billedPoints);
        row(
                out,
                "conserved (audit-service)",
                points(conservation, "pool")
                        + points(conservation, "in_flight")
                        + points(conservation, "expired")
                        + points(conservation, "budget_wallets")
                        + points(conservation, "earned_wallets"));
    }

    private static void row(PrintStream out, String what, long points) {
        out.println(String.format(Locale.ROOT, "  %-34s %,15d", what, points));
    }
}
