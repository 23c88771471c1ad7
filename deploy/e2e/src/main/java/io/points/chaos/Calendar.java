package io.points.chaos;

import io.points.local.Clocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/** The clocks by which the services' business goes: moved on by weeks and months while there is work, and not all alike. */
final class Calendar {

    private static final Duration DAY = Duration.ofDays(1);

    private final Clocks clocks;
    private final List<String> instances;
    private Duration ahead = Duration.ZERO;

    Calendar(Clocks clocks, List<String> instances) {
        this.clocks = clocks;
        this.instances = instances;
    }

    /** What time it is by the clock that is ahead of all others. */
    synchronized Instant now() {
        return Instant.now().plus(ahead);
    }

    /** The day that it is there, in UTC. */
    LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    synchronized Duration ahead() {
        return ahead;
    }

    /** That many days pass, of at least one; of the second instance of each service, one less. */
    synchronized void pass(int days) {
        ahead = ahead.plusDays(days);
        for (var instance : instances) {
            clocks.move(instance, instance.endsWith("-2") ? ahead.minus(DAY) : ahead);
        }
    }

    /** A day passes for one instance, and not yet for the others. */
    synchronized void passOnlyFor(String instance) {
        ahead = ahead.plus(DAY);
        clocks.move(instance, ahead);
    }

    /** The others come after. */
    synchronized void level() {
        instances.forEach(instance -> clocks.move(instance, ahead));
    }

    /** From its next start on, an instance's clock is two days behind. */
    synchronized void setBack(String instance) {
        var behind = ahead.minus(DAY).minus(DAY);
        clocks.move(instance, behind.isNegative() ? Duration.ZERO : behind);
    }

    /** Something that takes a while, in which no day may pass. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** No day passes meanwhile: what is proposed is judged again, by the day, when it is approved. */
    synchronized void whileItStands(Work work) throws IOException {
        work.run();
    }

    /** For the end: all clocks show noon of the next day, so that no day begins anywhere while the books are compared. */
    synchronized void toNoon() {
        var noon = today().plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        ahead = Duration.between(Instant.now(), noon);
        level();
    }
}
