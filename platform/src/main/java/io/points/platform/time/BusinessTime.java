package io.points.platform.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When things happen in the business: allocations, awards, the steps of a month's end. It is the system's time, unless
 * {@code points.clock.file} is set: then it is ahead of it, so that a month can be brought to its end in a minute.
 * What limits, leases, tokens, seals and schedules go by is the system's time, always.
 */
public final class BusinessTime {

    private static volatile @Nullable ClockFile ahead;

    private BusinessTime() {}

    /** Now, in microseconds: as PostgreSQL keeps it. */
    public static Instant now() {
        var file = ahead;
        var now = Instant.now();
        return (file == null ? now : now.plus(file.ahead())).truncatedTo(ChronoUnit.MICROS);
    }

    /** From now on by how much a file says; by nothing with null. */
    static void follow(@Nullable ClockFile file) {
        ahead = file;
    }
}
