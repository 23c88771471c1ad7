package io.points.bench;

import io.points.e2e.Promises;
import io.points.local.Service;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A system that is measured: a stack with its tenants, their members and their points. */
final class Subject implements AutoCloseable {

    /** As many connections as there are at most. */
    static final int MANY = 256;

    static final int FEW = 64;
    static final int CONSTANT_RATE = 100;
    static final String ONE_DEBIT = "all_or_nothing";
    static final String EACH = "each";

    private static final int OTHER_TENANTS = 100;
    private static final int RECEIVERS_OF_OTHERS = 100;
    private static final int CAMPAIGNS = 2;

    private final String name;
    private final Stack stack;
    private final Duration time;
    private final PrintStream out;
    private final Charts charts;
    private final Client client = new Client(MANY);
    private final Stage stage;
    private final Load load;
    private final Company hot;
    private final Map<Feature, Company> featured = new EnumMap<>(Feature.class);
    private final Company careful;
    private final List<Company> others = new ArrayList<>();
    private final List<Company> set = new ArrayList<>();

    /**
     * Describes it; {@link #prepare} makes it ready.
     *
     * @param name before each line of its own; empty if there is no other
     * @param time how long a workload runs
     */
    Subject(String name, Stack stack, int receivers, Duration time, Charts charts, PrintStream out) {
        this.name = name;
        this.charts = charts;
        this.stack = stack;
        this.time = time;
        this.out = out;
        stage = new Stage(stack, client);
        load = new Load(client, distribution().host(), distribution().port());
        hot = new Company("bench-hot", receivers);
        careful = new Company("bench-careful", receivers);
        for (int i = 0; i < OTHER_TENANTS; i++) {
            others.add(new Company("bench-" + i, RECEIVERS_OF_OTHERS));
        }
    }

    /** Tenants, members, points; then load until the code is compiled. */
    void prepare(Duration warmUp) throws IOException {
        set.addAll(others);
        set.add(hot);
        stage.set(set);
        say("everything is there; warming up for " + warmUp.toSeconds() + " s");
        measure("warm-up", () -> load.closed(MANY, warmUp, stage.awards(List.of(hot))));
    }

