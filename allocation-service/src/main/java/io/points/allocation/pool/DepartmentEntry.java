package io.points.allocation.pool;

import io.points.ledger.dates.Lots;
import java.util.Locale;
import java.util.UUID;

/**
 * One line of the ledger of a department's envelope.
 *
 * @param after the envelope with it: its entry number is the line's
 * @param amount signed points: positive into the envelope
 * @param lots what of the amount is dated, as in the envelope
 * @param causeId the distribution, or what has lapsed
 * @param eventId the event that reports it
 */
public record DepartmentEntry(DepartmentPool after, Kind kind, long amount, Lots lots, UUID causeId, UUID eventId) {

    /** Why the envelope's balance changed. */
    public enum Kind {
        DEBIT,
        CANCEL,
        REFUND,
        RETURN,
        EXPIRY,
        TRANSFER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
