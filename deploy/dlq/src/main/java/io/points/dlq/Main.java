package io.points.dlq;

import picocli.CommandLine;

/** The tool by itself, wherever Kafka is; {@code ./points dlq} has the same commands for the stack of one machine. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code: 0, 1 for what cannot be done, 2 for a wrong command. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command, and says in one sentence what cannot be done. */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new DlqCommand(), DlqCommand.on(KafkaFile::new));
        line.setCommandName("points-dlq");
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .mixinStandardHelpOptions(true));
        line.setExecutionExceptionHandler((fault, command, parsed) -> {
            if (!(fault instanceof DlqException)) {
                throw fault;
            }
            System.err.println(fault.getMessage());
            return 1;
        });
        return line.execute(arguments);
    }
}
