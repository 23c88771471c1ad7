package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.platform.web.Caller;
import io.points.platform.web.Idempotency;
import io.points.platform.web.CommandHeaders;
import io.points.platform.web.Problem;
import io.points.platform.web.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes orders from whoever calls: who they are decides where the points come from. */
@RequestScoped
class Desk {

    private final Requests requests;
    private final AwardResponses outcomes;
    private final Idempotency idempotency;
    private final Caller caller;

    Desk(Requests requests, AwardResponses outcomes, Idempotency idempotency, Caller caller) {
        this.requests = requests;
        this.outcomes = outcomes;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    /** What is said with an order. */
    record Said(Distribution.Tone tone, Beginnings.Words words) {

        static Said description(@Nullable String referenceType, @Nullable String description) {
            return new Said(Distribution.Tone.PLAIN, new Beginnings.Words(referenceType, description, null, null));
        }

        /** @param value name of a company value or badge, or null */
        static Said recognition(String message, @Nullable String value, boolean isPublic) {
            return new Said(
                    isPublic ? Distribution.Tone.PUBLIC_RECOGNITION : Distribution.Tone.PRIVATE_RECOGNITION,
                    new Beginnings.Words("recognition", null, message, value));
        }
    }

    /**
     * An award: a manager's from the pool, a lead's from the own budget.
     *
     * @param body the request as it was read, for the idempotency fingerprint
     */
    Uni<Response> award(UUID to, long amount, Said said, CommandHeaders headers, Object body) {
        return caller.hasRole(Role.MANAGER)
                ? fromPool(DistributionKind.AWARD, to, amount, said, headers, body)
                : order(DistributionKind.AWARD, PointsSource.BUDGET, to, amount, said, headers, body);
    }

    Uni<Response> fromPool(DistributionKind kind, UUID to, long amount, Said said, CommandHeaders headers, Object body) {
        return order(kind, PointsSource.POOL, to, amount, said, headers, body);
    }

    Uni<Response> giveBack(
            @Nullable UUID owner, long amount, @Nullable String description, CommandHeaders headers, Object body) {
        if (owner == null && caller.hasRole(Role.MANAGER) && !caller.hasRole(Role.LEAD)) {
            throw Problem.badRequest("from_user_id", "is required of a manager").exception();
        }
        var from = owner == null ? caller.id() : owner;
        if (!caller.hasRole(Role.MANAGER) && !from.equals(caller.id())) {
            throw Problem.of(
                            403, "forbidden", "The caller's role does not allow this", "A lead returns the own budget.")
                    .withError("from_user_id", "must be the caller")
                    .exception();
        }
        var request = Request.of(
                caller.tenantId(),
                DistributionKind.RETURN,
                PointsSource.BUDGET,
                from,
                null,
                amount,
                Distribution.Tone.PLAIN,
                new Beginnings.Words(null, description, null, null),
                caller.cause());
        var key = key(headers, body);
        return outcomes.respond(request, headers.prefer, () -> requests.giveBack(request, key));
    }

    private Uni<Response> order(
            DistributionKind kind, PointsSource source, UUID to, long amount, Said said, CommandHeaders headers, Object body) {
        var request = Request.of(
                caller.tenantId(), kind, source, caller.id(), to, amount, said.tone(), said.words(), caller.cause());
        var key = key(headers, body);
        return outcomes.respond(request, headers.prefer, () -> requests.distribute(request, key));
    }

    private Idempotency.@Nullable Key key(CommandHeaders headers, Object body) {
        return idempotency.key(
                headers.idempotencyKey, caller.tenantId().toString(), caller.id(), "POST", headers.uri.getPath(), body);
    }
}
