package io.points.audit.verify;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The auditor's program: {@code ./points audit}, or this jar by itself. */
@Command(
        name = "./points audit",
        description = "Verifies exports of the audit log without trusting any service, and makes keys for it.",
        subcommands = {VerifyCommand.class, NewKeyCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT)
public final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Exit code 0: good, or done. 1: something is wrong. 2: the command was. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var line = new CommandLine(new AuditCommand());
        line.setExecutionExceptionHandler((fault, command, parsed) -> {
            System.err.println(fault.getMessage() == null ? fault.toString() : fault.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(arguments);
    }
}
