package io.points.allocation.closing;

import io.points.allocation.allocation.Clawbacks;
import io.points.allocation.pool.DepartmentEntry;
import io.points.allocation.pool.DepartmentPools;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.Pools;
import io.points.allocation.proposal.ProposalService;
import io.points.allocation.tenant.TenantCalendar;
import io.points.allocation.tenant.TenantStatus;
import io.points.allocation.tenant.Tenants;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.Settlement;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.PointsAmount;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Empties the pools of tenants whose wallets are empty, and closes these. Each slice is a transaction that finds in its table how far it
 * is: whoever dies loses a slice.
 */
@ApplicationScoped
public class ClosingRound {

    private static final Logger LOG = Logger.getLogger(ClosingRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final UUID FIRST = new UUID(0, 0);

    /** What stands with the clawbacks. */
    private static final String WHY = "The tenant is closed";

    private final Transactions transactions;
    private final Closings closings;
    private final ProposalService proposals;
    private final TenantCalendar calendar;
    private final Pools pools;
    private final DepartmentPools departments;
    private final Clawbacks clawbacks;
    private final Tenants tenants;
    private final Schedule schedule;
    private final Round round;

    ClosingRound(
            Transactions transactions,
            Closings closings,
            ProposalService proposals,
            TenantCalendar calendar,
            Pools pools,
            DepartmentPools departments,
            Clawbacks clawbacks,
            Tenants tenants,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.closings = closings;
        this.proposals = proposals;
        this.calendar = calendar;
        this.pools = pools;
        this.departments = departments;
        this.clawbacks = clawbacks;
        this.tenants = tenants;
        this.schedule = schedule;
        round = rounds.round("closings");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.closings.look-every", this::look);
    }

    /** Carries on whatever closing can be. */
    public Uni<Void> look() {
        var behind = new AtomicReference<>(FIRST);
        return round.run(() -> transactions
                        .write(tx -> slice(tx, behind))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Closings of tenants did not get on; the next round goes on: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there was something to do */
    private Uni<Boolean> slice(Tx tx, AtomicReference<UUID> behind) {
        return closings.nextToBeDrained(tx, behind.get()).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            var tenant = found.get();
            // In the order in which everybody locks them; what proposals hold goes into the pool first.
            return proposals
                    .expireAll(tx, tenant)
                    .chain(() -> calendar.lock(tx, tenant))
                    .chain(() -> pools.lock(tx, List.of(tenant)))
                    .chain(locked -> closings.lockUnderWay(tx, tenant)
                            .chain(closing -> closing.isEmpty() || closing.get().closedAt() != null
                                    // Another instance was faster.
                                    ? Uni.createFrom().voidItem()
                                    : emptyDepartments(tx, closing.get(), locked.get(tenant))
                                            .chain(pool -> drain(tx, closing.get(), pool))))
                    .replaceWith(true);
        });
    }

    /** @return the pool, nothing of which is in a department any more */
    private Uni<Pool> emptyDepartments(Tx tx, Closing closing, Pool pool) {
        return departments.notEmpty(tx, pool).chain(envelopes -> {
            var now = BusinessTime.now();
            var entries = new ArrayList<DepartmentEntry>();
            var left = pool;
            for (var envelope : envelopes) {
                // Anything may have come back to it since this closing emptied it the last time.
                var id = Ids.derive(closing.id(), envelope.departmentId() + "/" + envelope.entryNumber());
                var emptied = PlatformRules.empty(left, envelope, id, Ids.derive(id, "PoolPointsMoved"));
                left = emptied.pool();
                entries.add(emptied.ofDepartment());
                tell(tx, emptied.ofDepartment(), now);
            }
            var after = left;
            return entries.isEmpty()
                    ? Uni.createFrom().item(pool)
                    : Tx.together(pools.save(tx, List.of(after), List.of(), now), departments.save(tx, entries, now))
                            .replaceWith(after);
        });
    }

    private static void tell(Tx tx, DepartmentEntry entry, Instant now) {
        var envelope = entry.after();
        tx.send(
                entry.eventId(),
                new PoolPointsMoved(
                        entry.causeId(),
                        envelope.tenantId(),
                        -entry.amount(),
                        envelope.departmentId(),
                        envelope.entryNumber(),
                        envelope.balance(),
                        null,
                        null,
                        null),
                now,
                Envelope.Actor.SYSTEM);
    }

    private Uni<Void> drain(Tx tx, Closing closing, Pool pool) {
        if (pool.balance() == 0) {
            return close(tx, closing, 0);
        }
        if (closing.terms().unspent() == Settlement.EXPIRE) {
            return expire(tx, closing, pool).chain(() -> close(tx, closing, pool.balance()));
        }
        long amount = Math.min(pool.balance(), PointsAmount.MAX);
        return clawbacks
                .take(tx, pool, amount, WHY, BusinessTime.now(), approver(closing))
                .chain(taken -> taken.after().balance() == 0
                        ? close(tx, closing, amount)
                        : closings.drained(tx, closing.id(), amount, Optional.empty()));
    }

    private Uni<Void> expire(Tx tx, Closing closing, Pool pool) {
        var now = BusinessTime.now();
        var eventId = Ids.derive(closing.id(), "PoolExpired");
        var moved = PlatformRules.expireAll(pool, closing.id(), eventId);
        var entry = moved.entry();
        tx.send(
                eventId,
                new PoolExpired(
                        closing.id(),
                        closing.tenantId(),
                        closing.terms().earnedUntil(),
                        -entry.amount(),
                        entry.balanceAfter(),
                        entry.number()),
                now,
                Envelope.Actor.SYSTEM);
        return pools.save(tx, List.of(moved.pool()), List.of(entry), now);
    }

    private Uni<Void> close(Tx tx, Closing closing, long drained) {
        var now = BusinessTime.now();
        var by = approver(closing);
        return calendar.end(tx, closing.tenantId(), now, by)
                .chain(() -> closings.drained(tx, closing.id(), drained, Optional.of(now)))
                .chain(() -> tenants.become(
                        tx,
                        closing.tenantId(),
                        TenantStatus.CLOSED,
                        revision -> new TenantClosed(closing.tenantId(), revision, closing.id()),
                        null,
                        now,
                        by));
    }

    private static Envelope.Actor approver(Closing closing) {
        return new Envelope.Actor(String.valueOf(closing.begunBy()), Role.PLATFORM_ADMIN, null);
    }
}
