package io.points.chaos;

import io.points.e2e.Books;
import io.points.e2e.Folders;
import io.points.e2e.Promises;
import io.points.e2e.Revision;
import io.points.local.Ports;
import io.points.local.Repository;
import io.points.local.Sentence;
import io.points.local.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code points chaos}: breaks the system in every way that is planned, and checks that it kept what it promised. */
@Command(
        name = "./points chaos",
        description = {
            "Drives a stack of its own with a seeded workload while killing, freezing and cutting off its parts, and then",
            "holds its books against what it promised. Exit code 0: every promise was kept; 1: one was broken;",
            "2: a state that had to be met was not, so the run proves nothing."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Chaos implements Callable<Integer> {

    private static final int KEPT = 0;
    private static final int BROKEN = 1;
    private static final int INVALID = 2;
    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);
    private static final String UNDECIDED =
            "select count(*) from distributions where approval_levels is not null and state in ('REQUESTED', 'HELD')";

    @Option(names = "--seed", description = "Decides the plan of faults and the workload.")
    private long seed = 1;

    @Option(names = "--kills", description = "How many processes are killed, 6 or more.")
    private int kills = 20;

    @Option(names = "--awards", description = "How many awards are made at least, 1000 or more.")
    private int awards = 20_000;

    @Option(names = "--callers", description = "How many callers there are at once.")
    private int callers = 192;

    @Option(
            names = "--at-once",
            description = "How many faults there may be at once, 1 or more; 1: each is recovered from alone.")
    private int atOnce = 4;

    @Option(names = "--data", paramLabel = "DIR", description = "A folder for the run; what is in it is deleted.")
    private Path data = Repository.state().resolve("chaos");

    @Option(names = "--plan", description = "Only prints the plan of faults.")
    private boolean onlyPlan;

    private PrintStream out = System.out;

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(Sentence.run(new Chaos(), arguments));
    }

    /** A run from within a test; its report goes to {@code out}. */
    public static int run(long seed, int kills, int awards, int callers, Path data, PrintStream out)
            throws IOException {
        var chaos = new Chaos();
        chaos.seed = seed;
        chaos.kills = kills;
        chaos.awards = awards;
        chaos.callers = callers;
        chaos.data = data;
        chaos.out = out;
        return chaos.call();
    }

    @Override
    public Integer call() throws IOException {
        if (kills < 6 || awards < 1_000 || callers < 1 || atOnce < 1) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this),
                    "--kills must be 6 or more, --awards 1000 or more, --callers and --at-once 1 or more.");
        }
        var plan = Plan.of(seed, kills, awards);
        out.println(
                "seed " + seed + ", revision " + Revision.ofSources() + ", " + kills + " kills, " + awards + " awards");
        if (onlyPlan) {
            plan.faults().forEach(fault -> out.println(fault.afterAwards() + " " + fault.fault()));
            return KEPT;
        }
        var folder = data.toAbsolutePath().normalize();
        Disk.release(folder.resolve("postgres"));
        Folders.empty(folder);
        try (var cluster = new Cluster(folder, Ports.free());
                var history = new History(folder.resolve("history.log"))) {
            return run(cluster, history, plan);
        }
    }

    private int run(Cluster cluster, History history, Plan plan) throws IOException {
        if (cluster.disk().isEmpty()) {
            out.println("This machine allows no disk of our own, so none will be full.");
        }
        cluster.start();
        var script = new Script(seed);
        var caller = new Caller(cluster.stack().keycloak());
        var workload = new Workload(cluster, script, history, caller);
        new Scene(cluster, caller, workload).set(script);
        var tally = new Tally();
        var enquiries = new Enquiries(cluster, history, caller);
        var books = new Books(cluster.stack());
        var turn = new Semaphore(1);
        var rarities = new Rarities(cluster, script.forced(), workload, enquiries, caller, books, turn);
        var schedulers = new Schedulers(cluster, script.forced(), books);
        var departure = new Departure(cluster, script.leaving(), workload, caller, books, turn);

        long began = System.nanoTime();
        out.println("Everything is up; the faults begin.");
        workload.start(callers);
        var progress = Progress.begin(history, tally, out);
        new Injector(cluster, history, tally, rarities, schedulers, departure, new Identities(cluster, caller), atOnce)
                .run(plan);
        if (!history.awaitAwards(awards)) {
            tally.failure("no award was answered for 3 minutes, and the run was ended");
        }
        workload.finish();
        progress.end();
        var underFault = Duration.ofNanos(System.nanoTime() - began);

        cluster.calm();
        out.println("The faults are over after " + underFault.toSeconds() + " s; waiting for rest.");
        resolve(history, workload);
        if (!endApprovals(script, workload, books)) {
            tally.failure("a minute after the faults, something still waited for approval");
        }
        if (!new Rounds(cluster.calendar(), books).awaitRest()) {
            tally.failure("a minute after the faults, something was still due by the calendar");
        }
        var toRest = new Promises(cluster.stack()).awaitRest();
        followToTheirEnd(script, history, enquiries, workload);
        out.println("At rest; comparing the books, then replaying every topic from its beginning.");
        var verdict = new Verdict(cluster, history, departure);
        verdict.reach(tally);
        var notMet = verdict.notMet(tally);
        new Report(out).print(tally, history, verdict, underFault, toRest, notMet);
        if (!verdict.broken().isEmpty()) {
            return BROKEN;
        }
        return notMet.isEmpty() ? KEPT : INVALID;
    }

    /** Whoever got no answer asks once more, under the same key. */
    private static void resolve(History history, Workload workload) {
        history.outcomes().forEach((operation, outcome) -> {
            if (!outcome.isKnown()) {
                workload.ask(operation, LONGEST_TRY, false);
            }
        });
    }

    /** About whatever still waits, or comes to, somebody says no. */
    private static boolean endApprovals(Script script, Workload workload, Books books) {
        return Waits.untilSeen(LONGEST_TRY, () -> {
            script.companies().forEach(company -> workload.approvers().end(company));
            return books.number(Service.DISTRIBUTION, UNDECIDED) == 0;
        });
    }

    /** Whoever was told to come back later does: the tenant's history tells of most, the distribution itself of the rest. */
    private static void followToTheirEnd(Script script, History history, Enquiries enquiries, Workload workload) {
        var told = new HashMap<String, OperationResult>();
        script.companies().forEach(company -> told.putAll(enquiries.history(company)));
        history.outcomes().forEach((operation, outcome) -> {
            if (outcome.isOpen() && operation.kind() == Operation.Kind.UNDO) {
                // Its distribution is the batch; how the undo ended, its key tells.
                Waits.until(LONGEST_TRY, () -> !workload.ask(operation, LONGEST_TRY, false)
                        .isOpen());
            } else if (outcome.isOpen()) {
                var end = told.get(outcome.id());
                if (end != null && !end.isOpen()) {
                    history.answer(operation, end, System.nanoTime());
                } else {
                    look(operation, history, enquiries);
                }
            }
        });
    }

    private static void look(Operation operation, History history, Enquiries enquiries) {
        Waits.until(LONGEST_TRY, () -> {
            var now = enquiries.look(operation);
            if (now.isKnown() && !now.isOpen()) {
                history.answer(operation, now, System.nanoTime());
                return true;
            }
            return false;
        });
    }
}
