package io.points.distribution.saga;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A step of a distribution as it is read. The first, REQUESTED, stands in the distribution's own row. */
@Entity
@Immutable
@IdClass(DistributionLog.Key.class)
@Table(name = "distribution_logs")
public class DistributionLog extends PanacheEntityBase {
    @Id
    public UUID distributionId;

    @Id
    public String state;

    public @Nullable String reason;
    public Instant createdAt;

    /** A distribution reaches each state at most once. */
    public static class Key implements Serializable {
        public UUID distributionId;
        public String state;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.distributionId.equals(distributionId) && key.state.equals(state);
        }

        @Override
        public int hashCode() {
            return distributionId.hashCode() * 31 + state.hashCode();
        }
    }
}
