package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What members ask managers to give, told by distribution-service, with ids only. Nothing moves. */
public sealed interface WishEvent extends Message {

    /** Which wish. */
    UUID wishId();

    @Override
    @JsonIgnore
    default UUID subject() {
        return wishId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.WALLET_EVENTS;
    }

    /**
     * Somebody asks a manager to give somebody points. Nothing is reserved for it.
     *
     * @param wishId the wish
     * @param kind {@code budget}: a lead asks for a budget of their own; {@code nomination}: for an award of somebody else
     * @param askedBy who asks
     * @param toUserId who would get the points
     */
    record WishMade(
            UUID wishId,
            UUID tenantId,

            @Text(max = 10, pattern = "budget|nomination", what = "what is asked for")
            String kind,

            UUID askedBy,
            UUID toUserId,
            @Within(min = 1, max = Within.MOST_MOVED) long amount)
            implements WishEvent {}

    /**
     * A wish has been decided. One that is granted is decided again if the points could not be given after all.
     *
     * @param wishId the wish
     * @param state what has become of it
     * @param distributionId what is given for it; null unless it is granted
     */
    record WishDecided(
            UUID wishId,
            UUID tenantId,

            @Text(max = 9, pattern = "granted|declined|withdrawn|expired", what = "what has become of a wish")
            String state,

            @Nullable UUID distributionId)
            implements WishEvent {}
}
