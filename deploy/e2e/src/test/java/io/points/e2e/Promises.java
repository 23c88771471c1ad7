package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.BILLING;
import static io.points.local.Service.DISTRIBUTION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.local.Service;
import io.points.local.Stack;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * What the system promises, looked up in its books by exact sums and id sets. A count or a "not less than" would hide a
 * duplicate behind a loss.
 */
final class Promises {

    private static final String POOL_EVENTS = "allocation.pool.events.v1";
    private static final String WALLET_EVENTS = "distribution.wallet.events.v1";
    private static final String BILLING_ENTRIES = "billing.entries.v1";
    private static final Duration LONGEST_WAY_TO_REST = Duration.ofSeconds(60);

    private final Books books;
    private final Topics topics;

    Promises(Stack stack) {
        books = new Books(stack);
        topics = new Topics(stack.kafka().bootstrap());
    }

    /** Waits until all sagas have ended, nothing waits to be sent, and everything sent has been heard. */
    void awaitRest() {
        Awaitility.await().atMost(LONGEST_WAY_TO_REST).ignoreExceptions().untilAsserted(() -> {
            assertEquals(0, books.number(DISTRIBUTION, "select count(*) from distributions where due_at is not null"));
            for (var service : Service.values()) {
                assertEquals(0, books.number(service, "select count(*) from outbox"), "outbox of " + service);
                assertEquals(0, topics.lag(service.module()), "lag of " + service);
            }
        });
    }

    /** All of them. */
    void check() {
        everyPointIsAccountedFor();
        everyBalanceIsTheSumOfItsEntries();
        everyDistributionEndedOnceWithWhatItsEndImplies();
        billingAndAuditMatchTheEvents();
        nothingBecameADeadLetter();
    }

    /** Promise 1: allocated − clawed back = pool + wallets, per tenant, for nothing is in flight at rest. */
    private void everyPointIsAccountedFor() {
        var put = books.sums(ALLOCATION, "select id, allocated - clawed_back from tenants");
        var there = new HashMap<>(books.sums(ALLOCATION, "select id, points_allocation_balance from tenants"));
        books.sums(DISTRIBUTION, "select tenant_id, sum(balance) from wallets group by tenant_id")
                .forEach((tenant, points) -> there.merge(tenant, points, Long::sum));
        assertEquals(put, there, "allocated - clawed back = pool + wallets");
        var logged = books.sums(
                ALLOCATION,
                "select tenant_id, sum(case kind when 'allocation' then amount else -amount end) from allocation_logs group by tenant_id");
        assertEquals(withoutZeros(put), withoutZeros(logged), "allocation_logs");
    }

    /** Promise 2. */
    private void everyBalanceIsTheSumOfItsEntries() {
        assertEquals(
                withoutZeros(books.sums(ALLOCATION, "select id, points_allocation_balance from tenants")),
                withoutZeros(books.sums(ALLOCATION, "select tenant_id, sum(amount) from pool_ledger group by 1")));
        assertEquals(
                withoutZeros(books.sums(
                        DISTRIBUTION, "select concat_ws('/', tenant_id, user_id, kind), balance from wallets")),
                withoutZeros(books.sums(
                        DISTRIBUTION,
                        "select concat_ws('/', tenant_id, user_id, kind), sum(amount) from wallet_ledger group by 1")));
        noRows(
                ALLOCATION,
                "gaps in pool entry numbers",
                "select t.id from tenants t left join pool_ledger l on l.tenant_id = t.id group by t.id"
                        + " having count(l.entry_number) <> t.pool_version or coalesce(max(l.entry_number), 0) <> t.pool_version");
        noRows(
                DISTRIBUTION,
                "gaps in wallet entry numbers",
                "select w.user_id from wallets w left join wallet_ledger l using (tenant_id, user_id, kind)"
                        + " group by tenant_id, user_id, kind having count(l.entry_number) <> w.entry_number"
                        + " or coalesce(max(l.entry_number), 0) <> w.entry_number");
        noRows(
                ALLOCATION,
                "pool entries whose balance is not the running sum",
                "select event_id from (select event_id, balance_after,"
                        + " sum(amount) over (partition by tenant_id order by entry_number) as running from pool_ledger) l"
                        + " where balance_after <> running");
        noRows(
                DISTRIBUTION,
                "wallet entries whose balance is not the running sum",
                "select event_id from (select event_id, balance_after, sum(amount) over"
                        + " (partition by tenant_id, user_id, kind order by entry_number) as running from wallet_ledger) l"
                        + " where balance_after <> running");
    }

