package io.points.e2e;

import static io.points.contract.Topic.ALLOCATION_ALERTS;
import static io.points.contract.Topic.AUDIT_CHECKPOINTS;
import static io.points.contract.Topic.BILLING_ENTRIES;
import static io.points.contract.Topic.BILLING_PERIODS;
import static io.points.contract.Topic.POOL_EVENTS;
import static io.points.contract.Topic.WALLET_EVENTS;
import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.DISTRIBUTION;

import io.points.local.Service;
import io.points.local.Stack;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the system promises, looked up in its books by exact sums and id sets. A count or a "not less than" would hide a
 * duplicate behind a loss.
 */
public final class Promises {

    /** Ten times what attesting takes on a busy machine, see Attestor: 200 balances, and a rest of 100 ms. */
    private static final Duration LONGEST_FOR_A_BALANCE = Duration.ofMillis(5);

    private static final String HELD = "select tenant_id, sum(amount) from distributions where state = 'HELD'";

    private final Books books;
    private final Topics topics;
    private final Duration ahead;

    /** The promises of this stack. */
    public Promises(Stack stack) {
        this(stack, new Books(stack));
    }

    /** The promises of this stack, as its books say that are kept at these places. */
    public Promises(Stack stack, Books books) {
        this(stack, books, Duration.ZERO);
    }

    /** The promises of this stack, whose services' clocks for the business are ahead of the system's by so much. */
    public Promises(Stack stack, Books books, Duration ahead) {
        this.books = books;
        this.ahead = ahead;
        topics = new Topics(stack.kafka().bootstrap());
    }

    /** Waits until nothing moves any more: see {@link Rest#await}. */
    public Duration awaitRest() {
        return new Rest(books, topics).await(Rest.LONGEST_WAY);
    }

    /** As above, with a limit of the caller's own. */
    public Duration awaitRest(Duration longest) {
        return new Rest(books, topics).await(longest);
    }

    /** Waits until all that callers have asked for stands in all books: see {@link Rest#awaitSettled}. */
    public Duration awaitSettled(Duration longest) {
        return new Rest(books, topics).awaitSettled(longest);
    }

    /**
     * Checks all of them.
     *
     * @throws AssertionError naming every difference
     */
    public void check() {
        var differences = new Differences();
        check(differences);
        for (var service : Service.values()) {
            for (var topic : io.points.local.Topics.all()) {
                if (topic.endsWith(service.module() + ".dlq")) {
                    topics.each(topic, letter -> differences.add("dead letter in " + topic));
                }
            }
        }
        if (!differences.found().isEmpty()) {
            throw new AssertionError(String.join("\n", differences.found()));
        }
    }

    /** All that hold at rest; dead letters are looked at by whoever knows which are due. */
    public void check(Differences differences) {
        // An alert that is raised meanwhile would be in one book and not yet in the other.
        var looks = new AlertLooks(books);
        looks.stop();
        try {
            checkAll(differences);
        } finally {
            looks.resume();
        }
    }

    private void checkAll(Differences differences) {
        everyBalanceIsAttestedAndNoneDiffers(differences);
        everyPointIsAccountedFor(differences);
        everyBalanceIsTheSumOfItsEntries(differences);
        everyDistributionEndedOnce(differences);
        bothSidesOfEachDistributionFit(differences);
        everyPeriodOfAScheduleIsRunOnce(differences);
        new DatePromises(books).check(differences);
        new ReservationPromises(books, topics).check(differences);
        new DepartmentPromises(books).check(differences);
        new HoldPromises(books, topics).check(differences);
        new RulePromises(books).check(differences);
        billingAndAuditMatchTheEvents(differences);
        nothingWasSetAside(differences);
    }

