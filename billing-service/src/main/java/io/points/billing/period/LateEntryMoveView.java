package io.points.billing.period;

import io.points.billing.Price;
import io.points.billing.entry.LateEntry;
import io.points.billing.entry.LateEntryMove;
import io.points.billing.period.LateEntryService.Outcome;
import io.points.billing.period.Periods.Month;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a move of late entries does, or would do. */
@Schema(name = "LateEntryMove")
record LateEntryMoveView(
        UUID tenantId,

        @Schema(description = "The month to which the entries belong", examples = "2026-01")
        String period,

        @Schema(
                description =
                        "The entries that are moved, in the order of the pool; none of those that were moved before")
        List<Moved> entries,

        @Schema(description = "What the move changes of each month's total, by currency; these sum to 0")
        List<Changed> changes,

        @Schema(description = "Late entries of the month that are left")
        long remaining) {

    /** One entry and the pair that moves it. */
    @Schema(name = "MovedEntry")
    record Moved(
            UUID entryId,

            @Schema(description = "The month in which it was booked, and is reversed", examples = "2026-02")
            String bookedIn,

            @Schema(description = "The entry that takes it back in the month in which it was booked")
            UUID reversalEntryId,

            @Schema(description = "The entry that books it in the month to which it belongs")
            UUID rebookingEntryId,

            @Schema(description = "Signed: positive for an allocation, negative for a clawback")
            long points,

            @Schema(description = "ISO 4217 code", examples = "INR")
            String currency,

            @Schema(description = "Signed, in the currency's minor unit; that of the rebooking", examples = "5000000")
            BigInteger amountMinor,

            @Schema(description = "The same amount as a decimal in the major unit", examples = "50000.00")
            String amount) {

        static Moved of(LateEntry late) {
            var entry = late.entry();
            return new Moved(
                    entry.entryId(),
                    entry.billingPeriod(),
                    LateEntryMove.reversalId(entry.entryId()),
                    LateEntryMove.rebookingId(entry.entryId()),
                    entry.points(),
                    entry.currency(),
                    entry.amountMinor(),
                    entry.amount());
        }
    }

    /** By how much a month's total changes in a currency. */
    @Schema(name = "ChangedMonth")
    record Changed(
            @Schema(examples = "2026-01") String period,

            @Schema(description = "ISO 4217 code", examples = "INR")
            String currency,

            @Schema(description = "Signed, in the currency's minor unit", examples = "5000000")
            BigInteger amountMinor,

            @Schema(description = "The same amount as a decimal in the major unit", examples = "50000.00")
            String amount) {

        static Changed of(LateEntryMove.Change change) {
            return new Changed(
                    change.period().toString(),
                    change.currency(),
                    change.amountMinor(),
                    Price.major(change.amountMinor(), Price.currency(change.currency()))
                            .toPlainString());
        }
    }

    static LateEntryMoveView of(Month month, Outcome outcome) {
        var move = outcome.move();
        return new LateEntryMoveView(
                month.tenantId(),
                month.period().toString(),
                move.entries().stream().map(Moved::of).toList(),
                move.changes().stream().map(Changed::of).toList(),
                outcome.remaining());
    }
}
