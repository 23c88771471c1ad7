package io.points.distribution.award;

import io.points.distribution.approval.UndoApprovals;
import io.points.distribution.saga.CompletionRegistry;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.SagaConfig;
import io.points.distribution.saga.State;
import io.points.platform.persistence.TransientErrors;
import io.points.platform.web.InTime;
import io.points.platform.web.Prefer;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problems;
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

/** The response to a request for a distribution, after waiting for its final state as long as the client requested. */
@ApplicationScoped
class AwardResponses {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final CompletionRegistry completions;
    private final DistributionViews views;
    private final SagaConfig config;

    AwardResponses(CompletionRegistry completions, DistributionViews views, SagaConfig config) {
        this.completions = completions;
        this.views = views;
        this.config = config;
    }

    /**
     * 201 when it is completed, 409 when it was refused or undone, 202 while it is in progress.
     *
     * @param first what is asked for
     * @param prefer the Prefer header, or null
     * @param accepted takes it, once somebody subscribes: names the distribution that answers the request
     */
    Uni<Response> respond(Distribution first, @Nullable String prefer, Uni<StoredResponse> accepted) {
        return respond(first, () -> first, prefer, accepted);
    }

    /**
     * As above, where it is decided only when it is taken whether it ends at once.
     *
     * @param begun the same as it was begun, once it is accepted
     */
    Uni<Response> respond(
            Distribution first, Supplier<Distribution> begun, @Nullable String prefer, Uni<StoredResponse> accepted) {
        var preference = Prefer.of(prefer, config.defaultWait(), config.longestWait());
        long received = System.nanoTime();
        // Before it is accepted, so that its end is not missed.
        var wait = completions.expect(first.id());
        return InTime.orFail(accepted)
                .onTermination()
                .invoke((outcome, failure, cancelled) -> {
                    if (failure != null || cancelled) {
                        wait.giveUp();
                    }
                })
                .chain(outcome -> {
                    if (outcome.status() != null) {
                        wait.giveUp();
                        return Uni.createFrom().item(UndoApprovals.response(outcome));
                    }
                    var left = preference.left(Duration.ofNanos(System.nanoTime() - received));
                    return awaitEnd(begun.get(), outcome.resource(), wait, left)
                            .chain(() -> InTime.orFail(
                                    views.find(first.tenantId(), outcome.resource(), first.requestedBy())))
                            .map(view -> response(view, preference))
                            .onFailure(TransientErrors::isTransient)
                            .recoverWithItem(() -> acceptedUnseen(outcome.resource()));
                });
    }

    /** It is committed, but cannot be read at the moment. */
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

    private Uni<Void> awaitEnd(Distribution first, UUID distribution, CompletionRegistry.Wait own, Duration longest) {
        var endsAtOnce = !first.state().isOpen();
        if (distribution.equals(first.id()) && !endsAtOnce) {
            return own.await(longest);
        }
        own.giveUp();
        if (endsAtOnce) {
            return Uni.createFrom().voidItem();
        }
        return completions.expect(distribution).await(longest);
    }

    private static Response response(@Nullable DistributionView view, Prefer preference) {
        if (view == null) {
            throw Problem.notFound("distribution").exception();
        }
        var response =
                switch (State.valueOf(view.state())) {
                    case COMPLETED -> Response.status(201).entity(view);
                    case HELD -> Response.status(202).entity(view);
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
                        "The distribution was not completed",
                        "The distribution is " + view.state() + ": " + reason + "; no points were moved.")
                .with("reason", reason)
                .with("state", view.state())
                .with("distribution_id", view.distributionId());
        return view.balanceAtRefusal() == null ? problem : problem.with("balance", view.balanceAtRefusal());
    }
}
