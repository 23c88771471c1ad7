package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.e2e.Promises;
import io.points.e2e.Topics;
import io.points.local.Service;
import java.util.ArrayList;
import java.util.List;

/** Everything that must hold at rest, compared exactly. */
final class Verdict {

    static final String CROSS_TENANT = "another tenant's was shown: ";

    private final Cluster cluster;
    private final History history;
    private final Books books;
    private final Topics topics;
    private final Traffic traffic;
    private final Differences differences = new Differences();
    private Model.Balance balance = new Model.Balance(0, 0);

    Verdict(Cluster cluster, History history) {
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
        new Promises(cluster.stack()).check(differences);
        var model = new Model();
        history.outcomes().forEach(model::replay);
        balance = model.compare(books, differences);
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
        require(notMet, "second reversals refused", history.refused(Kind.REVERSAL));
        require(notMet, "batches undone", undone());
        require(notMet, "second undos refused", history.refused(Kind.UNDO));
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
