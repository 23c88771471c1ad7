package io.points.dlq;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq replay QUEUE}; its exit code is 0 only if every letter that was asked for is handled now. */
@Command(
        name = "replay",
        description = "Gives letters to their service once more. A letter is sent once, unless --offset names it again;"
                + " a message that was handled already changes nothing.")
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_REASON = 300;

    @Mixin
    private KafkaOptions options;

    @Parameters(paramLabel = "QUEUE", description = "As in ${PARENT-COMMAND-FULL-NAME} list.")
    private String name;

    @ArgGroup
    private Which which = new Which();

    private static final class Which {
        @Option(names = "--offset", paramLabel = "N", description = "This letter, even if it was replayed before.")
        private Long offset;

        @Option(names = "--all", description = "Every letter that was not replayed yet; this is the default.")
        private boolean all;
    }

    @Override
    public Integer call() {
        DeadLetterQueue queue = options.queue(name);
        Replay.Report outcome = options.with(kafka -> {
            Replay replay = new Replay(kafka, queue, PATIENCE);
            return which.offset == null ? replay.waiting() : replay.one(which.offset);
        });
        tell(queue, outcome);
        return outcome.isGood() ? 0 : 1;
    }

    private void tell(DeadLetterQueue queue, Replay.Report outcome) {
        if (outcome.sent() == 0 && outcome.left().isEmpty()) {
            System.out.println("Replayed 0: no letter waits in " + queue.name() + ".");
            return;
        }
        System.out.println("Replayed %s, of which %s came back%s"
                .formatted(outcome.sent(), outcome.back().size(), outcome.back().isEmpty() ? "." : ":"));
        outcome.back().forEach(letter -> tell(letter));
        if (!outcome.left().isEmpty()) {
            System.out.println(outcome.left().size() + " could not be replayed:");
            outcome.left().forEach(letter -> tell(letter));
        }
        if (outcome.unread() > 0) {
            System.out.println(("%s of them are not read yet: %s has taken none for %s s, and will once it runs%s.")
                    .formatted(outcome.unread(), queue.group(), PATIENCE.toSeconds(), options.ifNothingIsTaken()));
        }
    }

    private static void tell(Replay.Trouble letter) {
        System.out.println("  offset %s: %s".formatted(letter.offset(), Visible.text(letter.reason(), LONGEST_REASON)));
    }
}