    /** A hot tenant more for each feature, and one whose campaigns need approval: only of revisions that know of it. */
    void prepareFeatures() throws IOException {
        for (var feature : Feature.values()) {
            var company = new Company(feature.tenant(), hot.receivers().size());
            featured.put(feature, company);
            add(company);
            stage.policy(company, feature.policy());
            measure("warm-up, " + feature.words(), () -> load.closed(FEW, time, stage.awards(List.of(company))));
        }
        add(careful);
        stage.addApprover(careful);
        stage.policy(
                careful,
                new JsonObject()
                        .put("earned", new JsonObject())
                        .put(
                                "rules",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("id", "large")
                                                .put("of", "award")
                                                .put("points_above", 1)
                                                .put("then", "approve")
                                                .put("levels", 1)
                                                .put("hours", 24))));
    }

    /** W1 with a tenant that has it. */
    Measured featured(Feature feature, int callers) {
        var workload = "W1 " + feature.words() + ", " + callers + " connections";
        return measure(workload, () -> load.closed(callers, time, stage.awards(List.of(featured.get(feature)))));
    }

    /** W1: that many callers award the members of one tenant, each again as soon as it has its answer. */
    Measured hot(String workload, int callers) {
        var measured = measure(workload, () -> load.closed(callers, time, stage.awards(List.of(hot))));
        charts.throughput(series(), callers, measured.perSecond());
        charts.latency(series(workload), measured.sample());
        charts.cost(series(workload), measured);
        return measured;
    }

    /** The awards of W1, sent to something else that answers them. */
    Sample elsewhere(String host, int port, int callers, Duration time) {
        stage.refreshTokens(List.of(hot));
        return new Load(client, host, port).closed(callers, time, stage.awards(List.of(hot)));
    }

    /** W2: the same with a hundred tenants. */
    Measured manyTenants() {
        return measure("W2, 100 tenants", () -> load.closed(FEW, time, stage.awards(others)));
    }

    /** W3: awards come at a constant rate, whatever the system does. */
    Measured constantRate() {
        var workload = "W3, " + CONSTANT_RATE + " awards/s";
        var measured =
                measure(workload, () -> load.constant(CONSTANT_RATE, time.multipliedBy(2), stage.awards(List.of(hot))));
        charts.latency(series(workload), measured.sample());
        charts.cost(series(workload), measured);
        return measured;
    }

    /**
     * W9: W3 while something else goes on.
     *
     * @param goesOn looked at after the last answer; if nothing went on then, the bench fails
     */
    Measured constantRate(String during, BooleanSupplier goesOn) {
        return measure("W9, " + CONSTANT_RATE + " awards/s " + during, () -> {
            var sample = load.constant(CONSTANT_RATE, ExpirySweep.TIME, stage.awards(List.of(hot)));
            if (!goesOn.getAsBoolean()) {
                throw new IllegalStateException("W9 was over before its awards were: " + during);
            }
            return sample;
        });
    }

    /** A tenant of another size, with its points. */
    void add(Company company) throws IOException {
        stage.setLarge(company);
        set.add(company);
    }

    /** One point for each member of a tenant, by as few batches as can be. */
    void awardAll(Company company) {
        for (var some : company.receivers(Stage.MOST_AT_ONCE)) {
            stage.refreshTokens(List.of(company));
            campaign().run(some, stage.token(company.manager()), ONE_DEBIT);
        }
        awaitRest();
    }

    private Campaign campaign() {
        return new Campaign(client, distribution().host(), distribution().port());
    }

    /**
     * Receivers per second of a campaign.
     *
     * @param untilFinal until all of them have their points
     * @param untilSettled until all books have them
     */
    record Pace(double untilFinal, double untilSettled) {}

    /** W4. The first campaign of a kind is not counted: it finds cold code. */
    Pace campaigns(String mode) {
        var campaign = campaign();
        double untilFinal = 0;
        double untilSettled = 0;
        for (int i = 0; i <= CAMPAIGNS; i++) {
            stage.refreshTokens(List.of(hot));
            long began = System.nanoTime();
            double one = campaign.run(hot.receivers(), stage.token(hot.manager()), mode);
            awaitSettled();
            double settled = hot.receivers().size() * 1e9 / (System.nanoTime() - began);
            say("W4, " + mode + (i == 0 ? ", not counted" : "") + ": " + Math.round(one) + " receivers/s, "
                    + Math.round(settled) + "/s until all books have them");
            untilFinal += i == 0 ? 0 : one / CAMPAIGNS;
            untilSettled += i == 0 ? 0 : settled / CAMPAIGNS;
            awaitRest();
        }
        return new Pace(untilFinal, untilSettled);
    }

    /**
     * W4, by one debit that waits for approval: receivers per second from the moment it is approved until all of them have their
     * points. The first one is not counted: it finds cold code.
     */
    double approvedCampaigns() {
        double sum = 0;
        for (int i = 0; i <= CAMPAIGNS; i++) {
            stage.refreshTokens(List.of(careful));
            double one = campaign()
                    .approve(careful.receivers(), stage.token(careful.manager()), stage.token(careful.approver()));
            awaitSettled();
            say("W4, held and approved" + (i == 0 ? ", not counted" : "") + ": " + Math.round(one) + " receivers/s");
            sum += i == 0 ? 0 : one;
            awaitRest();
        }
        return sum / CAMPAIGNS;
    }

    private Measured measure(String workload, Supplier<Sample> work) {
        stage.refreshTokens(set);
        var before = Cost.of(stack);
        long began = System.nanoTime();
        var sample = work.get();
        var answered = Cost.of(stack).since(before);
        awaitSettled();
        var untilSettled = Duration.ofNanos(System.nanoTime() - began);
        var measured =
                new Measured(sample, untilSettled, answered, Cost.of(stack).since(before));
        say(workload + ": " + sample);
        say("    " + measured);
        awaitRest();
        return measured;
    }

    private void awaitSettled() {
        new Promises(stack).awaitSettled(Bench.LONGEST_WAY);
    }

    void awaitRest() {
        new Promises(stack).awaitRest(Bench.LONGEST_WAY);
    }

    private void say(String line) {
        out.println(name.isEmpty() ? line : name + ": " + line);
    }

    private String series() {
        return name.isEmpty() ? "this" : name;
    }

    private String series(String workload) {
        return name.isEmpty() ? workload : name + ": " + workload;
    }

    Stack stack() {
        return stack;
    }

    Client client() {
        return client;
    }

    Stage stage() {
        return stage;
    }

    Company hot() {
        return hot;
    }

    private ServiceProcess distribution() {
        return stack.service(Service.DISTRIBUTION);
    }

    @Override
    public void close() {
        client.close();
    }
}
