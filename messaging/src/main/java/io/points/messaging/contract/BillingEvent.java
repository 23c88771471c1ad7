package io.points.messaging.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/** What finance may rely on, told by billing-service. */
public sealed interface BillingEvent extends Message {

    /**
     * One priced, immutable line.
     *
     * @param sourceEventId the allocation or clawback event behind the line
     * @param kind {@code allocation} or {@code clawback}
     * @param points signed: positive for an allocation, negative for a clawback
     * @param unitPrice decimal price of one point in the currency's major unit
     * @param currency ISO 4217 code
     * @param amountMinor signed amount in the currency's minor unit, rounded half even
     * @param poolVersion number of the pool ledger entry
     * @param occurredAt when the points moved
     */
    record BillingEntryRecorded(
            UUID entryId,
            UUID tenantId,
            UUID sourceEventId,
            String kind,
            long points,
            String unitPrice,
            String currency,
            long amountMinor,
            long poolVersion,
            Instant occurredAt)
            implements BillingEvent {

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