    /** Promise 1: allocated − clawed back = pool + reserved + wallets + expired, per tenant, for nothing is in flight at rest. */
    private void everyPointIsAccountedFor(Differences differences) {
        var put = books.sums(ALLOCATION, "select id, allocated - clawed_back + adjusted from tenants");
        var expired = "select tenant_id, sum(-amount) from ";
        var there =
                new HashMap<>(books.sums(ALLOCATION, "select id, points_allocation_balance + reserved from tenants"));
        books.sums(DISTRIBUTION, "select tenant_id, sum(balance) from wallets group by tenant_id")
                .forEach((tenant, points) -> there.merge(tenant, points, Long::sum));
        books.sums(DISTRIBUTION, HELD + " group by 1")
                .forEach((tenant, points) -> there.merge(tenant, points, Long::sum));
        books.sums(ALLOCATION, expired + "pool_ledger where kind = 'expiry' group by 1")
                .forEach((tenant, points) -> there.merge(tenant, points, Long::sum));
        books.sums(
                        DISTRIBUTION,
                        expired + "wallet_ledger l where cause = 'expiry'"
                                + " and not exists (select from distributions d where d.id = l.distribution_id) group by 1")
                .forEach((tenant, points) -> there.merge(tenant, points, Long::sum));
        differences.same("conservation: allocated - clawed back = pool + reserved + wallets + expired", put, there);
        differences.same(
                "conservation: allocation_logs",
                withoutZeros(put),
                withoutZeros(books.sums(
                        ALLOCATION,
                        "select tenant_id, sum(case kind when 'allocation' then amount else -amount end)"
                                + " from allocation_logs group by tenant_id")));
    }

    /** Promise 2. */
    private void everyBalanceIsTheSumOfItsEntries(Differences differences) {
        differences.same(
                "pool balances = sums of entries",
                withoutZeros(books.sums(ALLOCATION, "select tenant_id, sum(amount) from pool_ledger group by 1")),
                withoutZeros(books.sums(ALLOCATION, "select id, points_allocation_balance from tenants")));
        differences.same(
                "wallet balances = sums of entries",
                withoutZeros(books.sums(
                        DISTRIBUTION,
                        "select concat_ws('/', tenant_id, user_id, kind), sum(amount) from wallet_ledger group by 1")),
                withoutZeros(books.sums(
                        DISTRIBUTION, "select concat_ws('/', tenant_id, user_id, kind), balance from wallets")));
        noRows(
                differences,
                ALLOCATION,
                "gaps in pool entry numbers",
                "select t.id from tenants t left join pool_ledger l on l.tenant_id = t.id group by t.id"
                        + " having count(l.entry_number) <> t.pool_version or coalesce(max(l.entry_number), 0) <> t.pool_version");
        noRows(
                differences,
                DISTRIBUTION,
                "gaps in wallet entry numbers",
                "select w.user_id from wallets w left join wallet_ledger l using (tenant_id, user_id, kind)"
                        + " group by tenant_id, user_id, kind having count(l.entry_number) <> w.entry_number"
                        + " or coalesce(max(l.entry_number), 0) <> w.entry_number");
        noRows(
                differences,
                ALLOCATION,
                "pool entries whose balance is negative or not the running sum",
                "select event_id from (select event_id, balance_after,"
                        + " sum(amount) over (partition by tenant_id order by entry_number) as running from pool_ledger) l"
                        + " where balance_after <> running or running < 0");
        noRows(
                differences,
                DISTRIBUTION,
                "wallet entries whose balance is negative or not the running sum",
                "select event_id from (select event_id, balance_after, sum(amount) over"
                        + " (partition by tenant_id, user_id, kind order by entry_number) as running from wallet_ledger) l"
                        + " where balance_after <> running or running < 0");
    }

