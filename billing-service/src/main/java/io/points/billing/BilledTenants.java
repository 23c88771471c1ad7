package io.points.billing;

import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenants known to billing. A transaction that writes for a tenant holds its row lock until the commit. */
@ApplicationScoped
public class BilledTenants {

    private static final String LOCK = """
            select tenant_id, contiguous_version, since, closed_through from billing_tenants
            where tenant_id = any($1) order by tenant_id for update
            """;

    private static final String FIND = """
            select tenant_id, contiguous_version, since, closed_through from billing_tenants where tenant_id = any($1)
            """;

    private static final String ADD = """
            insert into billing_tenants (tenant_id) select unnest($1::uuid[]) on conflict do nothing
            """;

    private static final String BEGIN = """
            update billing_tenants t set since = heard.since from unnest($1::uuid[], $2::date[]) as heard (tenant_id, since)
            where t.tenant_id = heard.tenant_id
            """;

    private static final String NAME = """
            update billing_tenants t set name = named.name, named_at = named.at
            from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as named (tenant_id, name, at)
            where t.tenant_id = named.tenant_id and (t.named_at is null or t.named_at < named.at)
            """;

    private static final String TENANT_CLOSED = """
            update billing_tenants t set closed_at = closed.at
            from unnest($1::uuid[], $2::timestamptz[]) as closed (tenant_id, at)
            where t.tenant_id = closed.tenant_id and t.closed_at is null
            """;

    private static final String CLOSE = "update billing_tenants set closed_through = $2 where tenant_id = $1";

    /**
     * How far a tenant's books are.
     *
     * @param contiguousVersion all movements of the pool up to this version are known; 0 if there are none
     * @param since the month of its first event; null if that is not known
     * @param closedThrough the newest closed month; null if there is none
     */
    public record BilledTenant(
            UUID id,
            long contiguousVersion,
            @Nullable Period since,
            @Nullable Period closedThrough) {

        /** The month to which something counts that happened in {@code period}: the first from then on that is not closed. */
        public Period open(Period period) {
            return closedThrough == null ? period : period.orLater(closedThrough.next());
        }

        /** The tenant after an event in {@code period}. */
        private BilledTenant heardIn(Period period) {
            var month = open(period);
            return since == null || month.isBefore(since)
                    ? new BilledTenant(id, contiguousVersion, month, closedThrough)
                    : this;
        }
    }

    /**
     * Locks the tenants in id order, and inserts unknown ones.
     *
     * @param tenants each with the month of its earliest event
     */
    public Uni<Map<UUID, BilledTenant>> heard(Tx tx, Map<UUID, Period> tenants) {
        var ids = new TreeSet<>(tenants.keySet()).toArray(UUID[]::new);
        return tx.query(LOCK, (Object) ids)
                .chain(rows -> rows.rowCount() == ids.length
                        ? Uni.createFrom().item(tenants(rows))
                        : tx.query(ADD, (Object) ids)
                                .chain(() -> tx.query(LOCK, (Object) ids))
                                .map(BilledTenants::tenants))
                .chain(known -> begin(tx, known, tenants));
    }

    /** Usually no event is earlier than the known ones, and nothing is written. */
    private static Uni<Map<UUID, BilledTenant>> begin(Tx tx, Map<UUID, BilledTenant> known, Map<UUID, Period> heard) {
        var begun = new TreeMap<UUID, BilledTenant>();
        known.forEach((id, tenant) -> {
            var now = tenant.heardIn(heard.get(id));
            if (!now.equals(tenant)) {
                begun.put(id, now);
            }
        });
        if (begun.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        known.putAll(begun);
        return tx.query(
                        BEGIN,
                        begun.keySet().toArray(UUID[]::new),
                        begun.values().stream()
                                .map(it -> Objects.requireNonNull(it.since()).firstDay())
                                .toArray(LocalDate[]::new))
                .replaceWith(known);
    }

    /** What a tenant has been called since {@code at}. */
    public record TenantName(String name, Instant at) {

        /** The one that counts. */
        public TenantName newer(TenantName other) {
            return other.at.isAfter(at) ? other : this;
        }
    }

    /** Notes what tenants are called, unless a newer name is known. Whoever calls holds their locks. */
    public Uni<Void> name(Tx tx, Map<UUID, TenantName> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var named = names.entrySet();
        return tx.query(
                        NAME,
                        Columns.uuids(named, Map.Entry::getKey),
                        Columns.texts(named, it -> it.getValue().name()),
                        Columns.times(named, it -> it.getValue().at()))
                .replaceWithVoid();
    }

    /** Notes when tenants were closed. Whoever calls holds their locks. */
    public Uni<Void> closed(Tx tx, Map<UUID, Instant> closings) {
        if (closings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var closed = closings.entrySet();
        return tx.query(
                        TENANT_CLOSED,
                        Columns.uuids(closed, Map.Entry::getKey),
                        Columns.times(closed, Map.Entry::getValue))
                .replaceWithVoid();
    }

    /** The month in which the tenant was closed; null if it is not. */
    public Uni<@Nullable Period> closedIn(Tx tx, UUID tenant) {
        return tx.query("select closed_at from billing_tenants where tenant_id = $1", tenant)
                .map(rows -> rows.iterator().next().getOffsetDateTime("closed_at"))
                .map(at -> at == null ? null : Period.of(at.toInstant()));
    }

    /** Locks one tenant against all other writers; null if it is unknown. */
    public Uni<@Nullable BilledTenant> lock(Tx tx, UUID tenant) {
        return tx.query(LOCK, (Object) new UUID[] {tenant})
                .map(rows -> tenants(rows).get(tenant));
    }

    /** One tenant, without a lock: reads in a snapshot are consistent. Null if it is unknown. */
    public Uni<@Nullable BilledTenant> find(Tx tx, UUID tenant) {
        return tx.query(FIND, (Object) new UUID[] {tenant})
                .map(rows -> tenants(rows).get(tenant));
    }

    /** Months up to this one are closed, and none after it. */
    public Uni<Void> closeThrough(Tx tx, UUID tenant, Period period) {
        return tx.query(CLOSE, tenant, period.firstDay()).replaceWithVoid();
    }

    private static Map<UUID, BilledTenant> tenants(RowSet<Row> rows) {
        var tenants = new HashMap<UUID, BilledTenant>();
        rows.forEach(row -> {
            tenants.put(
                    row.getUUID("tenant_id"),
                    new BilledTenant(
                            row.getUUID("tenant_id"),
                            row.getLong("contiguous_version"),
                            month(row.getLocalDate("since")),
                            month(row.getLocalDate("closed_through"))));
        });
        return tenants;
    }

    private static @Nullable Period month(@Nullable LocalDate firstDay) {
        return firstDay == null ? null : Period.of(firstDay);
    }
}
