package io.points.allocation.tenant;

import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.LocalDays;
import io.points.platform.money.AlsoText;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant has it.
 *
 * @param revision counts its changes from 1; 0 before the first
 * @param timeZone by whose days its calendar goes: a region of the IANA's time zones, or UTC
 * @param previousTimeZone the one before the last change; null if it was none but UTC
 * @param poolExpires when points lapse that are allocated; null: never
 * @param approveAllocationsAbove more points at once are allocated by two platform admins; null: any by one
 */
public record TenantSettings(
        UUID tenantId,
        long revision,
        String timeZone,
        @Nullable String previousTimeZone,
        @Nullable ExpiryTerms poolExpires,
        @AlsoText @Nullable Long approveAllocationsAbove) {

    static final String OF_ALL = "UTC";

    private static final String NEWEST = """
            select s.*, (select time_zone from tenant_settings_logs o
                         where o.tenant_id = s.tenant_id and o.time_zone <> s.time_zone order by revision desc limit 1)
                        as previous_time_zone
            from unnest($1::uuid[]) as t (id)
            cross join lateral (select * from tenant_settings_logs where tenant_id = t.id order by revision desc limit 1) s
            """;

    /** Those of a tenant that there is. They stay as they are for whoever holds the tenant's lock. */
    public static Uni<TenantSettings> of(Tx tx, UUID tenantId) {
        return of(tx, List.of(tenantId)).map(found -> found.get(tenantId));
    }

    /** Those of tenants that there are, of which whoever asks holds the locks. */
    public static Uni<Map<UUID, TenantSettings>> of(Tx tx, Collection<UUID> tenants) {
        return tx.query(NEWEST, (Object) tenants.toArray(UUID[]::new)).map(rows -> {
            var settings = new HashMap<UUID, TenantSettings>();
            tenants.forEach(tenant -> settings.put(tenant, new TenantSettings(tenant, 0, OF_ALL, null, null, null)));
            rows.forEach(row -> settings.put(row.getUUID("tenant_id"), of(row)));
            return settings;
        });
    }

    private static TenantSettings of(Row row) {
        return new TenantSettings(
                row.getUUID("tenant_id"),
                row.getLong("revision"),
                row.getString("time_zone"),
                row.getString("previous_time_zone"),
                ExpiryTerms.of(row, "pool"),
                row.getLong("approve_allocations_above"));
    }

    /** As they are after a change; the same if it is none. */
    TenantSettings changed(String otherZone, @Nullable ExpiryTerms otherExpires, @Nullable Long otherThreshold) {
        boolean moves = !timeZone.equals(otherZone);
        if (!moves
                && Objects.equals(poolExpires, otherExpires)
                && Objects.equals(approveAllocationsAbove, otherThreshold)) {
            return this;
        }
        var previous = moves && revision > 0 ? timeZone : previousTimeZone;
        return new TenantSettings(tenantId, revision + 1, otherZone, previous, otherExpires, otherThreshold);
    }

    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    /** As its calendar has them. */
    public LocalDays days() {
        return LocalDays.of(timeZone, previousTimeZone);
    }
}
