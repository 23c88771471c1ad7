package io.points.bench;

import static io.points.bench.Subject.FEW;
import static io.points.bench.Subject.MANY;

import io.points.e2e.Books;
import io.points.local.Clocks;
import io.points.local.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The workloads of one system, in the order in which they run. After each the system comes to rest. */
final class Workloads {

    private static final Duration BASELINE_TIME = Duration.ofSeconds(5);
    private static final int[] CLIENTS = {1, 16, 64};
    private static final int FAR_PAGE = 1_000;
    private static final double MEBIBYTE = 1 << 20;

    private final Subject subject;
    private final Results results;
    private final Statements statements;
    private final PrintStream out;
    private final Baseline baseline;
    private final Monolith monolith;
    private final Charts charts;
    private double few;

    Workloads(Subject subject, Results results, Statements statements, Charts charts, PrintStream out) {
        this.charts = charts;
        this.subject = subject;
        this.results = results;
        this.statements = statements;
        this.out = out;
        baseline = new Baseline(subject.stack().postgres());
        monolith = new Monolith(subject);
    }

    /** Starts with W6; then tenants, members, points, and load until the code is compiled. */
    void prepare(Duration warmUp) throws IOException, SQLException {
        for (var service : Service.values()) {
            results.add(Figure.of(
                    "W6",
                    service.module() + ": start-up, s",
                    subject.stack().service(service).startUp().toMillis() / 1_000.0));
        }
        baseline.prepare();
        subject.prepare(warmUp);
        subject.prepareFeatures();
        monolith.prepare(warmUp.dividedBy(3));
    }

    /** W8, W1, W1 with each feature, B1 and B2, alternating; what is not an average of the rounds is the last one's. */
    void takeTurns(int rounds) throws SQLException {
        var transactions = new double[CLIENTS.length];
        var services = new double[CLIENTS.length];
        var featured = new EnumMap<Feature, List<Double>>(Feature.class);
        double many = 0;
        Measured single = null;
        Measured last = null;
        Measured lastMany = null;
        for (int round = 0; round < rounds; round++) {
            single = subject.hot("W8, a single caller", 1);
            subject.hot("W1, 16 connections", 16);
            // Which of them goes first is by turns.
            var before = round % 2 == 1 ? featured() : null;
            statements.reset();
            last = subject.hot("W1, 64 connections", FEW);
            statements.print(out);
            double plain = last.perSecond();
            (before == null ? featured() : before)
                    .forEach((feature, perSecond) -> featured.computeIfAbsent(feature, x -> new ArrayList<>())
                            .add(perSecond / plain));
            lastMany = subject.hot("W1, 256 connections", MANY);
            few += last.perSecond() / rounds;
            many += lastMany.perSecond() / rounds;
            for (int i = 0; i < CLIENTS.length; i++) {
                var transaction = baseline.run(CLIENTS[i], BASELINE_TIME);
                out.println("B1, " + CLIENTS[i] + " clients: " + transaction);
                charts.throughput("SQL alone (B1)", CLIENTS[i], transaction.perSecond());
                transactions[i] += transaction.perSecond() / rounds;
                var service = monolith.run(CLIENTS[i], BASELINE_TIME);
                out.println("B2, " + CLIENTS[i] + " callers: " + service);
                charts.throughput("one service (B2)", CLIENTS[i], service.perSecond());
                services[i] += service.perSecond() / rounds;
            }
        }
        double best = Math.max(transactions[0], Math.max(transactions[1], transactions[2]));
        results.add(Figure.atLeast(1_500, "W1", "awards/s, one hot pool, 64 connections", few));
        results.add(Figure.atLeast(few, "W1", "awards/s, one hot pool, 256 connections", many));
        featured.forEach((feature, ratios) -> results.add(Figure.atLeast(
                feature.atLeast(), "W1", feature.words() + " against without, 64 connections", Ratios.median(ratios))));
        singleCaller(single);
        untilSettled("W1", "64 connections", last);
        untilSettled("W1", "256 connections", lastMany);
        for (int i = 0; i < CLIENTS.length; i++) {
            results.add(Figure.of("B1", "SQL alone: awards/s, " + CLIENTS[i] + " clients", transactions[i]));
        }
        for (int i = 0; i < CLIENTS.length; i++) {
            results.add(Figure.of("B2", "one service: awards/s, " + CLIENTS[i] + " callers", services[i]));
        }
        results.add(Figure.atLeast(1.8, "W1 : B1", "256 connections against SQL alone at its best", many / best));
        results.add(Figure.atLeast(
                3.2, "W1 : B1", "64 connections against SQL alone with 64 clients", few / transactions[2]));
        results.add(
                Figure.atLeast(3, "W1 : B2", "64 connections against one service with 64 callers", few / services[2]));
    }

    private Map<Feature, Double> featured() {
        var perSecond = new EnumMap<Feature, Double>(Feature.class);
        for (var feature : Feature.values()) {
            perSecond.put(feature, subject.featured(feature, FEW).perSecond());
        }
        return perSecond;
    }

    private void singleCaller(Measured measured) {
        results.add(Figure.of("W8", "a single caller: awards/s", measured.perSecond()));
        results.add(
                Figure.of("W8", "a single caller: p50, ms", measured.sample().millis(50)));
        results.add(
                Figure.of("W8", "a single caller: p99, ms", measured.sample().millis(99)));
        untilSettled("W8", "a single caller", measured);
    }

    /** Of a workload's last round. */
    private void untilSettled(String workload, String of, Measured measured) {
        results.add(Figure.of(workload, "awards/s until all books have them, " + of, measured.perSecondUntilSettled()));
        results.add(Figure.of(
                workload,
                "processor time of an award until all books have it, ms, " + of,
                measured.millisOfProcessor()));
        results.cost(workload + ", " + of, measured);
    }

