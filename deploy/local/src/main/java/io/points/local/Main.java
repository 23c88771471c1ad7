package io.points.local;

import io.points.dlq.DlqCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The launcher behind the script {@code points}. */
@Command(
        name = "./points",
        description = "Points on one machine: PostgreSQL, Kafka, Keycloak and the four services.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            DlqCommand.class,
            DownCommand.class,
            ResetCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** All commands, as they are typed. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main(), DlqCommand.on(StackKafka::new));
    }

    /** Runs one command, and says in one sentence what went wrong. */
    static int run(String... arguments) {
        return Sentence.run(commandLine(), arguments);
    }
}
