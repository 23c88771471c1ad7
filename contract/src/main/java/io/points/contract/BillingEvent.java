package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What finance may rely on, told by billing-service. */
public sealed interface BillingEvent extends Message {

    /**
     * One priced, immutable line. An allocation has one; a clawback has one for each allocation that it credits, so that
     * points times price is the amount in every line. The sums over all lines of a tenant are what it was billed.
     *
     * <p>Lines that were written before billing had periods have nothing after {@code occurredAt}; in all others only what is
     * nullable in the schema may be absent. An amount is never beyond 2^53, so every JSON reader holds it; sums of amounts may be.
     *
     * <p>A line that was booked in a later month than it belongs to can be moved there, by two lines more: a reversal in
     * the month in which it was booked, with the opposite points and amount, and the same line again in its own month.
     * Both name the original, and have {@code moveReason}; all sums by month stay right without a look at it.
     *
     * @param sourceEventId the allocation or clawback event behind the line
     * @param kind {@code allocation} or {@code clawback}
     * @param points signed: positive for an allocation, negative for a clawback; of a reversal, the opposite
     * @param unitPrice decimal price of one point in the currency's major unit; of a credit, that of what it credits
     * @param currency ISO 4217 code
     * @param amountMinor signed amount in the currency's minor unit. An allocation's is rounded half even; credits are
     *     the difference of two such amounts, so that they add up to no more and no less than what they credit
     * @param poolVersion number of the pool ledger entry
     * @param occurredAt when the points moved
     * @param currencyExponent digits of the currency's minor unit, 0 … 4
     * @param line 1, 2, … within the event
     * @param chargeCategory {@code Purchase}, {@code Credit} or {@code Adjustment}, as in FOCUS 1.2
     * @param chargeClass {@code Correction} if the line concerns an earlier period than its own, else null
     * @param billingPeriod the month in which the line is billed, UTC, as {@code 2026-01}
     * @param invoiceId what finance finds the purchase by; of a credit, that of the purchase it credits
     * @param description why: the allocation's reference note or the clawback's reason
     * @param poNumber purchase order of the contract at that moment
     * @param costCentre cost centre of the contract at that moment
     * @param creditedEntryId the entry of the allocation that this line credits
     * @param createdBy who moved the points, or the late entry: the subject of their token
     * @param reversedEntryId the entry that this line reverses, in the month in which that was booked
     * @param rebookedEntryId the entry that this line books again, in the month in which the points moved
     * @param moveReason why the late entry was moved; only in these two lines
     */
    record BillingEntryRecorded(
            UUID entryId,
            UUID tenantId,
            UUID sourceEventId,

            @Text(max = 10, pattern = "allocation|clawback", what = "a kind of entry")
            String kind,

            @Within(min = -Within.MOST_MOVED, max = Within.MOST_MOVED)
            long points,

            @Text.Price String unitPrice,
            @Text.CurrencyCode String currency,
            @Within.Signed long amountMinor,
            @Within.Numbered long poolVersion,
            Instant occurredAt,
            @Always @Within(min = 0, max = 4) @Nullable Long currencyExponent,
            @Always @Within.Numbered @Nullable Long line,

            @Always @Text(max = 10, pattern = "Purchase|Credit|Adjustment", what = "a charge category") @Nullable
            String chargeCategory,

            @Text(max = 10, pattern = "Correction", what = "a charge class") @Nullable
            String chargeClass,

            @Always @Text(max = 7, pattern = "[0-9]{4}-(0[1-9]|1[0-2])", what = "a month") @Nullable
            String billingPeriod,

            @Nullable String invoiceId,
            @Always @Nullable String description,
            @Text.Reference @Nullable String poNumber,
            @Text.Reference @Nullable String costCentre,
            @Nullable UUID creditedEntryId,
            @Nullable String createdBy,
            @Nullable UUID reversedEntryId,
            @Nullable UUID rebookedEntryId,
            @Nullable String moveReason)
            implements BillingEvent {

        public BillingEntryRecorded(
                UUID entryId,
                UUID tenantId,
                UUID sourceEventId,
                String kind,
                long points,
                String unitPrice,
                String currency,
                long amountMinor,
                long poolVersion,
                Instant occurredAt) {
            this(
                    entryId,
                    tenantId,
                    sourceEventId,
                    kind,
                    points,
                    unitPrice,
                    currency,
                    amountMinor,
                    poolVersion,
                    occurredAt,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        @JsonIgnore
        public UUID subject() {
            return entryId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.BILLING_ENTRIES;
        }
    }
}
