package io.points.platform.web.admission;

import io.points.platform.web.caller.KnownCaller;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The places for open requests, and the few for open batches. Both are given only to callers who are known, by {@link Shares}. */
@ApplicationScoped
class RequestSlots {

    /** Most of them wait for the end of their distribution, which costs little but memory. */
    private final Shares requests = new Shares(2_000, 1_200, 800);

    /** More would exhaust the memory; they are rare, and excess requests are refused. */
    private final Shares batches = new Shares(8, 6, 4);

    /** Takes what the request needs until it is answered; or says why not. */
    @Nullable
    Problem take(RoutingContext context, KnownCaller caller, boolean isBatch) {
        var refusal = take(requests, context, caller);
        return refusal == null && isBatch ? take(batches, context, caller) : refusal;
    }

    private static @Nullable Problem take(Shares shares, RoutingContext context, KnownCaller caller) {
        var tenant = caller.tenantId();
        var outcome = shares.take(tenant, caller.subject());
        if (outcome == Shares.Admission.TAKEN) {
            Held.untilAnswered(context, () -> shares.giveBack(tenant, caller.subject()));
        }
        return switch (outcome) {
            case TAKEN -> null;
            case SHARE_USED_UP -> Problems.tooMany();
            case FULL -> Problems.unavailable();
        };
    }
}
