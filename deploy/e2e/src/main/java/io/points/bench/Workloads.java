package io.points.bench;

import io.points.e2e.Books;
import io.points.e2e.Promises;
import io.points.local.Service;
import io.points.local.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The workloads, in the order in which they run. After each the system comes to rest. */
final class Workloads {

    static final int MANY = 256;

    private static final int FEW = 64;
    private static final int OTHER_TENANTS = 100;
    private static final int RECEIVERS_OF_OTHERS = 100;
    private static final int CONSTANT_RATE = 100;
    private static final Duration BASELINE_TIME = Duration.ofSeconds(5);
    private static final int[] BASELINE_CLIENTS = {1, 16, 64};
    private static final int CAMPAIGNS = 2;
    private static final int FAR_PAGE = 1_000;
    private static final double MEBIBYTE = 1 << 20;

    private final Stack stack;
    private final Client client;
    private final Results results;
    private final Statements statements;
    private final Duration time;
    private final PrintStream out;
    private final Stage stage;
    private final Load load;
    private final Baseline baseline;
    private final List<Company> others = new ArrayList<>();
    private Company hot;
    private double few;
    private double best;

    Workloads(Stack stack, Client client, Results results, Statements statements, Duration time, PrintStream out) {
        this.stack = stack;
        this.client = client;
        this.results = results;
        this.statements = statements;
        this.time = time;
        this.out = out;
        stage = new Stage(stack, client);
        var distribution = stack.service(Service.DISTRIBUTION);
        load = new Load(client, distribution.host(), distribution.port());
        baseline = new Baseline(stack.postgres());
    }

    /** Tenants, members, points; then load until the code is compiled. */
    void prepare(int receivers, Duration warmUp) throws IOException, SQLException {
        hot = new Company("bench-hot", receivers);
        for (int i = 0; i < OTHER_TENANTS; i++) {
            others.add(new Company("bench-" + i, RECEIVERS_OF_OTHERS));
        }
        var all = new ArrayList<>(others);
        all.add(hot);
        for (var service : Service.values()) {
            results.add(Figure.of(
                    "W6",
                    service.module() + ": start-up, s",
                    stack.service(service).startUp().toMillis() / 1_000.0));
        }
        stage.set(all);
        for (var service : Service.values()) {
            results.add(Figure.of("W6", service.module() + ": resident before the load, MiB", resident(service)));
        }
        baseline.prepare();
        out.println("Everything is there; warming up.");
        measure("warm-up", () -> load.closed(MANY, warmUp, stage.awards(List.of(hot))));
    }

    /** W1 and B1, alternating. */
    void takeTurns(int rounds) throws SQLException {
        var monolith = new double[BASELINE_CLIENTS.length];
        double many = 0;
        for (int round = 0; round < rounds; round++) {
            statements.reset();
            few += measure("W1, 64 connections", () -> load.closed(FEW, time, stage.awards(List.of(hot))))
                            .perSecond()
                    / rounds;
            statements.print(out);
            many += measure("W1, 256 connections", () -> load.closed(MANY, time, stage.awards(List.of(hot))))
                            .perSecond()
                    / rounds;
            for (int i = 0; i < monolith.length; i++) {
                var sample = baseline.run(BASELINE_CLIENTS[i], BASELINE_TIME);
                out.println("B1, " + BASELINE_CLIENTS[i] + " clients: " + sample);
                monolith[i] += sample.perSecond() / rounds;
            }
        }
        best = Math.max(monolith[0], Math.max(monolith[1], monolith[2]));
        results.add(Figure.atLeast(1_500, "W1", "awards/s, one hot pool, 64 connections", few));
        results.add(Figure.atLeast(few, "W1", "awards/s, one hot pool, 256 connections", many));
        for (int i = 0; i < monolith.length; i++) {
            results.add(Figure.of("B1", "monolith: awards/s, " + BASELINE_CLIENTS[i] + " clients", monolith[i]));
        }
        results.add(Figure.atLeast(2.5, "W1 : B1", "against the monolith's best", Math.max(few, many) / best));
        results.add(Figure.atLeast(4, "W1 : B1", "against the monolith with 64 clients", few / monolith[2]));
    }

    /** W2. */
    void manyTenants() {
        double all = measure("W2, 100 tenants", () -> load.closed(FEW, time, stage.awards(others)))
                .perSecond();
        results.add(Figure.of("W2", "awards/s, 100 tenants, 64 connections", all));
        results.add(Figure.atLeast(0.85, "W1 : W2", "one hot pool against 100", few / all));
    }

