package io.points.distribution.award;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A distribution as it is read. */
@Entity
@Immutable
@Table(name = "distributions")
public class DistributionRow extends PanacheEntityBase {
    @Id
    public UUID id;

    public UUID tenantId;
    public String kind;
    public String source;
    public String state;
    public @Nullable String reason;
    public UUID fromUserId;
    public @Nullable UUID toUserId;
    public long amount;
    public @Nullable String referenceType;
    public @Nullable String description;
    public UUID requestedBy;
    public @Nullable Instant deadline;
    public @Nullable Long balanceAtRefusal;
    public Instant createdAt;
    public Instant updatedAt;

    boolean involves(UUID user) {
        return fromUserId.equals(user) || user.equals(toUserId);
    }
}
