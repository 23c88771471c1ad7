package io.points.distribution.pool;

import io.points.messaging.contract.PoolEvent;
import io.points.messaging.contract.PoolEvent.BalanceTold;
import io.points.messaging.contract.PoolEvent.TenantEvent;
import io.points.messaging.contract.PoolEvent.TenantSuspended;
import io.points.messaging.inbox.Received;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pool as its events tell it. The newest version wins, in whatever order the events come, and before the tenant's
 * registration too.
 */
@ApplicationScoped
public class PoolProjection {

    private static final String UPDATE_BALANCES = """
            insert into pool_balances as p (tenant_id, balance, version, as_of)
            select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
            on conflict (tenant_id) do update
               set balance = excluded.balance, version = excluded.version, as_of = excluded.as_of
            where excluded.version > p.version
            """;

    private static final String UPDATE_STATUS = """
            insert into pool_balances as p (tenant_id, status, revision)
            select * from unnest($1::uuid[], $2::text[], $3::bigint[])
            on conflict (tenant_id) do update set status = excluded.status, revision = excluded.revision
            where excluded.revision > p.revision
            """;

    private record Balance(UUID tenantId, BalanceTold told, OffsetDateTime at) {}

    /** Takes over what the events say. */
    public Uni<Void> update(Tx tx, List<Received<PoolEvent>> events) {
        var balances = new TreeMap<String, Balance>();
        var statuses = new TreeMap<String, TenantEvent>();
        for (var received : events) {
            var event = received.message();
            var tenant = event.tenantId().toString();
            if (event instanceof BalanceTold told) {
                var at = received.envelope().time().atOffset(ZoneOffset.UTC);
                balances.merge(
                        tenant,
                        new Balance(event.tenantId(), told, at),
                        (one, two) -> one.told().poolVersion() >= two.told().poolVersion() ? one : two);
            } else if (event instanceof TenantEvent status) {
                statuses.merge(tenant, status, (one, two) -> one.revision() >= two.revision() ? one : two);
            }
        }
        return updateBalances(tx, List.copyOf(balances.values()))
                .chain(() -> updateStatus(tx, List.copyOf(statuses.values())));
    }

    private static Uni<Void> updateBalances(Tx tx, List<Balance> balances) {
        if (balances.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        UPDATE_BALANCES,
                        balances.stream().map(Balance::tenantId).toArray(UUID[]::new),
                        balances.stream().map(b -> b.told().balanceAfter()).toArray(Long[]::new),
                        balances.stream().map(b -> b.told().poolVersion()).toArray(Long[]::new),
                        balances.stream().map(Balance::at).toArray(OffsetDateTime[]::new))
                .replaceWithVoid();
    }

    private static Uni<Void> updateStatus(Tx tx, List<TenantEvent> statuses) {
        if (statuses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        UPDATE_STATUS,
                        statuses.stream().map(TenantEvent::tenantId).toArray(UUID[]::new),
                        statuses.stream()
                                .map(event -> event instanceof TenantSuspended ? "suspended" : "active")
                                .toArray(String[]::new),
                        statuses.stream().map(TenantEvent::revision).toArray(Long[]::new))
                .replaceWithVoid();
    }

    /** True if the tenant's suspension has been heard of. */
    public Uni<Boolean> isSuspended(Tx tx, UUID tenantId) {
        return tx.query("select 1 from pool_balances where tenant_id = $1 and status = 'suspended'", tenantId)
                .map(rows -> rows.rowCount() > 0);
    }
}
