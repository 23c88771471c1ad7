package io.points.distribution.expiry;

import io.points.contract.Envelope;
import io.points.distribution.expiry.ExpiryRules.Notice;
import io.points.distribution.expiry.ExpiryRules.Told;
import io.points.distribution.policy.Dating;
import io.points.distribution.wallet.Wallet;
import io.points.ledger.dates.LocalDays;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the tenants' wallets were gone through, and what their owners were told, in their tables. */
@ApplicationScoped
class Expiries {

    static final UUID FIRST = new UUID(0, 0);

    private static final String LOCK_NEXT = """
            select e.tenant_id, e.reached, e.waits_until, p.earned_notice_days, p.time_zone, p.previous_time_zone,
                   case when p.earned_to = 'pool' then l.created_by end as to_pool_for,
                   coalesce((select status = 'suspended' from pool_balances b where b.tenant_id = e.tenant_id), false) as suspended
            from expiry_rounds e join policies p on p.tenant_id = e.tenant_id
            left join policy_logs l on l.tenant_id = p.tenant_id and l.revision = p.revision
            where e.due_at <= $1 order by e.due_at limit 1 for update of e skip locked
            """;

    /** Whatever is dated before then is looked at; what of it is due is decided once the wallets are locked. */
    private static final String WALLETS = """
            select user_id from wallets
            where tenant_id = $1 and kind = 'earned' and user_id > $2 and next_expiry is not null and next_expiry <= $3
            order by user_id limit $4
            """;

    private static final String TOLD = """
            select user_id, expires_on, days, told_on from expiry_notices
            where tenant_id = $1 and user_id = any($2) and kind = 'earned'
            """;

    private static final String TELL = """
            insert into expiry_notices (tenant_id, user_id, kind, expires_on, days, points, told_on, event_id, created_at)
            select $1, n.user_id, 'earned', n.expires_on, n.days, n.points, $2, n.event_id, $3
            from unnest($4::uuid[], $5::date[], $6::int[], $7::bigint[], $8::uuid[]) as n (user_id, expires_on, days, points, event_id)
            """;

    private static final String GO_ON = """
            update expiry_rounds set reached = $2, due_at = coalesce($3, due_at), waits_until = $4 where tenant_id = $1
            """;

    /**
     * A tenant whose wallets are to be gone through.
     *
     * @param reached the member up to whom that has come
     * @param waitsUntil nothing lapses up to this day; null if nothing is waited for
     * @param toPoolFor the manager who has decided that what lapses goes back to the pool; null if nobody has it any more
     */
    record Tenant(
            UUID id,
            UUID reached,
            @Nullable LocalDate waitsUntil,
            List<Long> noticeDays,
            LocalDays days,
            boolean suspended,
            Envelope.@Nullable Actor toPoolFor) {}

    /** A notice for somebody, and the id of its event. */
    record Addressed(UUID userId, Notice notice, UUID eventId) {}

    /** The tenant that has waited longest and that no other instance sees to, locked. */
    Uni<Optional<Tenant>> lockNext(Tx tx, Instant now) {
        return tx.query(LOCK_NEXT, now.atOffset(ZoneOffset.UTC)).map(rows -> {
            if (rows.rowCount() == 0) {
                return Optional.empty();
            }
            var row = rows.iterator().next();
            return Optional.of(new Tenant(
                    row.getUUID("tenant_id"),
                    row.getUUID("reached"),
                    row.getLocalDate("waits_until"),
                    Arrays.stream(row.getArrayOfIntegers("earned_notice_days"))
                            .map(Integer::longValue)
                            .toList(),
                    Dating.daysOf(row),
                    row.getBoolean("suspended"),
                    manager(row.getUUID("to_pool_for"))));
        });
    }

    private static Envelope.@Nullable Actor manager(@Nullable UUID user) {
        return user == null ? null : new Envelope.Actor(user.toString(), "manager", null);
    }

    /** The next wallets of which some may lapse until then. */
    Uni<List<Wallet.Key>> wallets(Tx tx, Tenant tenant, LocalDate until, int limit) {
        return tx.query(WALLETS, tenant.id(), tenant.reached(), until, limit).map(rows -> {
            var keys = new ArrayList<Wallet.Key>(rows.size());
            rows.forEach(row -> keys.add(Wallet.Key.earned(tenant.id(), row.getUUID("user_id"))));
            return keys;
        });
    }

    /** What they were told, by the day until which the points can be used. */
    Uni<Map<UUID, Map<LocalDate, List<Told>>>> told(Tx tx, UUID tenantId, Collection<Wallet.Key> wallets) {
        return tx.query(TOLD, tenantId, Columns.uuids(wallets, Wallet.Key::userId))
                .map(rows -> {
                    var told = new HashMap<UUID, Map<LocalDate, List<Told>>>();
                    rows.forEach(row -> told.computeIfAbsent(row.getUUID("user_id"), user -> new HashMap<>())
                            .computeIfAbsent(row.getLocalDate("expires_on"), day -> new ArrayList<>())
                            .add(new Told(row.getLong("days"), row.getLocalDate("told_on"))));
                    return told;
                });
    }

    Uni<Void> tell(Tx tx, UUID tenantId, List<Addressed> notices, LocalDate on, Instant now) {
        if (notices.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        TELL,
                        tenantId,
                        on,
                        now.atOffset(ZoneOffset.UTC),
                        Columns.uuids(notices, Addressed::userId),
                        Columns.of(LocalDate[]::new, notices, it -> it.notice().expiresOn()),
                        Columns.ints(notices, it -> Math.toIntExact(it.notice().days())),
                        Columns.longs(notices, it -> it.notice().points()),
                        Columns.uuids(notices, Addressed::eventId))
                .replaceWithVoid();
    }

    /** Goes on with the members after that one. */
    Uni<Void> reached(Tx tx, Tenant tenant, UUID user) {
        return goOn(tx, tenant.id(), user, null, tenant.waitsUntil());
    }

    /** The day is done; the next one begins then. */
    Uni<Void> done(Tx tx, Tenant tenant, Instant next, @Nullable LocalDate waitsUntil) {
        return goOn(tx, tenant.id(), FIRST, next, waitsUntil);
    }

    private static Uni<Void> goOn(
            Tx tx, UUID tenantId, UUID reached, @Nullable Instant due, @Nullable LocalDate waitsUntil) {
        return tx.query(GO_ON, tenantId, reached, due == null ? null : due.atOffset(ZoneOffset.UTC), waitsUntil)
                .replaceWithVoid();
    }
}
