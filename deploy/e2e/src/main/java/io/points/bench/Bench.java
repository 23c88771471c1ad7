package io.points.bench;

import io.points.e2e.Folders;
import io.points.e2e.Promises;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Repository;
import io.points.local.Service;
import io.points.local.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code points bench}. */
@Command(name = "./points bench", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class Bench implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "A folder for the run; what is in it is deleted.")
    private Path data = Repository.state().resolve("bench");

    @Option(names = "--seconds", description = "How long each workload runs.")
    private int seconds = 15;

    @Option(names = "--receivers", description = "How many wallets the hot tenant has.")
    private int receivers = 10_000;

    @Option(names = "--tenants", description = "How many other tenants there are.")
    private int tenants = 100;

    @Option(names = "--profile", description = "Also shows which SQL statements the time of the database goes to.")
    private boolean profile;

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((fault, line, parsed) -> {
                    fault.printStackTrace();
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var folder = data.toAbsolutePath().normalize();
        Folders.empty(folder);
        try (var stack = new Stack(folder, Ports.free(), Progress.SILENT);
                var client = new Client(256)) {
            stack.start();
            var statements = new Statements(stack.postgres());
            if (profile) {
                statements.watch();
            }
            var hot = new Company("bench-hot", receivers);
            var others = new ArrayList<Company>();
            for (int i = 0; i < tenants; i++) {
                others.add(new Company("bench-" + i, 100));
            }
            var all = new ArrayList<Company>(others);
            all.add(hot);
            var stage = new Stage(stack, client);
            stage.set(all);
            System.out.println("staged");
            var distribution = stack.service(Service.DISTRIBUTION);
            var load = new Load(client, distribution.host(), distribution.port());
            var baseline = new Baseline(stack.postgres());
            baseline.prepare();
            var time = Duration.ofSeconds(seconds);
            var oneHot = stage.awards(List.of(hot));
            load.closed(64, Duration.ofSeconds(20), oneHot);
            for (int round = 0; round < 2; round++) {
                statements.reset();
                measure(stack, "W1 64", () -> load.closed(64, time, oneHot));
                statements.print(System.out);
                measure(stack, "W1 256", () -> load.closed(256, time, oneHot));
                for (int clients : new int[] {1, 16, 64}) {
                    var sample = baseline.run(clients, Duration.ofSeconds(5));
                    System.out.println("B1 " + clients + ": " + sample);
                }
            }
            measure(stack, "W2 64", () -> load.closed(64, time, stage.awards(others)));
            measure(stack, "W3", () -> load.constant(100, time, oneHot));
            new Promises(stack).awaitRest();
            new Promises(stack).check();
            System.out.println("The books balance.");
        }
        return 0;
    }

    private static void measure(Stack stack, String name, Supplier<Sample> workload) {
        var before = Cost.of(stack);
        var sample = workload.get();
        System.out.println(name + ": " + sample);
        System.out.println("    " + Cost.of(stack).perAwardSince(before, sample.awards()));
        new Promises(stack).awaitRest();
    }
}
