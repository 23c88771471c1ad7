package io.points.billing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A billing entry as finance sees it. */
@Schema(name = "BillingEntry")
record EntryView(
        UUID entryId,

        @Schema(description = "The allocation or clawback event behind the entry")
        UUID eventId,

        UUID tenantId,

        @Schema(enumeration = {PricedMovement.ALLOCATION, PricedMovement.CLAWBACK})
        String kind,

        @Schema(description = "Signed: positive for an allocation, negative for a clawback")
        long points,

        @Schema(description = "Decimal price of one point in the currency's major unit", examples = "1.00")
        String unitPrice,

        @Schema(description = "ISO 4217 code", examples = "INR")
        String currency,

        @Schema(description = "Signed amount in the currency's minor unit, rounded half even", examples = "5000000")
        BigInteger amountMinor,

        @Schema(description = "The same amount as a decimal in the major unit", examples = "50000.00")
        String amount,

        @Schema(description = "Number of the pool's ledger entry, without gaps per tenant")
        long poolVersion,

        @Schema(description = "When the points moved") Instant occurredAt,

        Instant recordedAt,

        @Schema(description = "The allocation's reference note") @Nullable
        String reference,

        @Schema(description = "The clawback's reason") @Nullable
        String reason,

        @Schema(description = "Subject of the token of whoever moved the points") @Nullable
        String createdBy) {

    static EntryView of(BillingEntry entry) {
        return new EntryView(
                entry.entryId,
                entry.eventId,
                entry.tenantId,
                entry.kind,
                entry.points,
                entry.unitPrice.toPlainString(),
                entry.currency,
                entry.amountMinor,
                Price.major(entry.amountMinor, Currency.getInstance(entry.currency))
                        .toPlainString(),
                entry.poolVersion,
                entry.occurredAt,
                entry.recordedAt,
                entry.referenceNote,
                entry.reason,
                entry.createdBy);
    }
}
