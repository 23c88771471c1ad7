package io.points.allocation.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is read, with the contract that is in force. Written by {@link Tenants}, {@link Contracts}, {@link Budgets} and the
 * pool's own SQL, never through this.
 */
@Entity
@Immutable
@Table(name = "tenants_and_contracts")
public class Tenant extends PanacheEntityBase {
    @Id
    public UUID id;

    public String name;
    public String status;

    @Column(columnDefinition = "char(3)")
    public String currency;

    public BigDecimal pricePerPoint;
    public long contractRevision;
    public @Nullable String poNumber;
    public @Nullable String costCentre;
    public Instant validFrom;
    public @Nullable Long monthlyBudget;

    @Column(name = "points_allocation_balance")
    public long balance;

    public long poolVersion;
    public long allocated;
    public long clawedBack;
    public long debited;
    public long credited;
    public long returned;
    public Instant createdAt;
}
