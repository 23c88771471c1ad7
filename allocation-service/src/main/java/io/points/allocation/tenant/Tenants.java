package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.TenantEvent;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Registers tenants and changes their status. Every change is logged and told. */
@ApplicationScoped
public class Tenants {

    private final Contracts contracts;

    Tenants(Contracts contracts) {
        this.contracts = contracts;
    }

    /**
     * @return the tenant; fails with a 400 problem if the contract is not valid yet, a 409 problem if there is a tenant with
     *     that id
     */
    Uni<TenantView> register(Tx tx, RegisterTenant request, Envelope.Actor actor) {
        var now = BusinessTime.now();
        var id = request.tenantId() == null ? Ids.next(now) : request.tenantId();
        var price = new BigDecimal(request.pricePerPoint());
        var validFrom = Contract.validSince(request.validFrom(), now);
        var eventId = Ids.next(now);
        return tx.query("""
                        insert into tenants (id, name, status, revision, currency, price_per_point, created_at)
                        values ($1, $2, 'active', 1, $3, $4, $5) on conflict do nothing
                        """, id, request.name(), request.currency(), price, now.atOffset(ZoneOffset.UTC))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.of(
                                        409,
                                        "tenant-exists",
                                        "The tenant already exists",
                                        "A tenant with this id already exists.")
                                .withError("tenant_id", "is already taken")
                                .exception();
                    }
                })
                .chain(() -> tell(
                        tx,
                        eventId,
                        new PoolEvent.TenantRegistered(
                                id,
                                request.currency(),
                                Price.text(price),
                                1,
                                request.poNumber(),
                                request.costCentre(),
                                validFrom),
                        "active",
                        null,
                        now,
                        actor))
                .invoke(() -> tx.send(Ids.next(now), new PoolEvent.TenantNamed(id, request.name()), now, actor))
                .chain(() -> contracts.append(
                        tx,
                        new Contract.Terms(
                                request.currency(), price, request.poNumber(), request.costCentre(), validFrom),
                        new Contracts.Revision(id, 1, eventId, now),
                        actor))
                .chain(() -> TenantViews.find(tx, id));
    }

    /** Stops the tenant's distributions. Suspending a suspended tenant changes nothing. */
    Uni<TenantView> suspend(Tx tx, UUID id, String reason, Envelope.Actor actor) {
        return change(tx, id, TenantStatus.SUSPENDED, revision -> new TenantSuspended(id, revision), reason, actor);
    }

    Uni<TenantView> reactivate(Tx tx, UUID id, String reason, Envelope.Actor actor) {
        return change(tx, id, TenantStatus.ACTIVE, revision -> new TenantReactivated(id, revision), reason, actor);
    }

    private Uni<TenantView> change(
            Tx tx, UUID id, TenantStatus next, LongFunction<TenantEvent> event, String reason, Envelope.Actor actor) {
        return tx.query("select status from tenants where id = $1 for update", id)
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    var status = TenantStatus.of(rows.iterator().next().getString("status"));
                    if (status.ends()) {
                        throw TenantProblems.ends(
                                        status, "It can be neither suspended nor reactivated: its end is decided.")
                                .exception();
                    }
                    return status == next
                            ? Uni.createFrom().voidItem()
                            : become(tx, id, next, event, reason, BusinessTime.now(), actor);
                })
                .chain(() -> TenantViews.find(tx, id));
    }

    /**
     * Gives a tenant that is locked another status, and tells of it.
     *
     * @param event what tells of it, with the revision that it makes
     * @param actor a person
     */
    public Uni<Void> become(
            Tx tx,
            UUID id,
            TenantStatus next,
            LongFunction<TenantEvent> event,
            @Nullable String reason,
            Instant now,
            Envelope.Actor actor) {
        return tx.query(
                        "update tenants set status = $2, revision = revision + 1 where id = $1 returning revision",
                        id,
                        next.word())
                .chain(rows -> tell(
                        tx,
                        Ids.next(now),
                        event.apply(rows.iterator().next().getLong("revision")),
                        next.word(),
                        reason,
                        now,
                        actor));
    }

    private Uni<Void> tell(
            Tx tx,
            UUID eventId,
            TenantEvent event,
            String status,
            @Nullable String reason,
            Instant now,
            Envelope.Actor actor) {
        tx.send(eventId, event, now, actor);
        return tx.query(
                        """
                        insert into tenant_logs (tenant_id, revision, status, reason, event_id, created_by, created_at)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        event.tenantId(),
                        event.revision(),
                        status,
                        reason,
                        eventId,
                        UUID.fromString(actor.id()),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
