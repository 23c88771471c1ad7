package io.points.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.PollInterval;

/**
 * How often the tests of this JVM look whether what they await has come, soon at first and then as usual, and for how long unless they say
 * so: on a busy machine much takes its time.
 */
public final class Waiting {

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration USUAL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final PollInterval DOUBLING = (count, previous) -> {
        var next = previous.compareTo(FIRST) < 0 ? FIRST : previous.multipliedBy(2);
        return next.compareTo(USUAL) < 0 ? next : USUAL;
    };

    private Waiting() {}

    static void patiently() {
        Awaitility.setDefaultPollDelay(FIRST);
        Awaitility.setDefaultPollInterval(DOUBLING);
        Awaitility.setDefaultTimeout(LONGEST);
    }

    /** Returns when the month, of UTC, has a minute left at least: for tests of what is counted by the month. */
    public static void outTheMonthsEnd() {
        Awaitility.await().atMost(A_MINUTE.multipliedBy(2)).until(() -> month(Instant.now())
                .equals(month(Instant.now().plus(A_MINUTE))));
    }

    private static YearMonth month(Instant of) {
        return YearMonth.from(of.atOffset(ZoneOffset.UTC));
    }
}