    /** W3. */
    void constantRate() {
        var sample = measure(
                "W3, " + CONSTANT_RATE + " awards/s",
                () -> load.constant(CONSTANT_RATE, time.multipliedBy(2), stage.awards(List.of(hot))));
        results.add(Figure.atMost(15, "W3", "100 awards/s: p50, ms", sample.millis(50)));
        results.add(Figure.atMost(60, "W3", "100 awards/s: p99, ms", sample.millis(99)));
        results.add(Figure.of("W3", "100 awards/s: p99.9, ms", sample.millis(99.9)));
    }

    /** W4. The first campaign of each kind is not counted: it finds cold code. */
    void campaigns() {
        results.add(Figure.atLeast(
                5_000, "W4", "receivers/s, " + hot.receivers().size() + " by one debit", campaign("all_or_nothing")));
        results.add(Figure.of("W4", "receivers/s, " + hot.receivers().size() + " each by its own", campaign("each")));
    }

    private double campaign(String mode) {
        var distribution = stack.service(Service.DISTRIBUTION);
        var campaign = new Campaign(client, distribution.host(), distribution.port());
        double perSecond = 0;
        for (int i = 0; i <= CAMPAIGNS; i++) {
            stage.refreshTokens(List.of(hot));
            double one = campaign.run(hot, stage.token(hot.manager()), mode);
            out.println("W4, " + mode + (i == 0 ? ", not counted" : "") + ": " + Math.round(one) + " receivers/s");
            perSecond += i == 0 ? 0 : one / CAMPAIGNS;
            new Promises(stack).awaitRest();
        }
        return perSecond;
    }

    /** W6, after all that was done. */
    void memory() {
        for (var service : Service.values()) {
            results.add(
                    Figure.atMost(250, "W6", service.module() + ": resident after the load, MiB", resident(service)));
        }
    }

    /** W5. */
    void growth() throws SQLException {
        new Growth(stack.postgres()).grow();
        out.println("Grown by " + Growth.LEDGER_ROWS + " ledger rows and " + Growth.TENANTS + " tenants.");
        stage.refreshTokens(List.of(hot));
        double grown = measure("W5, 64 connections", () -> load.closed(FEW, time, stage.awards(List.of(hot))))
                .perSecond();
        results.add(Figure.atLeast(0.9, "W5 : W1", "with 5 million ledger rows", grown / few));
        var reads = new Reads(client);
        var history = stack.service(Service.DISTRIBUTION).url() + "/api/allocations/history/tenant?limit=10";
        double first = reads.median(history, stage.token(hot.manager()));
        double far =
                reads.median(reads.page(history, stage.token(hot.manager()), FAR_PAGE), stage.token(hot.manager()));
        results.add(Figure.of("W5", "history, page 1: p50, ms", first));
        results.add(Figure.of("W5", "history, page 1,000: p50, ms", far));
        results.add(Figure.atMost(1.5, "W5", "page 1,000 against page 1", far / first));
        results.add(Figure.atMost(
                20,
                "W5",
                "stats: p50, ms",
                reads.median(
                        stack.service(Service.ALLOCATION).url() + "/api/platform/allocations/stats/" + hot.id(),
                        stage.token("admin"))));
        checkHotPool();
    }

    /** What grew behind the services' backs is in no event, so only the hot tenant's books can be checked now. */
    private void checkHotPool() {
        var books = new Books(stack);
        long pool = books.number(
                Service.ALLOCATION, "select debited - credited from tenants where id = '" + hot.id() + "'");
        long wallets = books.number(
                Service.DISTRIBUTION, "select sum(balance)::bigint from wallets where tenant_id = '" + hot.id() + "'");
        if (pool != wallets) {
            throw new IllegalStateException("The pool gave " + pool + " points, and the wallets hold " + wallets);
        }
    }

    private double resident(Service service) {
        return stack.service(service).residentBytes() / MEBIBYTE;
    }

    private Sample measure(String name, Supplier<Sample> workload) {
        var before = Cost.of(stack);
        var sample = workload.get();
        out.println(name + ": " + sample);
        out.println("    " + Cost.of(stack).perAwardSince(before, sample.awards()));
        new Promises(stack).awaitRest();
        return sample;
    }
}
