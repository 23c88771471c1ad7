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
     * @param subject id of the object that changed
     * @param actorId subject of the actor's token
     * @param traceId of the request behind it
     * @param from earliest time of the event, inclusive
     * @param to latest time of the event, exclusive
     */
    record Filter(
            @Nullable UUID tenantId,
            @Nullable String type,
            @Nullable String subject,
            @Nullable String actorId,
            @Nullable String traceId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Whatever has an envelope is recorded, so it may be longer than an index can hold: it is found by its hash. */
    private static final String SUBJECT =
            "function('hashtextextended', subject, 0L) = function('hashtextextended', :subject, 0L) and subject = :subject";

    private static final String ACTOR =
            "function('hashtextextended', actorId, 0L) = function('hashtextextended', :actorId, 0L) and actorId = :actorId";

    /** The record of an event; null if there is none. */
    static Uni<@Nullable AuditRecord> of(UUID eventId) {
        return Panache.withSession(
                () -> AuditRecord.<AuditRecord>find("eventId", eventId).firstResult());
    }

    /** Records newest first, those with a sequence below {@code after}. */
    static Uni<List<AuditRecord>> newestFirst(Filter filter, @Nullable Long after, int rows) {
        var conditions = new Conditions()
                .and("tenantId = :tenantId", "tenantId", filter.tenantId())
                .and("type = :type", "type", filter.type())
                .and(SUBJECT, "subject", filter.subject())
                .and(ACTOR, "actorId", filter.actorId())
                .and("traceId = :traceId", "traceId", filter.traceId())
                .and("occurredAt >= :from", "from", filter.from())
                .and("occurredAt < :to", "to", filter.to())
                .and("sequence < :after", "after", after);
        return Panache.withSession(
                () -> AuditRecord.<AuditRecord>find(conditions.orderBy("sequence desc"), conditions.values())
                        .range(0, rows - 1)
                        .list());
    }
}