    /** Promise 3. */
    private void everyDistributionEndedOnce(Differences differences) {
        noRows(
                differences,
                DISTRIBUTION,
                "distributions whose log has not exactly their own final state",
                "select d.id from distributions d left join distribution_logs l on l.distribution_id = d.id"
                        + " and l.state in ('COMPLETED', 'REJECTED', 'CANCELLED', 'COMPENSATED')"
                        + " where d.state <> 'HELD' group by d.id having count(l.state) <> 1 or min(l.state) <> d.state");
        noRows(
                differences,
                DISTRIBUTION,
                "wallet entries of distributions that did not complete",
                "select w.distribution_id from wallet_ledger w join distributions d on d.id = w.distribution_id"
                        + " where d.state <> 'COMPLETED'");
        var completed = books.texts(
                DISTRIBUTION,
                "select id from distributions where state = 'COMPLETED' and kind not in ('batch', 'lapse', 'transfer')");
        differences.same(
                "feed items = completed distributions",
                completed,
                books.texts(DISTRIBUTION, "select distribution_id from feed where distribution_id is not null"));
        differences.same(
                "feed items, each once",
                (long) completed.size(),
                books.number(DISTRIBUTION, "select count(*) from feed where distribution_id is not null"));
    }

    /** Promise 3 across both databases: the pool's side and the wallet's side. */
    private void bothSidesOfEachDistributionFit(Differences differences) {
        var fromPool =
                " from distributions where state = 'COMPLETED' and source = 'pool' and kind not in ('return', 'batch', 'reversal', 'lapse', 'transfer')";
        var completedFromPool = books.sums(DISTRIBUTION, "select coalesce(debit_id, id), amount" + fromPool);
        books.sums(DISTRIBUTION, "select id, amount from distributions where state = 'HELD' and source = 'pool'")
                .forEach((id, amount) -> completedFromPool.merge(id, amount, Long::sum));
        differences.same(
                "debits that stand = distributions from the pool that are completed or wait for approval",
                completedFromPool,
                books.sums(ALLOCATION, "select distribution_id, amount from pool_debits where state = 'DEBITED'"));
        differences.same(
                "batches completed as a whole = sums of their awards",
                books.sums(
                        DISTRIBUTION,
                        "select id, amount from distributions where state = 'COMPLETED' and kind = 'batch'"),
                books.sums(DISTRIBUTION, "select debit_id, amount" + fromPool + " and debit_id is not null"));
        differences.same(
                "credits = distributions completed from the pool",
                books.sums(DISTRIBUTION, "select id, amount" + fromPool),
                books.sums(
                        DISTRIBUTION,
                        "select w.distribution_id, w.amount from wallet_ledger w join distributions d on d.id = w.distribution_id"
                                + " where w.amount > 0 and d.source = 'pool'"));
        reversalsFit(differences);
        everyLineOfABatchFits(differences);
        var returned = books.sums(
                DISTRIBUTION,
                "select id, amount from distributions where state = 'COMPLETED'"
                        + " and (kind in ('return', 'lapse') or kind = 'reversal' and source = 'pool')");
        differences.same(
                "returns the pool took = returns completed",
                returned,
                books.sums(ALLOCATION, "select distribution_id, amount from pool_debits where state = 'RETURNED'"));
        var moved = new HashMap<>(returned);
        completedFromPool.forEach((id, amount) -> moved.merge(id, -amount, Long::sum));
        differences.same(
                "pool entries = debits that stand and returns",
                moved,
                withoutZeros(books.sums(
                        ALLOCATION,
                        "select cause_id, sum(amount) from pool_ledger where kind in ('debit', 'cancel', 'refund', 'return')"
                                + " group by cause_id")));
    }

    /** Each award is reversed once at most, out of the wallet that it went to, and what its debit gave back is what was reversed. */
    private void reversalsFit(Differences differences) {
        noRows(
                differences,
                DISTRIBUTION,
                "reversals of what is no completed award, or that their award does not name",
                "select r.id from distributions r left join distributions a on a.id = r.reverses where r.kind = 'reversal'"
                        + " and (a.kind is distinct from 'award' or a.state <> 'COMPLETED' or a.reversed_by is distinct from r.id"
                        + " or a.to_user_id <> r.from_user_id or a.amount <> r.amount + r.missing)");
        noRows(
                differences,
                DISTRIBUTION,
                "awards that are reversed twice, or by nothing",
                "select a.id from distributions a left join distributions r on r.reverses = a.id"
                        + " where a.reversed_by is not null group by a.id having count(r.id) <> 1");
        differences.same(
                "wallets of reversed awards lost what was reversed",
                books.sums(DISTRIBUTION, "select id, amount from distributions where kind = 'reversal'"),
                books.sums(
                        DISTRIBUTION,
                        "select w.distribution_id, -w.amount from wallet_ledger w join distributions d"
                                + " on d.id = w.distribution_id and d.kind = 'reversal' where w.kind = 'earned'"));
        differences.same(
                "what debits gave back = what was reversed of them",
                books.sums(
                        DISTRIBUTION,
                        "select debit_id, sum(amount) from distributions where kind = 'reversal' and debit_id is not null group by 1"),
                books.sums(ALLOCATION, "select distribution_id, returned from pool_debits where returned <> 0"));
    }

