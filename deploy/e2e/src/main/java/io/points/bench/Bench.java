package io.points.bench;

import io.points.e2e.Folders;
import io.points.e2e.Promises;
import io.points.e2e.Revision;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Repository;
import io.points.local.Sentence;
import io.points.local.Stack;
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

    private final PrintStream out = System.out;

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(Sentence.run(new Bench(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        var folder = data.toAbsolutePath().normalize();
        Folders.empty(folder);
        var results = new Results();
        results.circumstance("Revision", Revision.ofSources());
        results.circumstance(
                "Measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.circumstance(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " cores for all of it, JDK "
                        + System.getProperty("java.version"));
        try (var stack = new Stack(folder, Ports.free(), Progress.SILENT);
                var client = new Client(Workloads.MANY)) {
            stack.start();
            var statements = new Statements(stack.postgres());
            if (profile) {
                statements.watch();
            }
            var workloads = new Workloads(stack, client, results, statements, Duration.ofSeconds(seconds), out);
            workloads.prepare(receivers, Duration.ofSeconds(warmUp));
            workloads.takeTurns(rounds);
            workloads.manyTenants();
            workloads.constantRate();
            workloads.campaigns();
            new Promises(stack).check();
            out.println("The books balance.");
            workloads.memory();
            if (!noGrowth) {
                workloads.growth();
            }
        }
        results.circumstance(
                "It took", Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        results.print(out);
        results.write(folder.resolve("bench.json"));
        if (updateDocs) {
            results.update(Repository.root().resolve("docs/performance.md"));
        }
        return 0;
    }
}
