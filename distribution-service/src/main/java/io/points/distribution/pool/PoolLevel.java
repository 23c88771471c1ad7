package io.points.distribution.pool;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How full a pool or a budget is, compared with how full it was. */
@Schema(name = "GivingLevel")
enum PoolLevel {
    /** A quarter or more. */
    GOOD,
    /** Less than a quarter. */
    LOW,
    /** Less than a tenth. */
    NEARLY_EMPTY,
    /** Nothing can be given. */
    NONE;

    private static final long QUARTER = 4;
    private static final long TENTH = 10;

    /**
     * The level of a balance.
     *
     * @param balance points, 0 or more
     * @param full points that it had, or that were put into it; 0 if that is not known
     */
    static PoolLevel of(long balance, long full) {
        if (balance <= 0) {
            return NONE;
        }
        if (isLessThan(TENTH, balance, full)) {
            return NEARLY_EMPTY;
        }
        return isLessThan(QUARTER, balance, full) ? LOW : GOOD;
    }

    /** Whether the balance is less than that part of what it was; neither reaches 2^53, so ten times as much is no overflow. */
    private static boolean isLessThan(long part, long balance, long full) {
        return balance * part < full;
    }

    /** The word in answers. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