    /** What was asked for in a batch is what became a distribution, line by line, or was refused with a reason. */
    private void everyLineOfABatchFits(Differences differences) {
        differences.same(
                "awards of batches = lines that were not refused",
                books.sums(
                        DISTRIBUTION,
                        "select concat_ws('/', distribution_id, to_user_id), amount from batch_receivers where state = 'completed'"),
                books.sums(
                        DISTRIBUTION,
                        "select concat_ws('/', d.id, d.to_user_id), d.amount from batch_lines l"
                                + " join distributions d on d.id = l.distribution_id where d.state = 'COMPLETED'"));
        noRows(
                differences,
                DISTRIBUTION,
                "lines of batches that are neither completed nor refused for a reason",
                "select batch_id || ' line ' || line from batch_receivers where state = 'accepted' or state = 'refused' and reason is null");
        noRows(differences, DISTRIBUTION, "batches that wait", "select id from batches where waiting");
        noRows(
                differences,
                DISTRIBUTION,
                "undos of batches that wait",
                "select batch_id from batch_undos where state = 'UNDOING'");
    }

    /** Promise 9: of each period at most one run is done, with exactly its allocation; and none that is due is without a run. */
    private void everyPeriodOfAScheduleIsRunOnce(Differences differences) {
        noRows(
                differences,
                ALLOCATION,
                "periods that were run twice",
                "select schedule_id || ' ' || period from schedule_runs where outcome in ('done', 'nothing_to_do')"
                        + " group by 1 having count(*) > 1");
        differences.same(
                "done runs = allocations by schedules",
                books.texts(
                        ALLOCATION,
                        "select concat_ws(' ', schedule_id, period, allocation_id, amount) from schedule_runs where outcome = 'done'"),
                books.texts(
                        ALLOCATION,
                        "select concat_ws(' ', schedule_id, period, id, amount) from allocation_logs where schedule_id is not null"));
        differences.same(
                "runs = events of runs",
                books.texts(ALLOCATION, "select event_id from schedule_runs"),
                topics.ids(POOL_EVENTS, "ScheduleRan"));
        noRows(
                differences,
                ALLOCATION,
                "schedules that are due and were not run",
                "select id from schedules where next_due_at < now() - interval '1 minute' + interval '"
                        + ahead.toSeconds() + " seconds'");
    }

    /** Promise 5, by id set. */
    private void billingAndAuditMatchTheEvents(Differences differences) {
        new BillingPromises(books, topics).check(differences);
        differences.same(
                "allocation events = allocation logs",
                books.texts(ALLOCATION, "select event_id from allocation_logs"),
                topics.ids(POOL_EVENTS, "PointsAllocated", "PointsClawedBack"));
        var events = new HashSet<String>();
        for (var topic : Set.of(POOL_EVENTS, ALLOCATION_ALERTS, WALLET_EVENTS, BILLING_ENTRIES, BILLING_PERIODS)) {
            events.addAll(topics.ids(topic));
        }
        alertsMatchTheirEvents(differences);
        differences.same("audit records = events", events, books.texts(AUDIT, "select event_id from audit_log"));
        differences.same(
                "audit records, each once",
                (long) events.size(),
                books.number(AUDIT, "select count(*) from audit_log"));
        everyAuditRecordIsSealed(differences);
        differences.same(
                "wallet events = wallet entries",
                books.texts(
                        DISTRIBUTION,
                        "select distinct event_id from wallet_ledger where cause is null or cause not in ('hold', 'release')"),
                topics.ids(
                        WALLET_EVENTS,
                        "PointsAwarded",
                        "PointsDelegated",
                        "BudgetReturned",
                        "PointsExpired",
                        "AwardReversed",
                        "EarnedReturned",
                        "WalletAdjusted"));
    }

