package io.points.audit;

import io.points.platform.web.paging.Conditions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An audit record as it is read. {@link AuditLog} writes. */
@Entity
@Immutable
@Table(name = "audit_log")
class AuditRecord extends PanacheEntityBase {

    @Id
    long sequence;

    UUID eventId;
    String type;
    String source;
    String subject;
    UUID tenantId;

    @Nullable
    String actorId;

    @Nullable
    String actorRole;

    @Nullable
    String traceId;

    Instant occurredAt;
    Instant recordedAt;
    String topic;
    String dataDigest;

    /** JSON text, exactly as it stood on the topic. */
    @ColumnTransformer(read = "cast(data as text)")
    String data;

    /**
     * Which records are wanted.
     *
     * @param from earliest time of the event, inclusive
     * @param to latest time of the event, exclusive
     */
    record Filter(
            @Nullable UUID tenantId,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Records newest first, those with a sequence below {@code after}. */
    static Uni<List<AuditRecord>> newestFirst(Filter filter, @Nullable Long after, int rows) {
        var conditions = new Conditions()
                .and("tenantId = :tenantId", "tenantId", filter.tenantId())
                .and("type = :type", "type", filter.type())
                .and("occurredAt >= :from", "from", filter.from())
                .and("occurredAt < :to", "to", filter.to())
                .and("sequence < :after", "after", after);
        return Panache.withSession(
                () -> AuditRecord.<AuditRecord>find(conditions.orderBy("sequence desc"), conditions.values())
                        .range(0, rows - 1)
                        .list());
    }
}
