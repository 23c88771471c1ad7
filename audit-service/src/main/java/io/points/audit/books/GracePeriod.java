package io.points.audit.books;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long entries are waited for that an attested balance has and no event has told of. Only time counts in which Kafka
 * could be heard; and when it has passed, all that stood on the topics by then is heard, sealed and posted first. So
 * neither an outage nor a backlog looks like a lost event. Plain Java; what it knows is forgotten when the process ends,
 * and counted anew.
 */
final class GracePeriod {

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

    private final Duration limit;
    private final Map<Attested.Key, Stage> waiting = new HashMap<>();

    /**
     * What one check has found.
     *
     * @param passed since the check before
     * @param ends offsets at which the topics' partitions end; null if Kafka did not answer
     * @param heard offsets up to which they have been consumed
     * @param unsealed when the oldest record that waits for its leaf was recorded; absent if none waits
     * @param unposted when the oldest seal that waits to be posted was made; absent if none waits
     */
    record Check(
            Duration passed,
            Instant now,
            @Nullable Map<String, Long> ends,
            Map<String, Long> heard,
            Map<UUID, Instant> unsealed,
            Map<UUID, Instant> unposted) {

        private boolean hasConsumed(Map<String, Long> offsets) {
            return offsets.entrySet().stream()
                    .allMatch(offset -> heard.getOrDefault(offset.getKey(), 0L) >= offset.getValue());
        }
    }

    /** How far the waiting has come. */
    private sealed interface Stage {}

    private record Counting(Duration counted) implements Stage {}

    private record Consuming(Map<String, Long> ends) implements Stage {}

    private record Sealing(Instant consumedAt) implements Stage {}

    private record Posting(Instant sealedAt) implements Stage {}

    private record Over() implements Stage {}

    GracePeriod(Duration limit) {
        this.limit = limit;
    }

    boolean isOver(Attested.Key key) {
        return waiting.get(key) instanceof Over;
    }

    /** From now on these are waited for, and no others. */
    void waitFor(Collection<Attested.Key> keys) {
        waiting.keySet().retainAll(keys);
        keys.forEach(key -> waiting.putIfAbsent(key, new Counting(Duration.ZERO)));
    }

    /** The tenants whose entries are waited for. */
    Set<UUID> tenants() {
        return waiting.keySet().stream().map(Attested.Key::tenantId).collect(Collectors.toSet());
    }

    /** Takes each a step on, if it can. */
    void check(Check check) {
        if (check.ends() != null) {
            waiting.replaceAll((key, stage) -> next(key.tenantId(), stage, check, check.ends()));
        }
    }

    private Stage next(UUID tenant, Stage stage, Check check, Map<String, Long> ends) {
        if (stage instanceof Counting counting) {
            var passed = check.passed().compareTo(LONGEST_CHECK) < 0 ? check.passed() : LONGEST_CHECK;
            var counted = counting.counted().plus(passed);
            return counted.compareTo(limit) < 0 ? new Counting(counted) : new Consuming(ends);
        }
        if (stage instanceof Consuming progress) {
            return check.hasConsumed(progress.ends()) ? new Sealing(check.now()) : stage;
        }
        if (stage instanceof Sealing sealing) {
            return isDone(check.unsealed().get(tenant), sealing.consumedAt()) ? new Posting(check.now()) : stage;
        }
        if (stage instanceof Posting posting) {
            return isDone(check.unposted().get(tenant), posting.sealedAt()) ? new Over() : stage;
        }
        return stage;
    }

    private static boolean isDone(@Nullable Instant oldest, Instant upTo) {
        return oldest == null || oldest.isAfter(upTo);
    }
}
