package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.period.Periods.Month;
import io.points.billing.period.Periods.Shown;
import io.points.platform.outbox.Tx;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

/** Steps of months as people ask for them. */
@ApplicationScoped
class PeriodSteps {

    private final IdempotentRequests requests;
    private final Caller caller;

    PeriodSteps(IdempotentRequests requests, Caller caller) {
        this.requests = requests;
        this.caller = caller;
    }

    @FunctionalInterface
    interface Action {
        Uni<Shown> take(Tx tx, Month month, Wish wish);
    }

    /** @throws io.points.platform.web.problem.ProblemException 400 if one of the two is none */
    static Month month(String tenantId, String period) {
        return new Month(Params.uuid("tenant_id", tenantId), PeriodParam.of(period));
    }

    Uni<Response> take(Repeatable request, Month month, PeriodReason body, Action action) {
        var wish = new Wish(caller.id(), body.reason(), caller.actor());
        return requests.ofPlatform(
                request, body, tx -> action.take(tx, month, wish).map(shown -> PeriodView.of(month, shown)));
    }
}