    /** W2. */
    void manyTenants() {
        var all = subject.manyTenants();
        results.add(Figure.of("W2", "awards/s, 100 tenants, 64 connections", all.perSecond()));
        untilSettled("W2", "100 tenants", all);
        results.add(Figure.atLeast(0.85, "W1 : W2", "one hot pool against 100", few / all.perSecond()));
    }

    /** W3. */
    void constantRate() {
        var measured = subject.constantRate();
        var sample = measured.sample();
        results.add(Figure.atMost(15, "W3", "100 awards/s: p50, ms", sample.millis(50)));
        results.add(Figure.atMost(60, "W3", "100 awards/s: p99, ms", sample.millis(99)));
        results.add(Figure.of("W3", "100 awards/s: p99.9, ms", sample.millis(99.9)));
        results.add(Figure.atMost(45, "W3", "100 awards/s: the machine is busy, %", measured.busy() * 100));
        untilSettled("W3", "100 awards/s", measured);
    }

    /** W4. */
    void campaigns() {
        int receivers = subject.hot().receivers().size();
        var one = subject.campaigns(Subject.ONE_DEBIT);
        results.add(Figure.atLeast(5_000, "W4", "receivers/s, " + receivers + " by one debit", one.untilFinal()));
        results.add(Figure.of("W4", "receivers/s by one debit until all books have them", one.untilSettled()));
        results.add(Figure.atLeast(
                4_000,
                "W4",
                "receivers/s, " + receivers + " by one debit that waits for approval, once it is approved",
                subject.approvedCampaigns()));
        var each = subject.campaigns(Subject.EACH);
        results.add(Figure.of("W4", "receivers/s, " + receivers + " each by its own", each.untilFinal()));
        results.add(Figure.of("W4", "receivers/s each by its own until all books have them", each.untilSettled()));
    }

    /** W9: W3 before, during and after the round that goes through a large tenant's wallets at the end of a month. */
    void monthEnd(Clocks clocks) throws IOException, SQLException {
        var sweep = new ExpirySweep(subject, clocks, out);
        sweep.prepare();
        double before = sweep.alone();
        double told = sweep.whileOwnersAreTold();
        double lapsing = sweep.whilePointsLapse();
        double alone = (before + sweep.alone()) / 2;
        var wallets = String.format(Locale.ROOT, "%,d", ExpirySweep.WALLETS);
        results.add(Figure.of("W9", "100 awards/s, before and after: p99, ms", alone));
        results.add(Figure.of("W9", "100 awards/s while " + wallets + " owners are told: p99, ms", told));
        results.add(Figure.of("W9", "100 awards/s while points of " + wallets + " wallets lapse: p99, ms", lapsing));
        results.add(Figure.of("W9", "wallets/s whose points lapse meanwhile", sweep.walletsPerSecond()));
        results.add(Figure.atMost(1.2, "W9 : W3", "while owners are told: p99", told / alone));
        results.add(Figure.atMost(1.2, "W9 : W3", "while points lapse: p99", lapsing / alone));
    }

    /** W6, after what members see every day. */
    void memory() {
        resident()
                .forEach((service, mebibytes) ->
                        results.add(Figure.atMost(250, "W6", service + ": resident after the load, MiB", mebibytes)));
    }

    private Map<String, Double> resident() {
        var resident = new LinkedHashMap<String, Double>();
        for (var service : Service.values()) {
            resident.put(service.module(), subject.stack().service(service).residentBytes() / MEBIBYTE);
        }
        return resident;
    }

    /** W5. */
    void growth() throws SQLException {
        out.println("Writing " + Growth.LEDGER_ROWS + " rows of years of use behind the services' backs.");
        new Growth(new Behind(subject.stack().postgres())).grow();
        double grown = subject.hot("W5, 64 connections", FEW).perSecond();
        results.add(Figure.atLeast(0.9, "W5 : W1", "with 5 million ledger rows", grown / few));
        reads();
        checkHotPool();
    }

    private void reads() {
        var reads = new Reads(subject.client());
        var manager = subject.stage().token(subject.hot().manager());
        var history = subject.stack().service(Service.DISTRIBUTION).url() + "/api/allocations/history/tenant?limit=10";
        double first = reads.median(history, manager);
        double far = reads.median(reads.page(history, manager, FAR_PAGE), manager);
        results.add(Figure.of("W5", "history, page 1: p50, ms", first));
        results.add(Figure.of("W5", "history, page 1,000: p50, ms", far));
        results.add(Figure.atMost(1.5, "W5", "page 1,000 against page 1", far / first));
        var stats = subject.stack().service(Service.ALLOCATION).url() + "/api/platform/allocations/stats/"
                + subject.hot().id();
        results.add(Figure.atMost(
                20, "W5", "stats: p50, ms", reads.median(stats, subject.stage().token("admin"))));
    }

    /** What grew behind the services' backs is in no event, so only the hot tenant's books can be checked now. */
    private void checkHotPool() {
        var books = new Books(subject.stack());
        var tenant = subject.hot().id();
        long pool =
                books.number(Service.ALLOCATION, "select debited - credited from tenants where id = '" + tenant + "'");
        long wallets = books.number(
                Service.DISTRIBUTION, "select sum(balance)::bigint from wallets where tenant_id = '" + tenant + "'");
        if (pool != wallets) {
            throw new IllegalStateException("The pool gave " + pool + " points, and the wallets hold " + wallets);
        }
    }
}
