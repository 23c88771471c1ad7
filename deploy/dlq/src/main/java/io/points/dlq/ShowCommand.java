package io.points.dlq;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq show QUEUE}. */
@Command(name = "show", description = "Shows the letters of a queue, oldest first.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions options;

    @Parameters(paramLabel = "QUEUE", description = "As in ${PARENT-COMMAND-FULL-NAME} list.")
    private String name;

    @Option(names = "--from", paramLabel = "OFFSET", description = "The first letter to show (default: the oldest).")
    private Long from;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "One JSON object per letter, with all that is kept of the value.")
    private boolean json;

    @Override
    public Integer call() {
        DeadLetterQueue queue = options.queue(name);
        if (limit < 1) {
            throw new DlqException("--limit must be at least 1, not " + limit + ".");
        }
        options.with(kafka -> {
            try (Letters letters = new Letters(kafka, queue)) {
                show(letters, queue);
            }
            return null;
        });
        return 0;
    }

    private void show(Letters letters, DeadLetterQueue queue) {
        if (from != null) {
            letters.requireOffset(from, "--from");
        } else if (letters.begin() == letters.end()) {
            if (!json) {
                System.out.println(queue.name() + " is empty.");
            }
            return;
        }
        LetterText text = new LetterText(queue.name());
        Set<Long> replayed = letters.replayed();
        int[] shown = {0};
        letters.read(from == null ? 0 : from, letter -> {
            if (shown[0]++ == limit) {
                if (!json) {
                    System.out.println("There are more: --from " + letter.offset());
                }
                return false;
            }
            boolean wasReplayed = replayed.contains(letter.offset());
            System.out.println(json ? text.json(letter, wasReplayed) : text.lines(letter, wasReplayed));
            return true;
        });
    }
}
