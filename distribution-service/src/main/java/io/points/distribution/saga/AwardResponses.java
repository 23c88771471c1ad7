package io.points.distribution.saga;

import io.points.platform.persistence.TransientErrors;
import io.points.platform.web.Idempotency;
import io.points.platform.web.Idempotency.StoredResponse;
import io.points.platform.web.InTime;
import io.points.platform.web.Prefer;
import io.points.platform.web.Problem;
import io.points.platform.web.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what came of a request into a response, after waiting for the distribution's end as long as was asked. */
@ApplicationScoped
class AwardResponses {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final CompletionRegistry waiting;
    private final Views views;
    private final SagaConfig config;

    AwardResponses(CompletionRegistry waiting, Views views, SagaConfig config) {
        this.waiting = waiting;
        this.views = views;
        this.config = config;
    }

    /**
     * 201 when it is completed, 409 when it was refused or undone, 202 while it runs.
     *
     * @param prefer the Prefer header, or null
     * @param accept takes the request
     */
    Uni<Response> respond(Request request, @Nullable String prefer, Supplier<Uni<StoredResponse>> accept) {
        var preference = Prefer.of(prefer, config.defaultWait(), config.longestWait());
        long received = System.nanoTime();
        var wait = waiting.expect(request.id());
        return InTime.orFail(accept.get())
                .onTermination()
                .invoke((outcome, failure, cancelled) -> {
                    if (failure != null || cancelled) {
                        wait.giveUp();
                    }
                })
                .chain(outcome -> {
                    if (outcome.resource() == null) {
                        wait.giveUp();
                        return Uni.createFrom().item(Idempotency.response(outcome));
                    }
                    var left = preference.left(Duration.ofNanos(System.nanoTime() - received));
                    return awaitEnd(request, outcome.resource(), wait, left)
                            .chain(() -> InTime.orFail(
                                    views.find(request.tenantId(), outcome.resource(), request.askedBy())))
                            .map(view -> response(view, preference))
                            .onFailure(TransientErrors::isTransient)
                            .recoverWithItem(() -> acceptedUnseen(outcome.resource()));
                });
    }

    /** It is committed, but cannot be looked at just now. */
    private static Response acceptedUnseen(UUID distribution) {
        return Response.status(202)
                .entity(Map.of("distribution_id", distribution))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .header(HttpHeaders.LOCATION, location(distribution))
                .build();
    }

    private static String location(UUID distribution) {
        return "/api/allocations/distributions/" + distribution;
    }

    private Uni<Void> awaitEnd(Request request, UUID distribution, CompletionRegistry.Wait own, Duration longest) {
        if (distribution.equals(request.id()) && !request.endsAtOnce()) {
            return own.await(longest);
        }
        own.giveUp();
        if (request.endsAtOnce()) {
            return Uni.createFrom().voidItem();
        }
        return waiting.expect(distribution).await(longest);
    }

    private static Response response(@Nullable DistributionView view, Prefer preference) {
        if (view == null) {
            throw Problem.notFound("distribution").exception();
        }
        var response =
                switch (State.valueOf(view.state())) {
                    case COMPLETED -> Response.status(201).entity(view);
                    case REQUESTED, RETURNING, CANCELLING, COMPENSATING, SET_ASIDE ->
                        Response.status(202).entity(view).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                    case REJECTED, CANCELLED, COMPENSATED -> Response.fromResponse(Problems.response(refusal(view)));
                };
        if (preference.applied() != null) {
            response.header("Preference-Applied", preference.applied());
        }
        return response.header(HttpHeaders.LOCATION, location(view.distributionId()))
                .build();
    }

    private static Problem refusal(DistributionView view) {
        var reason = String.valueOf(view.reason());
        var problem = Problem.of(
                        409,
                        reason.toLowerCase(Locale.ROOT).replace('_', '-'),
                        "The distribution did not happen",
                        "The distribution is " + view.state() + " because of " + reason + "; no points were moved.")
                .with("reason", reason)
                .with("state", view.state())
                .with("distribution_id", view.distributionId());
        return view.balanceAtRefusal() == null ? problem : problem.with("balance", view.balanceAtRefusal());
    }
}
