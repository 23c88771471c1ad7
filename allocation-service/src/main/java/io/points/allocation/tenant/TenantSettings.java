package io.points.allocation.tenant;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.ZoneId;
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

    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}
