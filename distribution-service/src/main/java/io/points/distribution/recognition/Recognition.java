package io.points.distribution.recognition;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What was said with an award, as the feed reads it. */
@Entity
@Immutable
@Table(name = "recognitions")
public class Recognition extends PanacheEntityBase {
    @Id
    public UUID distributionId;

    /** Null once it was erased; that it was a recognition stays. */
    public @Nullable String message;

    @Column(name = "value_name")
    public @Nullable String value;

    /** Those of the distributions that have one. */
    public static Uni<Map<UUID, Recognition>> of(Collection<UUID> distributions) {
        if (distributions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Recognition.<Recognition>list("distributionId in ?1", distributions)
                .map(found -> found.stream().collect(Collectors.toMap(one -> one.distributionId, one -> one)));
    }

    /**
     * A recognition over HTTP.
     *
     * @param message null if it is private and the viewer is not involved, or if it was erased
     * @param value name of a company value or badge
     * @param visibility {@code public} or {@code private}
     */
    @Schema(name = "Recognition")
    public record View(
            @Nullable String message,
            @Nullable String value,
            @Schema(enumeration = {"public", "private"}) String visibility) {
        /** @param visibility null if nothing was said */
        public static @Nullable View of(
                @Nullable String message,
                @Nullable String value,
                @Nullable String visibility,
                boolean viewerIsInvolved) {
            if (visibility == null) {
                return null;
            }
            return viewerIsInvolved || "public".equals(visibility)
                    ? new View(message, value, visibility)
                    : new View(null, null, visibility);
        }
    }
}
