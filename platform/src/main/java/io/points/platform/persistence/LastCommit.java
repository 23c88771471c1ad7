package io.points.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** When this instance committed last: a database that has just done so needs no other proof that it is there. */
@ApplicationScoped
public class LastCommit {

    private volatile long at = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** Something is committed. */
    public void now() {
        at = System.nanoTime();
    }

    boolean isWithin(Duration time) {
        return System.nanoTime() - at < time.toNanos();
    }
}
