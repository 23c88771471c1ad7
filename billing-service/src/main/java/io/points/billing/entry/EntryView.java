package io.points.billing.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.billing.Period;
import io.points.billing.Price;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A billing entry as finance sees it. */
@Schema(name = "BillingEntry")
public record EntryView(
        UUID entryId,

        @Schema(description = "The allocation or clawback event behind the entry")
        UUID eventId,

        UUID tenantId,

        @Schema(enumeration = {Charge.ALLOCATION, Charge.CLAWBACK})
        String kind,

        @Schema(
                description =
                        "Signed: positive for an allocation, negative for a clawback; of a reversal, the opposite")
        long points,

        @Schema(
                description = "Decimal price of one point in the currency's major unit; of a credit, the purchase's",
                examples = "1.00")
        String unitPrice,

        @Schema(description = "ISO 4217 code", examples = "INR")
        String currency,

        @Schema(
                description = "Signed amount in the currency's minor unit; see docs/billing.md for the rounding",
                examples = "5000000")
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

        @Schema(description = "Subject of the token of whoever moved the points, or the late entry") @Nullable
        String createdBy,

        @Schema(
                description =
                        "1, 2, … within the event: a clawback has a line per purchase that it credits; a late entry that was"
                                + " moved has two more")
        int line,

        @Schema(enumeration = {"Purchase", "Credit", "Adjustment"})
        String chargeCategory,

        @Schema(enumeration = "Correction", description = "Correction if it concerns an earlier period than its own")
        @Nullable
        String chargeClass,

        @Schema(description = "The month (UTC) in which it is billed", examples = "2026-01")
        String billingPeriod,

        @Schema(description = "What finance finds the purchase by; of a credit, that of the purchase") @Nullable
        String invoiceId,

        @Schema(description = "The contract's purchase order when the points were bought") @Nullable
        String poNumber,

        @Schema(description = "The contract's cost centre when the points were bought") @Nullable
        String costCentre,

        @Schema(description = "The purchase's entry that a credit credits") @Nullable
        UUID creditedEntryId,

        @Schema(
                description =
                        "Where audit-service proves that the entry stands in the audit log: a route relative to it",
                examples = "/api/audit/proofs/inclusion?event_id=…")
        String proof,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The late entry that this one reverses, in the month in which that was booked")
        @Nullable
        UUID reversedEntryId,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The late entry that this one books again, in the month in which the points moved")
        @Nullable
        UUID rebookedEntryId,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why the late entry was moved; of these two entries only")
        @Nullable
        String moveReason) {

    /** What a row needs for {@link #of(Row)}. */
    public static final String COLUMNS = """
            x_entry_id, x_event_id, x_line, billing_account_id, billing_period_start, charge_category, charge_class,
            charge_description, charge_period_start, pricing_quantity, contracted_unit_price, billing_currency, invoice_id,
            x_kind, x_amount_minor, x_pool_version, x_po_number, x_cost_centre, x_credited_entry_id, x_created_by,
            x_recorded_at, x_reversed_entry_id, x_rebooked_entry_id, x_move_reason""";

    /** A row of the table. */
    public static EntryView of(Row row) {
        var entry = new BillingEntry();
        entry.entryId = row.getUUID("x_entry_id");
        entry.eventId = row.getUUID("x_event_id");
        entry.line = row.getInteger("x_line");
        entry.tenantId = row.getUUID("billing_account_id");
        entry.kind = row.getString("x_kind");
        entry.billingPeriodStart = row.getOffsetDateTime("billing_period_start").toInstant();
        entry.chargeCategory = row.getString("charge_category");
        entry.chargeClass = row.getString("charge_class");
        entry.chargeDescription = row.getString("charge_description");
        entry.points = row.getLong("pricing_quantity");
        entry.unitPrice = row.getBigDecimal("contracted_unit_price");
        entry.currency = row.getString("billing_currency");
        entry.amountMinor = row.getBigDecimal("x_amount_minor").toBigIntegerExact();
        entry.poolVersion = row.getLong("x_pool_version");
        entry.invoiceId = row.getString("invoice_id");
        entry.poNumber = row.getString("x_po_number");
        entry.costCentre = row.getString("x_cost_centre");
        entry.creditedEntryId = row.getUUID("x_credited_entry_id");
        entry.createdBy = row.getString("x_created_by");
        entry.reversedEntryId = row.getUUID("x_reversed_entry_id");
        entry.rebookedEntryId = row.getUUID("x_rebooked_entry_id");
        entry.moveReason = row.getString("x_move_reason");
        entry.occurredAt = row.getOffsetDateTime("charge_period_start").toInstant();
        entry.recordedAt = row.getOffsetDateTime("x_recorded_at").toInstant();
        return of(entry);
    }

    static EntryView of(BillingEntry entry) {
        var isAllocation = entry.kind.equals(Charge.ALLOCATION);
        return new EntryView(
                entry.entryId,
                entry.eventId,
                entry.tenantId,
                entry.kind,
                entry.points,
                entry.unitPrice.toPlainString(),
                entry.currency,
                entry.amountMinor,
                Price.major(entry.amountMinor, Price.currency(entry.currency)).toPlainString(),
                entry.poolVersion,
                entry.occurredAt,
                entry.recordedAt,
                isAllocation ? entry.chargeDescription : null,
                isAllocation ? null : entry.chargeDescription,
                entry.createdBy,
                entry.line,
                entry.chargeCategory,
                entry.chargeClass,
                Period.of(entry.billingPeriodStart).toString(),
                entry.invoiceId,
                entry.poNumber,
                entry.costCentre,
                entry.creditedEntryId,
                proofOf(entry.entryId),
                entry.reversedEntryId,
                entry.rebookedEntryId,
                entry.moveReason);
    }

    /** Where audit-service proves that an entry was published: its event has the entry's id. */
    public static String proofOf(UUID entryId) {
        return "/api/audit/proofs/inclusion?event_id=" + entryId;
    }

    /** Why: the allocation's reference note or the clawback's reason. */
    public String description() {
        return reference != null ? reference : String.valueOf(reason);
    }

    /** The price as a number. */
    public Price price() {
        return new Price(new BigDecimal(unitPrice), Price.currency(currency));
    }
}
