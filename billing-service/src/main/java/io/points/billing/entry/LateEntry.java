package io.points.billing.entry;

import io.points.billing.Period;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was booked in a later month than it belongs to, because that month was closed.
 *
 * @param entry as it was booked
 * @param creditedIn of a credit, the month in which the purchase that it credits is booked now; null of anything else
 */
public record LateEntry(EntryView entry, @Nullable Period creditedIn) {

    /** The month in which it was booked. */
    Period bookedIn() {
        return Period.parse(entry.billingPeriod());
    }
}
