package io.points.allocation.allocation;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An allocation or a clawback as it is read. */
@Entity
@Immutable
@Table(name = "allocation_logs")
public class AllocationLog extends PanacheEntityBase {
    @Id
    public UUID id;

    public UUID tenantId;
    public String kind;
    public long amount;

    @Column(columnDefinition = "char(3)")
    public String currency;

    public BigDecimal pricePerPoint;
    public @Nullable String referenceNote;
    public @Nullable String reason;
    public long balanceAfter;
    public long poolVersion;
    public UUID eventId;
    public UUID createdBy;
    public Instant createdAt;
    public @Nullable LocalDate expiresOn;
}
