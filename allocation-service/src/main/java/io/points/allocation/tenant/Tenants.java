package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.TenantEvent;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registers tenants and changes their status. Every change is logged and told. */
@ApplicationScoped
class Tenants {

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
        return change(tx, id, "suspended", reason, actor);
    }

    Uni<TenantView> reactivate(Tx tx, UUID id, String reason, Envelope.Actor actor) {
        return change(tx, id, "active", reason, actor);
    }

    private Uni<TenantView> change(Tx tx, UUID id, String status, String reason, Envelope.Actor actor) {
        var now = BusinessTime.now();
        return tx.query("select status, revision from tenants where id = $1 for update", id)
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    var row = rows.iterator().next();
                    if (row.getString("status").equals(status)) {
                        return Uni.createFrom().voidItem();
                    }
                    long revision = row.getLong("revision") + 1;
                    return tx.query("update tenants set status = $2, revision = $3 where id = $1", id, status, revision)
                            .chain(() ->
                                    tell(tx, Ids.next(now), event(id, status, revision), status, reason, now, actor));
                })
                .chain(() -> TenantViews.find(tx, id));
    }

    private static TenantEvent event(UUID id, String status, long revision) {
        return "active".equals(status)
                ? new PoolEvent.TenantReactivated(id, revision)
                : new PoolEvent.TenantSuspended(id, revision);
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
