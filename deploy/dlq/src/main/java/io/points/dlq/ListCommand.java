package io.points.dlq;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dlq list}. */
@Command(name = "list", description = "Shows each queue: letters that wait to be replayed, and all.")
final class ListCommand implements Callable<Integer> {
    private static final int LONGEST_REASON = 70;

    @Mixin
    private KafkaOptions options;

    private record Row(String queue, int waiting, int total, Instant oldest, String reason) {}

    @Override
    public Integer call() {
        List<Row> rows = options.with(kafka ->
                DeadLetterQueue.all().stream().map(queue -> row(kafka, queue)).toList());
        System.out.println(
                "%-56s %7s %7s  %-20s  %s".formatted("QUEUE", "WAITING", "TOTAL", "OLDEST WAITING", "NEWEST REASON"));
        for (Row row : rows) {
            System.out.println("%-56s %7s %7s  %-20s  %s"
                    .formatted(
                            row.queue(),
                            row.waiting(),
                            row.total(),
                            row.oldest() == null ? "-" : row.oldest().truncatedTo(ChronoUnit.SECONDS),
                            row.reason()));
        }
        if (rows.stream().allMatch(row -> row.total() == 0)) {
            System.out.println("All queues are empty: every message was handled.");
        } else if (rows.stream().allMatch(row -> row.waiting() == 0)) {
            System.out.println("No letter waits: all were replayed.");
        }
        return 0;
    }

    private static Row row(KafkaAccess kafka, DeadLetterQueue queue) {
        try (Letters letters = new Letters(kafka, queue)) {
            Set<Long> replayed = letters.replayed();
            List<Letter> ends = new ArrayList<>();
            int[] counts = new int[2];
            letters.read(0, letter -> {
                counts[1]++;
                if (!replayed.contains(letter.offset())) {
                    counts[0]++;
                    ends.subList(Math.min(1, ends.size()), ends.size()).clear();
                    ends.add(letter);
                }
                return true;
            });
            return ends.isEmpty()
                    ? new Row(queue.name(), 0, counts[1], null, "-")
                    : new Row(
                            queue.name(),
                            counts[0],
                            counts[1],
                            ends.get(0).time(),
                            Visible.text(ends.get(ends.size() - 1).reason(), LONGEST_REASON));
        }
    }
}
