package io.points.billing.entry;

import io.points.platform.web.paging.Conditions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A billing entry as it is listed. {@link BillingLog} writes. */
@Entity
@Immutable
@Table(name = "platform_billing_logs")
class BillingEntry extends PanacheEntityBase {

    @Id
    @Column(name = "x_entry_id")
    UUID entryId;

    @Column(name = "x_event_id")
    UUID eventId;

    @Column(name = "x_line")
    int line;

    @Column(name = "billing_account_id")
    UUID tenantId;

    @Column(name = "x_kind")
    String kind;

    Instant billingPeriodStart;
    String chargeCategory;

    @Nullable
    String chargeClass;

    String chargeDescription;

    @Column(name = "pricing_quantity")
    long points;

    @Column(name = "contracted_unit_price")
    BigDecimal unitPrice;

    @Column(name = "billing_currency", columnDefinition = "char(3)")
    String currency;

    @Column(name = "x_amount_minor")
    BigInteger amountMinor;

    @Column(name = "x_pool_version")
    long poolVersion;

    @Nullable
    String invoiceId;

    @Nullable
    @Column(name = "x_po_number")
    String poNumber;

    @Nullable
    @Column(name = "x_cost_centre")
    String costCentre;

    @Nullable
    @Column(name = "x_credited_entry_id")
    UUID creditedEntryId;

    @Nullable
    @Column(name = "x_created_by")
    String createdBy;

    @Nullable
    @Column(name = "x_reversed_entry_id")
    UUID reversedEntryId;

    @Nullable
    @Column(name = "x_rebooked_entry_id")
    UUID rebookedEntryId;

    @Nullable
    @Column(name = "x_move_reason")
    String moveReason;

    @Column(name = "charge_period_start")
    Instant occurredAt;

    @Column(name = "x_recorded_at")
    Instant recordedAt;

    /**
     * Which entries are wanted.
     *
     * @param from inclusive
     * @param to exclusive
     * @param areCorrections true for those alone that concern an earlier month than their own
     * @param creditedEntryId the purchase that they credit
     */
    record Filter(
            @Nullable UUID tenantId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Category category,
            boolean areCorrections,
            @Nullable String invoiceId,
            @Nullable String poNumber,
            @Nullable UUID creditedEntryId,
            @Nullable UUID entryId) {}

    /** Entries newest first, those behind {@code after}. */
    static Uni<List<BillingEntry>> newestFirst(Filter filter, @Nullable Cursor after, int rows) {
        var conditions = new Conditions()
                .and("tenantId = :tenantId", "tenantId", filter.tenantId())
                .and("occurredAt >= :from", "from", filter.from())
                .and("occurredAt < :to", "to", filter.to())
                .and(
                        "chargeCategory = :category",
                        "category",
                        filter.category() == null ? null : filter.category().word())
                .and("chargeClass = :class", "class", filter.areCorrections() ? Charge.CORRECTION : null)
                .and("invoiceId = :invoiceId", "invoiceId", filter.invoiceId())
                .and("poNumber = :poNumber", "poNumber", filter.poNumber())
                .and("creditedEntryId = :creditedEntryId", "creditedEntryId", filter.creditedEntryId())
                .and("entryId = :entryId", "entryId", filter.entryId());
        if (after != null) {
            conditions.and("(occurredAt, entryId) < (:afterTime, :afterId)", "afterTime", after.occurredAt());
            conditions.bind("afterId", after.entryId());
        }
        return Panache.withSession(() -> BillingEntry.<BillingEntry>find(
                        conditions.orderBy("occurredAt desc, entryId desc"), conditions.values())
                .range(0, rows - 1)
                .list());
    }
}
