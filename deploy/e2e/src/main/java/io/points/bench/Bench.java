package io.points.bench;

import io.points.e2e.Folders;
import io.points.e2e.Promises;
import io.points.e2e.Revision;
import io.points.local.Clocks;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Repository;
import io.points.local.Sentence;
import io.points.local.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code points bench}: how fast awards are, over HTTP and to the end of their sagas. */
@Command(
        name = "./points bench",
        description = {
            "Measures a stack of its own, load generator and all on this machine: awards over HTTP with real tokens, counted",
            "when their sagas are completed and their answers read. In the same run, a monolith's SQL transaction does the",
            "same on the same database server. Prints one table, and writes it as JSON to DIR/bench.json."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Bench implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "A folder for the run; what is in it is deleted.")
    private Path data = Repository.state().resolve("bench");

    @Option(names = "--seconds", description = "How long each workload runs.")
    private int seconds = 15;

    @Option(names = "--warm-up", description = "Seconds of load before anything is measured.")
    private int warmUp = 90;

    @Option(names = "--receivers", description = "How many wallets the hot tenant has.")
    private int receivers = 10_000;

    @Option(names = "--rounds", description = "How often W1 and the monolith take turns.")
    private int rounds = 2;

    @Option(names = "--no-growth", description = "Leaves W5 out.")
    private boolean noGrowth;

    @Option(names = "--profile", description = "Also shows which SQL statements the time of the database goes to.")
    private boolean profile;

    @Option(names = "--update-docs", description = "Writes the table into docs/performance.md too.")
    private boolean updateDocs;

    @Option(
            names = "--against",
            paramLabel = "REVISION",
            description = "Builds that revision beside this one, and runs both in turns in one sitting.")
    private String against;

    /** Until the system is at rest, on the slowest of machines with the largest of backlogs. */
    static final Duration LONGEST_WAY = Duration.ofMinutes(10);

    private final PrintStream out = System.out;
    private final Charts charts = new Charts();

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(Sentence.run(new Bench(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        var folder = data.toAbsolutePath().normalize();
        var other = against == null
                ? null
                : OtherRevision.build(against, Repository.state().resolve("revisions"), out);
        Folders.empty(folder);
        var results = new Results();
        results.circumstance("Revision", Revision.ofSources() + (other == null ? "" : " beside " + other.name()));
        results.circumstance(
                "Measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.circumstance(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " cores for all of it, JDK "
                        + System.getProperty("java.version"));
        boolean ended = false;
        try {
            if (other == null) {
                measure(folder, results);
            } else {
                compare(folder, other, results);
            }
            ended = true;
        } finally {
            if (!ended) {
                out.println("It ends before its end, with this measured:");
                results.print(out);
            }
        }
        results.circumstance(
                "It took", Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        results.print(out);
        results.write(folder.resolve("bench.json"));
        draw(folder, other == null ? "bench" : "against");
        if (updateDocs) {
            results.update(Repository.root().resolve("docs/performance.md"));
        }
        return 0;
    }

    /** A machine without fonts draws nothing; the figures are in the table all the same. */
    private void draw(Path folder, String name) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            charts.write(folder, name);
            if (updateDocs) {
                charts.write(Repository.root().resolve("docs/performance"), name);
            }
        } catch (LinkageError | InternalError e) {
            out.println("No charts were drawn: this Java finds no fonts (" + e.getMessage() + ").");
        }
    }

    private void measure(Path folder, Results results) throws Exception {
        var clocks = new Clocks(folder);
        try (var stack = new Stack(folder, Ports.free(), Progress.SILENT, clocks);
                var subject = new Subject("", stack, receivers, Duration.ofSeconds(seconds), charts, out)) {
            out.println("Starting the stack.");
            stack.start();
            var statements = new Statements(stack.postgres());
            if (profile) {
                statements.watch();
            }
            var workloads = new Workloads(subject, results, statements, charts, out);
            workloads.prepare(Duration.ofSeconds(warmUp));
            workloads.takeTurns(rounds);
            workloads.manyTenants();
            workloads.constantRate();
            workloads.campaigns();
            workloads.memory();
            workloads.monthEnd(clocks);
            new Promises(stack).check();
            out.println("The books balance.");
            if (!noGrowth) {
                workloads.growth();
            }
        }
    }

    /** Both stacks are up all the time, and the one that is not asked is idle. */
    private void compare(Path folder, OtherRevision other, Results results) throws Exception {
        var time = Duration.ofSeconds(seconds);
        try (var stack = new Stack(folder.resolve("this"), Ports.free(), Progress.SILENT);
                var mine = new Subject("this", stack, receivers, time, charts, out)) {
            out.println("Starting this revision.");
            stack.start();
            try (var beside = new Stack(folder.resolve(other.name()), Ports.free(), Progress.SILENT, other.wiring());
                    var theirs = new Subject(other.name(), beside, receivers, time, charts, out)) {
                out.println("Starting " + other.name() + ".");
                beside.start();
                mine.prepare(Duration.ofSeconds(warmUp));
                theirs.prepare(Duration.ofSeconds(warmUp));
                new Comparison(mine, theirs, results.ratios(other.name()), out).run(rounds);
                new Promises(stack).check();
                out.println("The books balance.");
            }
        }
    }
}
