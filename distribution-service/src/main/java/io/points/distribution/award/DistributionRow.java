package io.points.distribution.award;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What lists of distributions are filtered and ordered by; {@link DistributionView} shows the rest. */
@Entity
@Immutable
@Table(name = "distributions")
class DistributionRow extends PanacheEntityBase {
    @Id
    UUID id;

    UUID tenantId;
    String kind;
    String state;
    UUID fromUserId;

    @Nullable
    UUID toUserId;

    Instant createdAt;
}
