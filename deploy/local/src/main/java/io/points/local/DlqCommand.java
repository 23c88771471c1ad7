package io.points.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code points dlq}: what the services could not handle. */
@Command(
        name = "dlq",
        description = "Dead letters: what a service could not handle.",
        synopsisSubcommandLabel = "list|show|replay|skip",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class, DlqSkipCommand.class})
final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
