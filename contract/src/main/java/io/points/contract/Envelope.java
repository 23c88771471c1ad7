package io.points.contract;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every message: the attributes of CloudEvents 1.0, and the extensions {@code tenantid},
 * {@code actorid}, {@code actorrole} and {@code traceparent} (W3C Trace Context).
 *
 * @param id the same for a repeated message, so that whoever has seen it may skip it
 * @param type simple name of the message's record
 * @param source the service that wrote it
 * @param subject the object that changed
 * @param time when it happened, not when it was sent
 * @param actorId subject of the token of whoever caused it; none if the system did
 * @param actorRole the role under which they acted
 */
public record Envelope(
        UUID id,
        String type,
        String source,
        String subject,
        Instant time,
        UUID tenantId,
        @Nullable String actorId,
        @Nullable String actorRole,
        @Nullable String traceparent) {

    /** Whoever causes a message, and the trace it belongs to. Carried from the request through every message of a saga. */
    public record Actor(
            @Nullable String id,
            @Nullable String role,
            @Nullable String traceparent) {

        /** The system itself: a deadline that passed, a retry. */
        public static final Actor SYSTEM = new Actor(null, null, null);
    }

    /** Who caused it, and in which trace. */
    public Actor actor() {
        return new Actor(actorId, actorRole, traceparent);
    }

    /** The trace id within {@link #traceparent}, or null. */
    public @Nullable String traceId() {
        return traceId(traceparent);
    }

    /** The trace id within a header {@code traceparent}, or null. */
    public static @Nullable String traceId(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() != 55 ? null : traceparent.substring(3, 35);
    }
}
