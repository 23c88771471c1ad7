package io.points.distribution.batch;

import io.points.distribution.saga.SagaConfig;
import io.points.platform.background.Loop;
import io.points.platform.persistence.TransientErrors;
import io.points.platform.web.InTime;
import io.points.platform.web.Prefer;
import io.points.platform.web.Stopping;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The response to a request for a batch, after waiting for its end for as long as the client asked. */
@ApplicationScoped
class BatchResponses {

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final BatchViews views;
    private final Stopping stopping;
    private final SagaConfig config;

    BatchResponses(BatchViews views, Stopping stopping, SagaConfig config) {
        this.views = views;
        this.stopping = stopping;
        this.config = config;
    }

    static BatchView orNotFound(@Nullable BatchView view) {
        if (view == null) {
            throw Problem.notFound("batch").exception();
        }
        return view;
    }

    /** 202 while it runs, 201 when something was awarded, 409 when nothing moved. */
    Uni<Response> respond(UUID tenantId, @Nullable String prefer, Uni<StoredResponse> accept) {
        var preference = Prefer.of(prefer, config.defaultWait(), config.longestWait());
        long until = System.nanoTime() + preference.patience().toNanos();
        var request = Vertx.currentContext();
        return InTime.orFail(accept).chain(outcome -> {
            var batch = outcome.resource();
            if (batch == null) {
                return Uni.createFrom().item(Idempotency.response(outcome));
            }
            return awaitEnd(tenantId, batch, until, request)
                    .map(view -> response(view, preference))
                    .onFailure(TransientErrors::isTransient)
                    .recoverWithItem(
                            () -> accepted(batch, Map.of("batch_id", batch)).build());
        });
    }

    private Uni<BatchView> awaitEnd(UUID tenantId, UUID batch, long until, Context request) {
        var seen = new AtomicReference<BatchView>();
        return Loop.run(() -> InTime.orFail(views.find(tenantId, batch))
                        .map(BatchResponses::orNotFound)
                        .invoke(seen::set)
                        .chain(view -> !view.isOpen() || System.nanoTime() >= until || stopping.hasBegun()
                                ? Uni.createFrom().item(false)
                                : afterRest(request)))
                .map(done -> seen.get());
    }

    /** The request resumes on its own thread, and reads again. */
    private static Uni<Boolean> afterRest(Context request) {
        return Uni.createFrom()
                .item(true)
                .onItem()
                .delayIt()
                .by(LOOK_EVERY)
                .emitOn(rest -> request.runOnContext(x -> rest.run()));
    }

    private static Response.ResponseBuilder accepted(UUID batch, Object entity) {
        return Response.status(202)
                .entity(entity)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .header(HttpHeaders.LOCATION, location(batch));
    }

    private static String location(UUID batch) {
        return "/api/allocations/award-points/batch/" + batch;
    }

    private static Response response(BatchView view, Prefer preference) {
        var response =
                switch (view.state()) {
                    case ACCEPTED -> accepted(view.batchId(), view);
                    case COMPLETED, PARTLY_COMPLETED ->
                        Response.status(201).entity(view).header(HttpHeaders.LOCATION, location(view.batchId()));
                    case REFUSED ->
                        Response.fromResponse(Problems.response(refusal(view)))
                                .header(HttpHeaders.LOCATION, location(view.batchId()));
                };
        if (preference.applied() != null) {
            response.header("Preference-Applied", preference.applied());
        }
        return response.build();
    }

    private static Problem refusal(BatchView view) {
        var reason = view.refusals().get(0).reason();
        var problem = Problem.of(
                        409,
                        reason.toLowerCase(Locale.ROOT).replace('_', '-'),
                        "The distribution was not completed",
                        "None of the " + view.receivers() + " receivers was awarded: " + reason
                                + "; no points were moved.")
                .with("reason", reason)
                .with("state", view.state())
                .with("batch_id", view.batchId());
        return view.balanceAtRefusal() == null ? problem : problem.with("balance", view.balanceAtRefusal());
    }
}
