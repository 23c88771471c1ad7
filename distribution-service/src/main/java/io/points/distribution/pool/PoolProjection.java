package io.points.distribution.pool;

import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.PoolEvent.BalanceTold;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantEvent;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.RefusalReason;
import io.points.distribution.policy.Policies;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The pool as its events tell it. The newest version wins, in whatever order the events come, and before the tenant's
 * registration too. A version that the pool never had is corrected by the next attestation.
 */
@ApplicationScoped
public class PoolProjection {

    private static final Logger LOG = Logger.getLogger(PoolProjection.class);

    private static final String UPDATE_BALANCES = """
            insert into pool_balances as p (tenant_id, balance, version, as_of)
            select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
            on conflict (tenant_id) do update
               set balance = excluded.balance, version = excluded.version, as_of = excluded.as_of, heard_at = now()
            where excluded.version > p.version
            """;

    /**
     * What the pool's owner read in its own tables well after a version was consumed is at least as new. If it names a lower
     * version, or another balance for the same one, then the consumed event must have been forged, or lost by a restore.
     */
    private static final String HEAL = """
            update pool_balances p set balance = n.balance, version = n.version, as_of = n.at, heard_at = now()
            from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[]) as n (tenant_id, balance, version, at)
            where p.tenant_id = n.tenant_id and n.at > p.heard_at + interval '60 seconds'
              and (n.version < p.version or n.version = p.version and n.balance <> p.balance)
            returning p.tenant_id, p.version
            """;

    private static final String REVISIONS =
            "select tenant_id, revision from pool_balances where tenant_id = any($1::uuid[])";

    /** More suspensions than can occur between two consumed ones: beyond it, a revision would block all later ones. */
    private static final long LONGEST_LEAP = 1_000;

    private static final String UPDATE_STATUS = """
            insert into pool_balances as p (tenant_id, status, revision)
            select * from unnest($1::uuid[], $2::text[], $3::bigint[])
            on conflict (tenant_id) do update set status = excluded.status, revision = excluded.revision
            where excluded.revision > p.revision
            """;

    private final TenantClosings closings;
    private final Policies policies;

    PoolProjection(TenantClosings closings, Policies policies) {
        this.closings = closings;
        this.policies = policies;
    }

    private record Balance(UUID tenantId, BalanceTold told, OffsetDateTime at) {}

    private record Attested(UUID tenantId, AttestedBalance found, OffsetDateTime at) {}

    /** Whether these are taken over by one statement at most: none tells of a status, an attestation, settings or an erasure. */
    public static boolean isOneStatement(List<PoolNews> events) {
        return events.stream()
                .allMatch(news -> news.status() == null
                        && news.attested() == null
                        && news.settings() == null
                        && news.erasure() == null);
    }

    /**
     * Takes over what the events say.
     *
     * @return fails with IllegalArgumentException if a tenant's revision cannot be
     */
    public Uni<Void> update(Tx tx, List<PoolNews> events) {
        var balances = new TreeMap<String, Balance>();
        var statuses = new TreeMap<String, TenantEvent>();
        var attested = new TreeMap<String, Attested>();
        var settings = new TreeMap<String, TenantSettingsChanged>();
        for (var news : events) {
            var tenantId = news.envelope().tenantId();
            var tenant = tenantId.toString();
            var at = news.envelope().time().atOffset(ZoneOffset.UTC);
            if (news.balance() != null) {
                balances.merge(
                        tenant,
                        new Balance(tenantId, news.balance(), at),
                        (one, two) -> one.told().poolVersion() >= two.told().poolVersion() ? one : two);
            }
            if (news.status() != null) {
                statuses.merge(tenant, news.status(), (one, two) -> one.revision() >= two.revision() ? one : two);
            }
            if (news.settings() != null) {
                settings.merge(
                        tenant,
                        news.settings(),
                        (one, two) -> one.settingsRevision() >= two.settingsRevision() ? one : two);
            }
            if (news.attested() != null) {
                news.attested().balances().stream()
                        .filter(found -> found.holderId().equals(tenantId))
                        .forEach(found -> attested.put(tenant, new Attested(tenantId, found, at)));
            }
        }
        return updateBalances(tx, List.copyOf(balances.values()))
                .chain(() -> heal(tx, List.copyOf(attested.values())))
                .chain(() -> requirePlausible(tx, statuses.values()))
                .chain(() -> updateStatus(tx, List.copyOf(statuses.values())))
                .chain(() -> closings.hear(tx, events))
                .chain(() -> policies.takeOver(tx, settings.values()));
    }

    private static Uni<Void> heal(Tx tx, List<Attested> attested) {
        if (attested.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        HEAL,
                        Columns.uuids(attested, Attested::tenantId),
                        Columns.longs(attested, it -> it.found().storedBalance()),
                        Columns.longs(attested, it -> it.found().entryNumber()),
                        attested.stream().map(Attested::at).toArray(OffsetDateTime[]::new))
                .invoke(healed -> healed.forEach(row -> LOG.errorf(
                        "ALARM: the events of the pool of tenant %s do not match its attestation; showing version %s again",
                        row.getUUID("tenant_id"), row.getLong("version"))))
                .replaceWithVoid();
    }

    private static Uni<Void> requirePlausible(Tx tx, Collection<TenantEvent> statuses) {
        if (statuses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(REVISIONS, Columns.uuids(statuses, TenantEvent::tenantId))
                .invoke(rows -> {
                    var known = new HashMap<UUID, Long>();
                    rows.forEach(row -> known.put(row.getUUID("tenant_id"), row.getLong("revision")));
                    for (var status : statuses) {
                        long before = known.getOrDefault(status.tenantId(), 0L);
                        if (status.revision() > before + LONGEST_LEAP) {
                            throw new IllegalArgumentException("revision: %s cannot follow %s, the newest that is known"
                                    .formatted(status.revision(), before));
                        }
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> updateBalances(Tx tx, List<Balance> balances) {
        if (balances.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        UPDATE_BALANCES,
                        Columns.uuids(balances, Balance::tenantId),
                        Columns.longs(balances, b -> b.told().balanceAfter()),
                        Columns.longs(balances, b -> b.told().poolVersion()),
                        balances.stream().map(Balance::at).toArray(OffsetDateTime[]::new))
                .replaceWithVoid();
    }

    private static Uni<Void> updateStatus(Tx tx, List<TenantEvent> statuses) {
        if (statuses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        UPDATE_STATUS,
                        Columns.uuids(statuses, TenantEvent::tenantId),
                        Columns.texts(statuses, PoolProjection::status),
                        Columns.longs(statuses, TenantEvent::revision))
                .replaceWithVoid();
    }

    private static String status(TenantEvent event) {
        if (event instanceof TenantSuspended) {
            return "suspended";
        }
        if (event instanceof TenantClosing) {
            return "closing";
        }
        return event instanceof TenantClosed ? "closed" : "active";
    }

    /** Why the tenant may give nothing, as far as has been consumed; empty if it may. */
    public Uni<Optional<RefusalReason>> refusal(Tx tx, UUID tenantId) {
        return tx.query("select status from pool_balances where tenant_id = $1 and status <> 'active'", tenantId)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(refusal(rows.iterator().next().getString("status"))));
    }

    private static RefusalReason refusal(String status) {
        return switch (status) {
            case "closing" -> RefusalReason.TENANT_CLOSING;
            case "closed" -> RefusalReason.TENANT_CLOSED;
            default -> RefusalReason.TENANT_SUSPENDED;
        };
    }
}
