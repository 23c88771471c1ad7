package io.points.billing;

import io.points.http.Conditions;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
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

/** A billing entry as it is read. {@link BillingLog} writes. */
@Entity
@Immutable
@Table(name = "platform_billing_logs")
class BillingEntry extends PanacheEntityBase {

    @Id
    UUID entryId;

    UUID eventId;
    UUID tenantId;
    String kind;
    long points;
    BigDecimal unitPrice;
    String currency;
    BigInteger amountMinor;
    long poolVersion;

    @Nullable
    String referenceNote;

    @Nullable
    String reason;

    @Nullable
    String createdBy;

    Instant occurredAt;
    Instant recordedAt;

    /**
     * Which entries are wanted.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record Filter(
            @Nullable UUID tenantId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Entries newest first, those behind {@code after}. */
    static Uni<List<BillingEntry>> newestFirst(Filter filter, @Nullable Position after, int rows) {
        var conditions = new Conditions()
                .and("tenantId = :tenantId", "tenantId", filter.tenantId())
                .and("occurredAt >= :from", "from", filter.from())
                .and("occurredAt < :to", "to", filter.to());
        if (after != null) {
            conditions.and("(occurredAt, entryId) < (:afterTime, :afterId)", "afterTime", after.occurredAt());
            conditions.bind("afterId", after.entryId());
        }
        return BillingEntry.<BillingEntry>find(conditions.orderBy("occurredAt desc, entryId desc"), conditions.values())
                .range(0, rows - 1)
                .list();
    }
}
