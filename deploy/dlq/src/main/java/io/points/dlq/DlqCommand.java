package io.points.dlq;

import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the services could not handle; a launcher takes it for a command of its own. */
@Command(
        name = "dlq",
        description = "Dead letters: what a service could not handle.",
        synopsisSubcommandLabel = "list|show|replay|skip",
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class, SkipCommand.class})
public final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Makes the commands, each with options of its own that say which Kafka it works on. */
    public static CommandLine.IFactory on(Supplier<? extends KafkaOptions> kafka) {
        CommandLine.IFactory usual = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == KafkaOptions.class ? type.cast(kafka.get()) : usual.create(type);
            }
        };
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
