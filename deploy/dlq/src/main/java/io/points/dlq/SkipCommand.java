package io.points.dlq;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq skip QUEUE --partition P --offset N --reason TEXT}: the way past a record that nobody can even read. */
@Command(
        name = "skip",
        description =
                "Moves a stopped service past one record that it cannot even read. What it has not taken before that record"
                        + " becomes letters, which can be replayed; of the record itself a letter says where it stands, and why it"
                        + " was skipped.")
final class SkipCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions options;

    @Parameters(paramLabel = "QUEUE", description = "As in ${PARENT-COMMAND-FULL-NAME} list.")
    private String name;

    @Option(
            names = "--partition",
            required = true,
            paramLabel = "P",
            description = "The partition of the queue's topic.")
    private int partition;

    @Option(names = "--offset", required = true, paramLabel = "N", description = "The record that cannot be read.")
    private long offset;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stands in the letter.")
    private String reason;

    @Override
    public Integer call() {
        DeadLetterQueue queue = options.queue(name);
        if (reason.isBlank() || reason.length() > 500) {
            throw new DlqException("--reason must be a text of 1 to 500 characters.");
        }
        int before = options.with(kafka -> new Skip(kafka, queue, partition).past(offset, reason));
        System.out.println(("%s goes on behind offset %s of partition %s. %s holds a letter for it%s."
                        + " Start the service, then replay.")
                .formatted(
                        queue.group(),
                        offset,
                        partition,
                        queue.name(),
                        before == 0 ? "" : ", and for %s before it".formatted(before)));
        return 0;
    }
}
