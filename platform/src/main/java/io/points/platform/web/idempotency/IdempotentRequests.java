package io.points.platform.web.idempotency;

import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * POSTs that are answered once and for all. What is done, its answer and the Idempotency-Key under which both can be asked
 * for again are one transaction: a repeat gets the same answer and does nothing, a refusal included. What says nothing about
 * the request stays unsaid, and the key free: a 400, and whatever fails with a 5xx.
 */
@RequestScoped
public class IdempotentRequests {

    private static final String PLATFORM = "platform";
    private static final int BAD_REQUEST = 400;
    private static final int FAILED = 500;

    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Caller caller;

    IdempotentRequests(Transactions transactions, Idempotency idempotency, Caller caller) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    /** As below, for whoever acts for the platform and not for a tenant; answers 200 with what {@code work} gives. */
    public Uni<Response> ofPlatform(Repeatable request, @Nullable Object body, Function<Tx, Uni<?>> work) {
        return ofPlatformDeciding(request, body, tx -> work.apply(tx).map(answer -> idempotency.answer(200, answer)))
                .map(Idempotency::response);
    }

    /** As above, where {@code work} says what the answer is. */
    public Uni<StoredResponse> ofPlatformDeciding(
            Repeatable request, @Nullable Object body, Function<Tx, Uni<StoredResponse>> work) {
        return once(request, PLATFORM, body, work);
    }

    /** As above, within a tenant. */
    public Uni<Response> ofTenant(UUID tenantId, Repeatable request, @Nullable Object body, Function<Tx, Uni<?>> work) {
        return once(request, tenantId.toString(), body, tx -> work.apply(tx)
                        .map(answer -> idempotency.answer(200, answer)))
                .map(Idempotency::response);
    }

    /**
     * As above, for work that needs locks which come before those of keys.
     *
     * @param locks takes them, whether or not the key is known
     * @param work says what the answer is, with what {@code locks} gave
     */
    public <L> Uni<Response> ofTenant(
            UUID tenantId,
            Repeatable request,
            @Nullable Object body,
            Function<Tx, Uni<L>> locks,
            BiFunction<Tx, L, Uni<?>> work) {
        var key = key(request, tenantId.toString(), body);
        return transactions
                .write(tx -> locks.apply(tx)
                        .chain(locked -> once(
                                tx, key, it -> work.apply(it, locked).map(answer -> idempotency.answer(200, answer)))))
                .map(Idempotency::response);
    }

    /** As above, within a tenant, answering 201 with what {@code work} has made. */
    public Uni<Response> ofTenantMaking(
            UUID tenantId, Repeatable request, @Nullable Object body, Function<Tx, Uni<?>> work) {
        return once(request, tenantId.toString(), body, tx -> work.apply(tx)
                        .map(answer -> idempotency.answer(201, answer)))
                .map(Idempotency::response);
    }

    /** As above, within a tenant, where {@code work} says what the answer is. */
    public Uni<StoredResponse> ofTenantDeciding(
            UUID tenantId, Repeatable request, @Nullable Object body, Function<Tx, Uni<StoredResponse>> work) {
        return once(request, tenantId.toString(), body, work);
    }

    /**
     * Runs {@code work} in a transaction unless its key is known. A {@link ProblemException} of the work is its answer; under
     * a key it is kept, and what the work had written is undone.
     *
     * @param body the request as it was read; null for a request without one
     */
    private Uni<StoredResponse> once(
            Repeatable request, String scope, @Nullable Object body, Function<Tx, Uni<StoredResponse>> work) {
        var key = key(request, scope, body);
        return transactions.write(tx -> once(tx, key, work));
    }

    private Uni<StoredResponse> once(Tx tx, Idempotency.@Nullable Key key, Function<Tx, Uni<StoredResponse>> work) {
        return idempotency.once(tx, key, () -> key == null ? work.apply(tx) : kept(tx, work));
    }

    private Idempotency.@Nullable Key key(Repeatable request, String scope, @Nullable Object body) {
        return idempotency.key(request.idempotencyKey, scope, caller.id(), "POST", request.uri.getPath(), body);
    }

    private Uni<StoredResponse> kept(Tx tx, Function<Tx, Uni<StoredResponse>> work) {
        return tx.attempt(ProblemException.class, () -> work.apply(tx))
                .onFailure(IdempotentRequests::isDecision)
                .recoverWithItem(refused -> idempotency.refusal(((ProblemException) refused).problem()));
    }

    private static boolean isDecision(Throwable failure) {
        return failure instanceof ProblemException refused
                && refused.problem().status() > BAD_REQUEST
                && refused.problem().status() < FAILED;
    }
}
