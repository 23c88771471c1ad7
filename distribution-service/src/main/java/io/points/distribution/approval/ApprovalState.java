package io.points.distribution.approval;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.State;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a distribution stands that needs approval. */
@Schema(name = "ApprovalState")
enum ApprovalState {
    /** The pool has not answered yet: nothing is to be decided. */
    @JsonProperty("requested")
    REQUESTED,
    /** Its points wait for a decision. */
    @JsonProperty("open")
    OPEN,
    /** All whom it takes have approved it, and its points have arrived. */
    @JsonProperty("approved")
    APPROVED,
    /** Somebody has rejected it. */
    @JsonProperty("rejected")
    REJECTED,
    /** Whoever asked for it has withdrawn it. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Not all have approved it in time. */
    @JsonProperty("expired")
    EXPIRED,
    /** It ended otherwise: the pool refused it, or its receiver or the tenant could take it no more. */
    @JsonProperty("refused")
    REFUSED;

    /** @param reason why it was not given, if it was not */
    static ApprovalState of(State state, @Nullable RefusalReason reason) {
        return switch (state) {
            case REQUESTED, RETURNING, SET_ASIDE -> REQUESTED;
            case HELD -> OPEN;
            case COMPLETED -> APPROVED;
            case CANCELLING, COMPENSATING, REJECTED, CANCELLED, COMPENSATED -> reason == null ? REFUSED : of(reason);
        };
    }

    private static ApprovalState of(RefusalReason reason) {
        return switch (reason) {
            case APPROVAL_REJECTED -> REJECTED;
            case APPROVAL_EXPIRED -> EXPIRED;
            case WITHDRAWN -> WITHDRAWN;
            case INSUFFICIENT_POOL_BALANCE,
                    INSUFFICIENT_DEPARTMENT_BALANCE,
                    INSUFFICIENT_BUDGET_BALANCE,
                    TENANT_SUSPENDED,
                    TENANT_CLOSING,
                    TENANT_CLOSED,
                    TENANT_UNKNOWN,
                    INVALID_AMOUNT,
                    RECEIVER_NOT_ELIGIBLE,
                    LIMIT_EXCEEDED,
                    DEADLINE_PASSED -> REFUSED;
        };
    }

    /** @param word of a table */
    static ApprovalState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word on the wire and in tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
