package io.points.allocation.tenant;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant has it.
 *
 * @param revision counts its changes from 1; 0 before the first
 * @param timeZone by whose days its calendar goes: a region of the IANA's time zones, or UTC
 * @param previousTimeZone the one before the last change; null if it was none but UTC
 */
public record TenantSettings(
        UUID tenantId,
        long revision,
        String timeZone,
        @Nullable String previousTimeZone) {

    static final String OF_ALL = "UTC";

    private static final String NEWEST =
            "select revision, time_zone from tenant_settings_logs where tenant_id = $1 order by revision desc limit 2";

    private static final String ZONES = """
            select t.id as tenant_id, s.time_zone from unnest($1::uuid[]) as t (id)
            cross join lateral (select time_zone from tenant_settings_logs where tenant_id = t.id order by revision desc limit 1) s
            """;

    /** Those of a tenant that there is. They stay as they are for whoever holds the tenant's lock. */
    public static Uni<TenantSettings> of(Tx tx, UUID tenantId) {
        return tx.query(NEWEST, tenantId).map(rows -> {
            var found = rows.iterator();
            if (!found.hasNext()) {
                return new TenantSettings(tenantId, 0, OF_ALL, null);
            }
            var newest = found.next();
            return new TenantSettings(
                    tenantId,
                    newest.getLong("revision"),
                    newest.getString("time_zone"),
                    found.hasNext() ? found.next().getString("time_zone") : null);
        });
    }

    /** The time zones of tenants that there are, of which whoever asks holds the locks. */
    public static Uni<Map<UUID, ZoneId>> zones(Tx tx, Collection<UUID> tenants) {
        return tx.query(ZONES, (Object) tenants.toArray(UUID[]::new)).map(rows -> {
            var zones = new HashMap<UUID, ZoneId>();
            tenants.forEach(tenant -> zones.put(tenant, ZoneId.of(OF_ALL)));
            rows.forEach(row -> zones.put(row.getUUID("tenant_id"), ZoneId.of(row.getString("time_zone"))));
            return zones;
        });
    }

    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}
