package io.points.allocation.expiry;

import io.points.allocation.pool.DepartmentEntry;
import io.points.allocation.pool.DepartmentPool;
import io.points.allocation.pool.DepartmentPools;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.pool.PoolEntry;
import io.points.allocation.pool.Pools;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsExpiring;
import io.points.ledger.dates.ExpiringPoints;
import io.points.ledger.dates.LocalDays;
import io.points.platform.background.Loop;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pools of which something may be over, and lets it lapse, or tells that it will soon: each pool in a transaction of its own, which decides under the
 * pool's lock, about what departments' envelopes within it hold, too. So neither whoever dies nor two instances at once let anything lapse twice, and a pool with which something is wrong
 * stops no other. A suspended tenant's pool is no exception.
 */
@ApplicationScoped
public class ExpiryRound {

    private static final Logger LOG = Logger.getLogger(ExpiryRound.class);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int PAGE = 200;

    /** So many days before they lapse it is told of points; they do not wait for it. */
    private static final int NOTICE_DAYS = 7;

    /**
     * Whatever is dated before $1, the latest day anywhere, is looked at; whether it is over is decided in the tenant's time zone. What is dated
     * before $5 is looked at once on each such day, to be told of.
     */
    static final String NEXT = """
            select id, next_expiry from (
                (select id, next_expiry from tenants
                 where next_expiry is not null and next_expiry < $5 and (next_expiry, id) > ($2, $3)
                   and (next_expiry < $1 or expiry_told_on is null or expiry_told_on < $1)
                 order by next_expiry, id limit $4)
                union
                (select tenant_id, next_expiry from department_pools
                 where next_expiry is not null and next_expiry < $1 and (next_expiry, tenant_id) > ($2, $3)
                 order by next_expiry, tenant_id limit $4)) as due
            order by next_expiry, id limit $4
            """;

    private static final String TOLD_UNTIL = "select expiry_told_on, expiry_told_until from tenants where id = $1";

    private static final String TOLD =
            "update tenants set expiry_told_on = $2, expiry_told_until = greatest(expiry_told_until, $3) where id = $1";

    private final Transactions transactions;
    private final Pools pools;
    private final DepartmentPools departments;
    private final ExpiryMetrics metrics;
    private final Schedule schedule;
    private final Round round;

    ExpiryRound(
            Transactions transactions,
            Pools pools,
            DepartmentPools departments,
            ExpiryMetrics metrics,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.pools = pools;
        this.departments = departments;
        this.metrics = metrics;
        this.schedule = schedule;
        round = rounds.round("expiry");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured(
                "points.expiry.look-every",
                () -> look(BusinessTime::now).onFailure().recoverWithUni(failure -> {
                    LOG.warnf("Pools could not be searched for points that lapse; the next round does it: %s", failure);
                    return Uni.createFrom().voidItem();
                }));
    }

    /** A pool of which something may be over, and the order in which they come. */
    private record Candidate(LocalDate nextExpiry, UUID tenantId) {
        private static final Candidate BEFORE_ALL = new Candidate(LocalDate.EPOCH, Ids.NIL);

        private static Candidate of(Row row) {
            return new Candidate(row.getLocalDate("next_expiry"), row.getUUID("id"));
        }
    }

    /** Whatever is over at that moment. */
    public Uni<Void> look(Supplier<Instant> clock) {
        var reached = new AtomicReference<>(Candidate.BEFORE_ALL);
        var failed = new AtomicBoolean();
        return Loop.run(() -> next(LocalDays.latestAnywhere(clock.get()), reached.get())
                        .chain(found -> {
                            if (found.isEmpty()) {
                                return Uni.createFrom().item(false);
                            }
                            reached.set(found.get(found.size() - 1));
                            return all(found, clock, failed).replaceWith(true);
                        }))
                .invoke(() -> {
                    if (!failed.get()) {
                        round.succeeded();
                    }
                });
    }

    private Uni<List<Candidate>> next(LocalDate before, Candidate after) {
        return transactions.snapshot(tx -> tx.query(
                        NEXT, before, after.nextExpiry(), after.tenantId(), PAGE, before.plusDays(NOTICE_DAYS + 1L))
                .map(rows -> {
                    var found = new ArrayList<Candidate>(rows.rowCount());
                    rows.forEach(row -> found.add(Candidate.of(row)));
                    return found;
                }));
    }

    private Uni<Void> all(List<Candidate> found, Supplier<Instant> clock, AtomicBoolean failed) {
        var left = found.iterator();
        return Loop.run(() -> {
            var tenant = left.next().tenantId();
            return transactions
                    .write(tx -> expire(tx, tenant, clock))
                    .ifNoItem()
                    .after(LONGEST)
                    .fail()
                    .onFailure()
                    .recoverWithUni(failure -> {
                        failed.set(true);
                        LOG.errorf(failure, "What is over of the pool of tenant %s could not lapse", tenant);
                        return Uni.createFrom().voidItem();
                    })
                    .map(done -> left.hasNext());
        });
    }