    /** Each alert was told once, and no cause that is not over has two. */
    private void alertsMatchTheirEvents(Differences differences) {
        differences.same(
                "alerts told = alerts",
                (long) topics.ids(ALLOCATION_ALERTS, "BusinessAlertRaised").size(),
                books.number(ALLOCATION, "select count(*) from business_alerts"));
        noRows(
                differences,
                ALLOCATION,
                "causes with two alerts",
                "select kind || ' ' || cause from business_alerts where over_at is null"
                        + " group by kind, tenant_id, cause having count(*) > 1");
    }

    private void everyAuditRecordIsSealed(Differences differences) {
        differences.same(
                "leaves = audit records",
                books.texts(AUDIT, "select sequence from audit_log"),
                books.texts(AUDIT, "select sequence from audit_leaf_log"));
        noRows(
                differences,
                AUDIT,
                "trees with a gap, or without a checkpoint of their size",
                "select tenant_id from audit_leaf_log l group by tenant_id having count(*) <> max(leaf_index) + 1"
                        + " or count(*) <> (select max(tree_size) from audit_checkpoint_log c where c.tenant_id = l.tenant_id)");
        differences.same(
                "checkpoints told = checkpoints",
                books.texts(AUDIT, "select tenant_id || '/' || tree_size from audit_checkpoint_log")
                        .size(),
                topics.ids(AUDIT_CHECKPOINTS).size());
    }

    /** Has all balances attested now, so that what audit-service makes of the events is compared with every one of them. */
    private void everyBalanceIsAttestedAndNoneDiffers(Differences differences) {
        new Attestations(books).demand();
        long balances = books.number(DISTRIBUTION, "select count(*) from wallets");
        awaitRest(Rest.LONGEST_WAY.plus(LONGEST_FOR_A_BALANCE.multipliedBy(balances)));
        differences.none(
                "alerts",
                books.texts(
                        AUDIT,
                        "select concat_ws(' ', kind, tenant_id, account, holder_id, expected_balance, stored_balance,"
                                + " sum_of_entries, missing_entries) from audit_alert_log"));
        differences.same(
                "pool balances by the events = pool balances",
                books.sums(ALLOCATION, "select id, points_allocation_balance from tenants"),
                books.sums(AUDIT, "select holder_id, balance from audit_balances where account = 'pool'"));
        differences.same(
                "wallet balances by the events = wallet balances",
                books.sums(DISTRIBUTION, "select concat_ws('/', tenant_id, user_id, kind), balance from wallets"),
                books.sums(
                        AUDIT,
                        "select concat_ws('/', tenant_id, holder_id, account), balance from audit_balances"
                                + " where account not in ('pool', 'department')"));
        noRows(
                differences,
                AUDIT,
                "tenants whose events do not add up",
                "select tenant_id from audit_books where credited_early <> 0 or in_flight <> 0 or pool_entries <> pool_version"
                        + " or pool <> pool_balance or allocated - clawed_back <> pool + reserved + in_flight + budget + earned + expired");
    }

    private void nothingWasSetAside(Differences differences) {
        for (var service : List.of(Service.values())) {
            noRows(
                    differences,
                    service,
                    "outbox rows of " + service.module() + " set aside",
                    "select event_id from outbox where set_aside is not null");
        }
    }

    private void noRows(Differences differences, Service service, String what, String query) {
        differences.none(what, books.texts(service, query));
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> sums) {
        var rest = new HashMap<>(sums);
        rest.values().removeIf(points -> points == 0);
        return rest;
    }
}
