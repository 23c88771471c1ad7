package io.points.allocation.allocation;

import io.points.allocation.alert.MovementAlerts;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.PoolEntry;
import io.points.allocation.pool.Pools;
import io.points.allocation.tenant.Price;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.PlatformMovement;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves points between the platform and a pool: balance, ledger, log and event in one transaction. */
@ApplicationScoped
class Allocations {

    private final Transactions transactions;
    private final Pools pools;
    private final MovementAlerts alerts;
    private final Idempotency idempotency;

    Allocations(Transactions transactions, Pools pools, MovementAlerts alerts, Idempotency idempotency) {
        this.transactions = transactions;
        this.pools = pools;
        this.alerts = alerts;
        this.idempotency = idempotency;
    }

    /** The ids and the moment of one movement. */
    record Moment(UUID allocationId, UUID eventId, Instant now) {
        static Moment next() {
            var now = BusinessTime.now();
            return new Moment(Ids.next(now), Ids.next(now), now);
        }
    }

    /**
     * Who said what of a movement.
     *
     * @param by who is named as its author: of one by a schedule, who made the schedule
     */
    record Details(
            UUID by,
            @Nullable String referenceNote,
            @Nullable String reason,
            @Nullable UUID scheduleId,
            @Nullable String period) {

        static Details ofAllocation(Envelope.Actor actor, String referenceNote) {
            return new Details(UUID.fromString(actor.id()), referenceNote, null, null, null);
        }

        static Details ofClawback(Envelope.Actor actor, String reason) {
            return new Details(UUID.fromString(actor.id()), null, reason, null, null);
        }
    }

    @FunctionalInterface
    interface Movement {
        Uni<StoredResponse> decide(Tx tx, Pool pool, Terms terms, Moment moment);
    }

    /** In one transaction, with the pool locked; the moment is taken after that, so that times follow entry numbers. */
    Uni<StoredResponse> move(UUID tenantId, Idempotency.@Nullable Key key, Movement movement) {
        return transactions.write(tx -> idempotency.once(
                tx, key, () -> pools.lock(tx, List.of(tenantId)).chain(locked -> {
                    var pool = locked.get(tenantId);
                    if (pool == null) {
                        return refuse(MovementProblems.unknownTenant());
                    }
                    var moment = Moment.next();
                    return Terms.at(tx, tenantId, moment.now())
                            .chain(terms -> movement.decide(tx, pool, terms, moment));
                })));
    }

    Uni<StoredResponse> conclude(
            Tx tx, PlatformRules.Decision outcome, Terms terms, Moment moment, Envelope.Actor actor, Details details) {
        var refusal = MovementProblems.of(outcome);
        return refusal != null
                ? refuse(refusal)
                : write(tx, (Moved) outcome, terms, moment, actor, details).map(done -> idempotency.answer(201, done));
    }

    /** Writes what was decided under the pool's lock, and tells of it. */
    Uni<Allocation> write(Tx tx, Moved moved, Terms terms, Moment moment, Envelope.Actor actor, Details details) {
        var event = event(moved, terms, moment, details);
        tx.send(moment.eventId(), event, moment.now(), actor);
        var done = new Allocation(
                moment.allocationId(),
                moved.entry().kind() == PoolEntry.Kind.ALLOCATION ? "allocation" : "clawback",
                event.tenantId(),
                event.amount(),
                terms.currency(),
                event.pricePerPoint(),
                details.referenceNote(),
                details.reason(),
                event.balanceAfter(),
                event.poolVersion(),
                moment.eventId(),
                moment.now(),
                details.by(),
                event instanceof PoolEvent.PointsAllocated allocated ? allocated.expiresOn() : null);
        return pools.save(tx, List.of(moved.pool()), List.of(moved.entry()), moment.now())
                .chain(() -> log(tx, done, terms, details))
                .chain(() -> alert(tx, moved, done, actor))
                .replaceWith(done);
    }

    private Uni<Void> alert(Tx tx, Moved moved, Allocation done, Envelope.Actor actor) {
        return moved.entry().kind() == PoolEntry.Kind.ALLOCATION
                ? alerts.allocated(tx, done.tenantId(), done.amount(), done.createdAt(), actor)
                : alerts.clawedBack(
                        tx,
                        done.tenantId(),
                        done.allocationId(),
                        done.amount(),
                        done.balanceAfter(),
                        done.createdAt(),
                        actor);
    }

    private static PlatformMovement event(Moved moved, Terms terms, Moment moment, Details details) {
        var entry = moved.entry();
        return details.referenceNote() != null
                ? new PoolEvent.PointsAllocated(
                        moment.allocationId(),
                        entry.tenantId(),
                        entry.amount(),
                        terms.currency(),
                        Price.text(terms.price()),
                        details.referenceNote(),
                        entry.balanceAfter(),
                        entry.number(),
                        terms.poNumber(),
                        terms.costCentre(),
                        terms.contractRevision(),
                        details.scheduleId(),
                        details.period(),
                        entry.lots().first())
                : new PoolEvent.PointsClawedBack(
                        moment.allocationId(),
                        entry.tenantId(),
                        -entry.amount(),
                        terms.currency(),
                        Price.text(terms.price()),
                        String.valueOf(details.reason()),
                        entry.balanceAfter(),
                        entry.number());
    }

    private static Uni<Void> log(Tx tx, Allocation done, Terms terms, Details details) {
        return tx.query(
                        """
                        insert into allocation_logs (id, tenant_id, kind, amount, currency, price_per_point, reference_note,
                               reason, balance_after, pool_version, event_id, created_by, created_at, schedule_id, period, expires_on)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                        """,
                        done.allocationId(),
                        done.tenantId(),
                        done.kind(),
                        done.amount(),
                        done.currency(),
                        terms.price(),
                        done.referenceNote(),
                        done.reason(),
                        done.balanceAfter(),
                        done.poolVersion(),
                        done.eventId(),
                        done.createdBy(),
                        done.createdAt().atOffset(ZoneOffset.UTC),
                        details.scheduleId(),
                        details.period(),
                        done.expiresOn())
                .replaceWithVoid();
    }

    Uni<StoredResponse> refuse(Problem problem) {
        return Uni.createFrom().item(idempotency.refusal(problem));
    }
}
