package io.points.distribution.expiry;

import io.points.contract.Envelope;
import io.points.distribution.expiry.ExpiryRules.Notice;
import io.points.distribution.expiry.ExpiryRules.Told;
import io.points.distribution.policy.Dating;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.LocalDays;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
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
                   case when p.earned_to = 'pool' then l.created_by end as earned_to_pool_for,
                   case when coalesce(p.budgets_to, 'pool') = 'pool' then l.created_by end as budgets_to_pool_for,
                   coalesce((select status = 'suspended' from pool_balances b where b.tenant_id = e.tenant_id), false) as suspended
            from expiry_rounds e left join policies p on p.tenant_id = e.tenant_id
            left join policy_logs l on l.tenant_id = p.tenant_id and l.revision = p.revision
            where e.due_at <= $1 order by e.due_at limit 1 for update of e skip locked
            """;

    /** Whatever is dated before then is looked at; what of it is due is decided once the wallets are locked. A member's are together. */
    private static final String WALLETS = """
            select user_id, kind from wallets
            where tenant_id = $1 and user_id > $2 and next_expiry is not null
              and next_expiry <= case kind when 'earned' then $3::date else $4::date end
            order by user_id fetch first ($5) rows with ties
            """;

    private static final String TOLD = """
            select user_id, kind, expires_on, days, told_on from expiry_notices
            where tenant_id = $1 and user_id = any($2)
            """;

    private static final String TELL = """
            insert into expiry_notices (tenant_id, user_id, kind, expires_on, days, points, told_on, event_id, created_at)
            select $1, n.user_id, n.kind, n.expires_on, n.days, n.points, $2, n.event_id, $3
            from unnest($4::uuid[], $5::date[], $6::int[], $7::bigint[], $8::uuid[], $9::text[])
                 as n (user_id, expires_on, days, points, event_id, kind)
            """;

    private static final String GO_ON = """
            update expiry_rounds set reached = $2, due_at = coalesce($3, due_at), waits_until = $4 where tenant_id = $1
            """;

    /**
     * A tenant whose wallets are to be gone through.
     *
     * @param reached the member up to whom that has come
     * @param waitsUntil no earned points lapse up to this day; null if nothing is waited for
     * @param noticeDays when owners of earned points are told
     * @param earnedToPoolFor the manager who has decided that what lapses goes back to the pool; null if nobody has it any more
     * @param budgetsToPoolFor the same of budgets, which go back unless somebody has decided otherwise
     */
    record Tenant(
            UUID id,
            UUID reached,
            @Nullable LocalDate waitsUntil,
            List<Long> noticeDays,
            LocalDays days,
            boolean suspended,
            Envelope.@Nullable Actor earnedToPoolFor,
            Envelope.@Nullable Actor budgetsToPoolFor) {

        /** For whom what lapses of a wallet goes back to the pool; null if nobody has it any more. */
        Envelope.@Nullable Actor toPoolFor(WalletKind kind) {
            return kind == WalletKind.EARNED ? earnedToPoolFor : budgetsToPoolFor;
        }
    }

    /** A notice for a wallet's owner, and the id of its event. */
    record Addressed(Wallet.Key wallet, Notice notice, UUID eventId) {}

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
                    noticeDays(row),
                    Dating.daysOf(row),
                    row.getBoolean("suspended"),
                    manager(row.getUUID("earned_to_pool_for")),
                    manager(row.getUUID("budgets_to_pool_for"))));
        });
    }

    /** None of a tenant without a policy, whose earned points have no days. */
    private static List<Long> noticeDays(Row row) {
        var days = row.getArrayOfIntegers("earned_notice_days");
        return days == null
                ? List.of()
                : Arrays.stream(days).map(Integer::longValue).toList();
    }

    private static Envelope.@Nullable Actor manager(@Nullable UUID user) {
        return user == null ? null : new Envelope.Actor(user.toString(), "manager", null);
    }

    /**
     * The next wallets of which some may lapse until then: so many, and what else their last owner has.
     *
     * @param earnedUntil null: none of earned points
     */
    Uni<List<Wallet.Key>> wallets(
            Tx tx, Tenant tenant, @Nullable LocalDate earnedUntil, LocalDate budgetsUntil, int limit) {
        return tx.query(WALLETS, tenant.id(), tenant.reached(), earnedUntil, budgetsUntil, limit)
                .map(rows -> {
                    var keys = new ArrayList<Wallet.Key>(rows.size());
                    rows.forEach(row -> keys.add(key(tenant.id(), row)));
                    return keys;
                });
    }

    private static Wallet.Key key(UUID tenantId, Row row) {
        return new Wallet.Key(tenantId, row.getUUID("user_id"), WalletKind.of(row.getString("kind")));
    }

    /** What their owners were told of each, by the day until which the points can be used. */
    Uni<Map<Wallet.Key, Map<LocalDate, List<Told>>>> told(Tx tx, UUID tenantId, Collection<Wallet.Key> wallets) {
        return tx.query(TOLD, tenantId, Columns.uuids(wallets, Wallet.Key::userId))
                .map(rows -> {
                    var told = new HashMap<Wallet.Key, Map<LocalDate, List<Told>>>();
                    rows.forEach(row -> told.computeIfAbsent(key(tenantId, row), wallet -> new HashMap<>())
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
                        Columns.uuids(notices, it -> it.wallet().userId()),
                        Columns.of(LocalDate[]::new, notices, it -> it.notice().expiresOn()),
                        Columns.ints(notices, it -> Math.toIntExact(it.notice().days())),
                        Columns.longs(notices, it -> it.notice().points()),
                        Columns.uuids(notices, Addressed::eventId),
                        Columns.texts(notices, it -> it.wallet().kind().word()))
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
