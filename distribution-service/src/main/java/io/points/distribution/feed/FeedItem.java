package io.points.distribution.feed;

import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happened, for its audience. Made only in the transaction in which the points move, or from an event that says
 * that they have moved.
 *
 * @param actorId who did it, of a reversal who gave the award; null for the platform
 * @param eventId one item per event, however often it is consumed
 */
public record FeedItem(
        UUID tenantId,
        Kind kind,
        Audience audience,
        @Nullable UUID actorId,
        @Nullable UUID receiverId,
        long amount,
        @Nullable UUID distributionId,
        UUID eventId) {

    /** What happened. */
    @Schema(name = "FeedItemKind")
    public enum Kind {
        ALLOCATION,
        CLAWBACK,
        DELEGATION,
        AWARD,
        RECOGNITION,
        RETURN,
        /** An award that was taken back: the actor had given it. */
        REVERSAL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who may see it. */
    @Schema(name = "FeedAudience")
    public enum Audience {
        /** The tenant's managers. */
        MANAGERS,
        /** The giver and the receiver. */
        INVOLVED,
        /** Everybody in the tenant. */
        TENANT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
