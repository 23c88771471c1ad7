package io.points.platform.web.admission;

import java.time.Duration;

/**
 * How fast a body must arrive. Whoever sends slower keeps memory and a place that others need.
 *
 * @param grace how long nothing need have come at all
 * @param bytesPerSecond what must arrive on average from then on
 */
record ArrivalRate(Duration grace, long bytesPerSecond) {

    /** 5 s, then 64 KiB/s: 6 s for any usual body, 37 s for a batch of 2 MiB. */
    static final ArrivalRate USUAL = new ArrivalRate(Duration.ofSeconds(5), 64 * 1024);

    /** How much longer after {@code elapsed} a body of which so many bytes have come may stay unfinished; at most zero: it is too slow. */
    Duration left(long received, Duration elapsed) {
        return grace.plusMillis(received * 1_000 / bytesPerSecond).minus(elapsed);
    }
}
