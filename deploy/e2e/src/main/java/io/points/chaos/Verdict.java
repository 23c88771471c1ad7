package io.points.chaos;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

import io.points.chaos.Operation.Kind;
import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.e2e.Promises;
import io.points.e2e.Topics;
import io.points.local.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that must hold at rest, compared exactly. */
final class Verdict {

    static final String CROSS_TENANT = "another tenant's was shown: ";

    private static final String WAITED =
            "distributions d where exists (select from distribution_logs l where l.distribution_id = d.id and l.state = 'HELD')";

    private final Cluster cluster;
    private final History history;
    private final Departure departure;
    private final Books books;
    private final Topics topics;
    private final Traffic traffic;
    private final Differences differences = new Differences();
    private Model.Balance balance = new Model.Balance(0, 0);

    Verdict(Cluster cluster, History history, Departure departure) {
        this.departure = departure;
        this.cluster = cluster;
        this.history = history;
        books = new Books(cluster.stack());
        topics = new Topics(cluster.stack().kafka().bootstrap());
        traffic = new Traffic(topics, books);
    }

    /** Looks at everything. The system must be at rest, and is again afterwards. */
    void reach(Tally tally) {
        history.violations().forEach(differences::add);
        tally.failures().forEach(differences::add);
        differences.none("parts that ended though nothing had broken them", cluster.endedByThemselves());
        new Promises(cluster.stack(), books, cluster.calendar().ahead()).check(differences);
        var model = new Model();
        history.outcomes().forEach(model::replay);
        balance = model.compare(books, departure.company(), differences);
        departure.check(differences);
        PoolReplay.check(topics, differences);
        traffic.check(differences);
        tenantsAreApart();
        logsCannotBeChanged();
        new FullReplay(cluster, books, topics).check(differences);
    }

    private void tenantsAreApart() {
        differences.none(
                "wallet entries or log lines of a distribution under another tenant",
                books.texts(
                        Service.DISTRIBUTION,
                        "select d.id from distributions d join wallet_ledger l on l.distribution_id = d.id"
                                + " where l.tenant_id <> d.tenant_id union select d.id from distributions d"
                                + " join distribution_logs l on l.distribution_id = d.id where l.tenant_id <> d.tenant_id"));
    }

    private void logsCannotBeChanged() {
        for (var service : Service.values()) {
            var tables = books.appendOnlyTables(service);
            if (tables.isEmpty()) {
                differences.add(service.module() + " has no append-only table");
            }
            for (var table : tables) {
                // Of what is empty, nothing can be deleted: no alert was raised, no month closed.
                var isEmpty = books.texts(service, "select 'x' from " + table + " limit 1")
                        .isEmpty();
                var truncate = "truncate " + table + " cascade";
                for (var change : isEmpty ? List.of(truncate) : List.of("delete from " + table, truncate)) {
                    var refusal = books.refusal(service, change);
                    if (refusal == null || !refusal.contains("append-only")) {
                        differences.add("not refused to the owner: " + change + " (" + refusal + ")");
                    }
                }
            }
        }
    }

    /** What is wrong; empty if everything was kept. */
    List<String> broken() {
        return differences.found();
    }

    Model.Balance balance() {
        return balance;
    }

    Traffic traffic() {
        return traffic;
    }

    long negativeBalances() {
        return books.number(
                        Service.ALLOCATION,
                        "select (select count(*) from tenants where points_allocation_balance < 0)"
                                + " + (select count(*) from pool_ledger where balance_after < 0)")
                + books.number(
                        Service.DISTRIBUTION,
                        "select (select count(*) from wallets where balance < 0)"
                                + " + (select count(*) from wallet_ledger where balance_after < 0)");
    }

    /** Times that something of another tenant's was seen. */
    long crossTenantReads() {
        return history.violations().stream()
                .filter(violation -> violation.startsWith(CROSS_TENANT))
                .count();
    }

    /** Distributions that ended in this state. */
    long ended(String state) {
        return books.number(Service.DISTRIBUTION, "select count(*) from distributions where state = '" + state + "'");
    }

    /** Awards that were taken back by themselves, and those of them that came from a budget and are in it again. */
    long reversed(boolean toBudget) {
        return books.number(
                Service.DISTRIBUTION,
                "select count(*) from distributions where kind = 'reversal' and debit_id is "
                        + (toBudget ? "null and source = 'budget'" : "not distinct from reverses"));
    }

