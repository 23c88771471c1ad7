package io.points.local;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code points dlq show QUEUE}. */
@Command(name = "show", description = "Shows the letters of a queue, oldest first.")
final class DlqShowCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions place;

    @Parameters(paramLabel = "QUEUE", description = "As in ./points dlq list.")
    private String name;

    @Option(names = "--from", paramLabel = "OFFSET", description = "The first letter to show (default: the oldest).")
    private Long from;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "One JSON object per letter, with all that is kept of the value.")
    private boolean json;

    @Override
    public Integer call() {
        DeadLetterQueue queue = KafkaOptions.queue(name);
        if (limit < 1) {
            throw new CannotStartException("--limit must be at least 1, not " + limit + ".");
        }
        place.with(kafka -> {
            try (Letters letters = new Letters(kafka, queue)) {
                show(letters, queue);
            }
            return null;
        });
        return 0;
    }

    private void show(Letters letters, DeadLetterQueue queue) {
        Terminal terminal = new Terminal(System.out);
        if (from != null) {
            letters.requireOffset(from, "--from");
        } else if (letters.begin() == letters.end()) {
            if (!json) {
                terminal.line(queue.name() + " is empty.");
            }
            return;
        }
        LetterText text = new LetterText(queue.name());
        Set<Long> replayed = letters.replayed();
        int[] shown = {0};
        letters.read(from == null ? 0 : from, letter -> {
            if (shown[0]++ == limit) {
                if (!json) {
                    terminal.line("There are more: --from " + letter.offset());
                }
                return false;
            }
            boolean wasReplayed = replayed.contains(letter.offset());
            terminal.line(json ? text.json(letter, wasReplayed) : text.lines(letter, wasReplayed));
            return true;
        });
    }
}
