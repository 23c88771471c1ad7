package io.points.distribution.batch;

import io.points.distribution.approval.UndoApprovals;
import io.points.distribution.saga.SagaConfig;
import io.points.platform.background.Loop;
import io.points.platform.persistence.TransientErrors;
import io.points.platform.web.InTime;
import io.points.platform.web.Prefer;
import io.points.platform.web.Stopping;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
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
        return respond(tenantId, prefer, accept, BatchView::isOpen, BatchResponses::refusal);
    }

    /** 202 while it is being undone, 201 when it is, 409 when nothing moved. */
    Uni<Response> respondToUndo(UUID tenantId, @Nullable String prefer, Uni<StoredResponse> accept) {
        return respond(tenantId, prefer, accept, BatchView::isBeingUndone, BatchResponses::refusalOfUndo);
    }

    private Uni<Response> respond(
            UUID tenantId,
            @Nullable String prefer,
            Uni<StoredResponse> accept,
            Predicate<BatchView> isOpen,
            Function<BatchView, Optional<Problem>> refusal) {
        var preference = Prefer.of(prefer, config.defaultWait(), config.longestWait());
        long until = System.nanoTime() + preference.patience().toNanos();
        var request = Vertx.currentContext();
        return InTime.orFail(accept).chain(outcome -> {
            var batch = outcome.resource();
            if (outcome.status() != null) {
                return Uni.createFrom().item(UndoApprovals.response(outcome));
            }
            return awaitEnd(tenantId, batch, isOpen, until, request)
                    .map(view -> response(view, isOpen.test(view), refusal, preference))
                    .onFailure(TransientErrors::isTransient)
                    .recoverWithItem(
                            () -> accepted(batch, Map.of("batch_id", batch)).build());
        });
    }

    private Uni<BatchView> awaitEnd(
            UUID tenantId, UUID batch, Predicate<BatchView> isOpen, long until, Context request) {
        var seen = new AtomicReference<BatchView>();
        return Loop.run(() -> InTime.orFail(views.find(tenantId, batch))
                        .map(BatchResponses::orNotFound)
                        .invoke(seen::set)
                        .chain(view -> !isOpen.test(view) || System.nanoTime() >= until || stopping.hasBegun()
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

    private static Response response(
            BatchView view, boolean isOpen, Function<BatchView, Optional<Problem>> refusal, Prefer preference) {
        var response = isOpen
                ? accepted(view.batchId(), view)
                : refusal.apply(view)
                        .map(problem -> Response.fromResponse(Problems.response(problem)))
                        .orElseGet(() -> Response.status(201).entity(view))
                        .header(HttpHeaders.LOCATION, location(view.batchId()));
        if (preference.applied() != null) {
            response.header("Preference-Applied", preference.applied());
        }
        return response.build();
    }

    private static Optional<Problem> refusal(BatchView view) {
        if (view.state() != BatchView.State.REFUSED) {
            return Optional.empty();
        }
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
        return Optional.of(
                view.balanceAtRefusal() == null ? problem : problem.with("balance", view.balanceAtRefusal()));
    }

    /** Of one that could begin. */
    private static Optional<Problem> refusalOfUndo(BatchView view) {
        var undo = view.undo();
        return undo == null || !undo.state().equals(BatchUndo.State.REFUSED.name())
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                409,
                                ProblemType.SHORTFALL.slug(),
                                ProblemType.SHORTFALL.meaning(),
                                "A wallet that held its award a moment ago holds less; no points were moved. Check the undo to see which."));
    }
}