    /** Promise 3, across both databases: the pool's side and the wallet's side of each distribution fit. */
    private void everyDistributionEndedOnceWithWhatItsEndImplies() {
        noRows(
                DISTRIBUTION,
                "distributions whose log has not exactly their own final state",
                "select d.id from distributions d left join distribution_logs l on l.distribution_id = d.id"
                        + " and l.state in ('COMPLETED', 'REJECTED', 'CANCELLED', 'COMPENSATED')"
                        + " group by d.id having count(l.state) <> 1 or min(l.state) <> d.state");
        var completedFromPool = books.sums(
                DISTRIBUTION,
                "select id, amount from distributions where state = 'COMPLETED' and source = 'pool' and kind <> 'return'");
        assertEquals(
                books.sums(ALLOCATION, "select distribution_id, amount from pool_debits where state = 'DEBITED'"),
                completedFromPool,
                "debits that stand = distributions completed from the pool");
        assertEquals(
                books.sums(
                        DISTRIBUTION,
                        "select w.distribution_id, w.amount from wallet_ledger w join distributions d on d.id = w.distribution_id"
                                + " where w.amount > 0 and d.source = 'pool'"),
                completedFromPool,
                "credits = distributions completed from the pool");
        noRows(
                DISTRIBUTION,
                "wallet entries of distributions that did not complete",
                "select w.distribution_id from wallet_ledger w join distributions d on d.id = w.distribution_id"
                        + " where d.state <> 'COMPLETED'");
        assertEquals(
                books.sums(ALLOCATION, "select distribution_id, amount from pool_debits where state = 'RETURNED'"),
                books.sums(
                        DISTRIBUTION,
                        "select id, amount from distributions where state = 'COMPLETED' and kind = 'return'"),
                "returns the pool took = returns completed");
    }

    /** Promise 5, by id set. */
    private void billingAndAuditMatchTheEvents() {
        var movements = Set.of("PointsAllocated", "PointsClawedBack");
        assertEquals(
                topics.ids(POOL_EVENTS, movements),
                books.texts(BILLING, "select event_id from platform_billing_logs"),
                "billing entries = allocations and clawbacks");
        assertEquals(
                books.texts(ALLOCATION, "select event_id from allocation_logs"),
                topics.ids(POOL_EVENTS, movements),
                "allocation events = allocation logs");
        var events = new HashSet<String>();
        for (var topic : Set.of(POOL_EVENTS, WALLET_EVENTS, BILLING_ENTRIES)) {
            events.addAll(topics.ids(topic));
        }
        assertEquals(events, books.texts(AUDIT, "select event_id from audit_log"), "audit records = events");
        assertEquals(
                books.texts(DISTRIBUTION, "select distinct event_id from wallet_ledger"),
                topics.ids(WALLET_EVENTS, Set.of("PointsAwarded", "PointsDelegated", "BudgetReturned")),
                "wallet events = wallet entries");
        assertEquals(
                books.number(AUDIT, "select count(*) from audit_log"), events.size(), "each event is recorded once");
    }

    private void nothingBecameADeadLetter() {
        for (var service : Service.values()) {
            for (var topic : io.points.local.Topics.all()) {
                if (topic.endsWith(service.module() + ".dlq")) {
                    assertEquals(0, topics.read(topic).size(), topic);
                }
            }
        }
    }

    private void noRows(Service service, String what, String query) {
        assertEquals(Set.of(), books.texts(service, query), what);
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> sums) {
        var rest = new HashMap<>(sums);
        rest.values().removeIf(points -> points == 0);
        return rest;
    }
}
