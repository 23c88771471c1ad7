package io.points.distribution.feed;

import io.points.distribution.recognition.Recognition;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A feed item as it is read. */
@Entity
@Immutable
@Table(name = "feed")
public class FeedRow extends PanacheEntityBase {
    @Id
    public UUID id;

    public UUID tenantId;
    public String kind;
    public String audience;
    public @Nullable UUID actorId;
    public @Nullable UUID receiverId;
    public long amount;
    public @Nullable UUID distributionId;
    public Instant occurredAt;

    /**
     * A feed item over HTTP.
     *
     * @param kind {@code allocation}, {@code clawback}, {@code delegation}, {@code award}, {@code recognition}, {@code return} or {@code reversal}
     * @param audience {@code managers}, {@code involved} or {@code tenant}
     * @param actorId who did it, of a reversal who gave the award; null for the platform
     * @param amount points
     * @param message of a recognition
     * @param value of a recognition
     */
    @Schema(name = "FeedItem")
    record View(
            UUID feedId,
            @Schema(implementation = FeedItem.Kind.class) String kind,

            @Schema(implementation = FeedItem.Audience.class)
            String audience,

            @Nullable UUID actorId,
            @Nullable UUID receiverId,
            long amount,
            @Nullable String message,
            @Nullable String value,
            @Nullable UUID distributionId,
            Instant occurredAt) {
        static View of(FeedRow row, @Nullable Recognition said) {
            return new View(
                    row.id,
                    row.kind,
                    row.audience,
                    row.actorId,
                    row.receiverId,
                    row.amount,
                    said == null ? null : said.message,
                    said == null ? null : said.value,
                    row.distributionId,
                    row.occurredAt);
        }
    }
}
