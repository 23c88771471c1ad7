package io.points.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.PollInterval;

/**
 * How often the tests of this JVM look whether what they await has come, soon at first and then as usual, and for how long unless they say
 * so: on a busy machine much takes its time.
 */
final class Waiting {

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration USUAL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
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
}