    private Uni<Void> expire(Tx tx, UUID tenant, Supplier<Instant> clock) {
        return pools.lock(tx, List.of(tenant)).chain(locked -> TenantSettings.of(tx, tenant)
                .chain(settings -> expire(tx, locked.get(tenant), settings.days(), clock)));
    }

    private Uni<Void> expire(Tx tx, Pool pool, LocalDays days, Supplier<Instant> clock) {
        // After the lock, so that times follow entry numbers.
        var now = clock.get();
        var firstNotOver = days.firstNotOver(now);
        var lapsed = PlatformRules.expire(pool, firstNotOver, number -> lapse(now, pool.tenantId(), number));
        lapsed.forEach(moved -> tell(tx, moved.entry(), null, now));
        var left = lapsed.isEmpty() ? pool : lapsed.get(lapsed.size() - 1).pool();
        var entries = lapsed.stream().map(Moved::entry).toList();
        return departments
                .notEmpty(tx, pool)
                .chain(envelopes -> expire(tx, pool, left, entries, envelopes, firstNotOver, now));
    }

    /**
     * @param before as it was found
     * @param free the pool without what has lapsed in no department, by those entries
     */
    private Uni<Void> expire(
            Tx tx,
            Pool before,
            Pool free,
            List<PoolEntry> entries,
            List<DepartmentPool> envelopes,
            LocalDate firstNotOver,
            Instant now) {
        var all = new ArrayList<>(entries);
        var ofDepartments = new ArrayList<DepartmentEntry>();
        var left = free;
        for (var envelope : envelopes) {
            for (var lapsed : PlatformRules.expire(
                    left, envelope, firstNotOver, number -> lapse(now, before.tenantId(), number))) {
                left = lapsed.pool();
                all.add(lapsed.entry());
                ofDepartments.add(lapsed.ofDepartment());
                tell(tx, lapsed.entry(), lapsed.ofDepartment().after(), now);
            }
        }
        if (all.isEmpty()) {
            return notice(tx, before, LocalDays.latestAnywhere(now), now);
        }
        long points = before.balance() - left.balance();
        tx.afterCommit(() -> metrics.poolExpired(points));
        var remaining = left;
        return Tx.together(pools.save(tx, List.of(left), all, now), departments.save(tx, ofDepartments, now))
                .chain(() -> notice(tx, remaining, LocalDays.latestAnywhere(now), now));
    }

    /**
     * Tells of each day within the week of which nothing was told yet.
     *
     * @param today the latest anywhere, so that nothing is told too late
     */
    private static Uni<Void> notice(Tx tx, Pool pool, LocalDate today, Instant now) {
        return tx.query(TOLD_UNTIL, pool.tenantId()).chain(rows -> {
            var row = rows.iterator().next();
            if (today.equals(row.getLocalDate("expiry_told_on"))) {
                return Uni.createFrom().voidItem();
            }
            var until = row.getLocalDate("expiry_told_until");
            var soon = ExpiringPoints.of(pool.lots()).stream()
                    .filter(it -> !it.expiresOn().isAfter(today.plusDays(NOTICE_DAYS)))
                    .filter(it -> until == null || it.expiresOn().isAfter(until))
                    .toList();
            soon.forEach(it -> tx.send(
                    Ids.derive(pool.tenantId(), "PoolPointsExpiring/" + it.expiresOn()),
                    new PoolPointsExpiring(pool.tenantId(), it.expiresOn(), it.points(), NOTICE_DAYS),
                    now,
                    Envelope.Actor.SYSTEM));
            LocalDate last = soon.isEmpty() ? null : soon.get(soon.size() - 1).expiresOn();
            return tx.query(TOLD, pool.tenantId(), today, last).replaceWithVoid();
        });
    }

    private static PlatformRules.Lapse lapse(Instant now, UUID tenant, long number) {
        var id = Ids.at(now, tenant, "pool/" + number);
        return new PlatformRules.Lapse(id, Ids.derive(id, "PoolExpired"));
    }

    /** @param envelope that they were in, without them; null if they were in none */
    private static void tell(Tx tx, PoolEntry entry, @Nullable DepartmentPool envelope, Instant now) {
        tx.send(
                entry.eventId(),
                new PoolExpired(
                        entry.causeId(),
                        entry.tenantId(),
                        entry.lots().first(),
                        -entry.amount(),
                        entry.balanceAfter(),
                        entry.number(),
                        envelope == null ? null : envelope.departmentId(),
                        envelope == null ? null : envelope.entryNumber(),
                        envelope == null ? null : envelope.balance()),
                now,
                Envelope.Actor.SYSTEM);
    }
}