    /** Batches that were taken back. */
    long undone() {
        return books.number(Service.DISTRIBUTION, "select count(*) from batch_undos where state = 'UNDONE'");
    }

    /** What months bring with them: how often each has happened. */
    Map<String, Long> inTheCourseOfMonths(Tally tally) {
        var met = new LinkedHashMap<String, Long>();
        met.put("periods of schedules that were run", count(ALLOCATION, "schedule_runs where outcome = 'done'"));
        met.put("owners told of points that lapse", count(DISTRIBUTION, "expiry_notices"));
        met.put(
                "days of wallets that lapsed",
                count(DISTRIBUTION, "wallet_ledger where cause = 'expiry'")
                        + count(DISTRIBUTION, "distributions where kind = 'lapse'"));
        met.put("days of pools that lapsed", count(ALLOCATION, "pool_ledger where kind = 'expiry'"));
        met.put("days of pools that lapsed after a refund", Rarities.lapsedAfterRefund(books));
        for (var state : List.of("approved", "rejected", "withdrawn", "expired")) {
            met.put(
                    "clawbacks that two people had to look at: " + state,
                    count(ALLOCATION, "proposals where kind = 'clawback' and state = '" + state + "'"));
        }
        met.put("tenants closed", count(ALLOCATION, "tenants where status = 'closed'"));
        for (var rarity : Rarity.values()) {
            met.put(rarity.words(), (long) tally.times(rarity));
        }
        return met;
    }

    /** How what waited for approval has ended, and what rules refused: how often each has happened. */
    Map<String, Long> byRules() {
        var met = new LinkedHashMap<String, Long>();
        met.put("refused by a limit", (long) history.timesLimited());
        met.put("waited for approval, and given", count(DISTRIBUTION, WAITED + " and state = 'COMPLETED'"));
        met.put("waited for approval: rejected", count(DISTRIBUTION, WAITED + " and reason = 'APPROVAL_REJECTED'"));
        met.put("waited for approval: withdrawn", count(DISTRIBUTION, WAITED + " and reason = 'WITHDRAWN'"));
        met.put("waited for approval: expired", count(DISTRIBUTION, WAITED + " and reason = 'APPROVAL_EXPIRED'"));
        met.put(
                "waited for approval: the receiver had left",
                count(DISTRIBUTION, WAITED + " and reason = 'RECEIVER_NOT_ELIGIBLE'"));
        met.put("decisions that came second", (long) history.lateDecisions());
        return met;
    }

    private long count(Service service, String rows) {
        return books.number(service, "select count(*) from " + rows);
    }

    /** Rare states that the run did not meet though it had to; if there are any, it proves nothing. */
    List<String> notMet(Tally tally) {
        var notMet = new ArrayList<String>();
        require(notMet, "debits after their cancel", traffic.lateDebits());
        require(notMet, "tombstones used", traffic.tombstones());
        require(notMet, "frozen processes that woke up after their partitions had moved", tally.zombies());
        require(notMet, "compensations", ended("COMPENSATED"));
        require(notMet, "cancelled distributions", ended("CANCELLED"));
        require(notMet, "refused distributions", ended("REJECTED"));
        require(notMet, "awards reversed to the pool", reversed(false));
        require(notMet, "awards reversed to the budget", reversed(true));
        require(notMet, "second reversals refused", history.seconds(Kind.REVERSAL));
        require(notMet, "batches undone", undone());
        require(notMet, "second undos refused", history.seconds(Kind.UNDO));
        inTheCourseOfMonths(tally).forEach((what, count) -> require(notMet, what, count));
        byRules().forEach((what, count) -> require(notMet, what, count));
        require(notMet, "duplicates suppressed", traffic.doubles());
        require(notMet, "unknowns resolved", history.unknowns());
        require(notMet, "repeats with the same key", history.repeats());
        require(notMet, "looks at another tenant's", history.peeks());
        require(notMet, "kills", tally.killed());
        require(
                notMet,
                "crashes at a fault point",
                tally.kills().keySet().stream()
                        .filter(kind -> kind.startsWith("crash"))
                        .count());
        return notMet;
    }

    private static void require(List<String> notMet, String what, long count) {
        if (count == 0) {
            notMet.add(what);
        }
    }
}
