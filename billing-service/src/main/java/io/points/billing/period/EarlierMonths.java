package io.points.billing.period;

import io.points.billing.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The months before one that is to be closed. Those without movements are closed along with it, so that nobody has to go through
 * months in which nothing happened.
 *
 * @param open those that are not closed, oldest first; one more than {@link #MOST} if there are more
 * @param busy the first of them that has to be closed by itself, as something moved in it or it was reopened; null if there is none
 */
record EarlierMonths(List<Period> open, @Nullable Period busy) {

    /** So many are closed along with a month. */
    static final int MOST = 120;

    /**
     * Those that are not closed, as in {@link #open()}.
     *
     * @param since the first month of the tenant; null if nothing is known of it
     * @param closedThrough the newest closed month; null if there is none
     */
    static List<Period> open(Period month, @Nullable Period since, @Nullable Period closedThrough) {
        if (since == null) {
            return List.of();
        }
        var first = closedThrough == null ? since : since.orLater(closedThrough.next());
        return first.until(month, MOST + 1);
    }

    /** What stands in the way of closing the month, for people; null if nothing does. */
    @Nullable
    String obstacle() {
        if (busy != null) {
            return "Its opening balances are final only when all earlier months are closed: close %s first."
                    .formatted(busy);
        }
        return open.size() <= MOST
                ? null
                : "More than %s earlier months without movements are open, and no more are closed together: close %s first."
                        .formatted(MOST, open.get(MOST));
    }
}
