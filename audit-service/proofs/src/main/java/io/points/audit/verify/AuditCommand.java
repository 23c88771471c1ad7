package io.points.audit.verify;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
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
            System.err.println(sentence(fault));
            return CommandLine.ExitCode.USAGE;
        });
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            System.err.println("A file is nested too deeply, or too large, to be read: " + e);
            return CommandLine.ExitCode.USAGE;
        }
    }

    /** Java's exceptions of files have the name alone for a message. */
    private static String sentence(Exception fault) {
        if (fault instanceof NoSuchFileException file) {
            return file.getFile() + ": there is no such file or folder.";
        }
        if (fault instanceof FileAlreadyExistsException file) {
            return file.getFile() + ": it exists already, and is not written over.";
        }
        if (fault instanceof AccessDeniedException file) {
            return file.getFile() + ": this user may not (permission denied).";
        }
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }
}
