package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/** What goes by a tenant's days. */
public interface TenantCalendar {

    /** Locks it, before the tenant is locked. */
    Uni<Void> lock(Tx tx, UUID tenantId);

    /** Ends it for ever. */
    Uni<Void> end(Tx tx, UUID tenantId, Instant now, Envelope.Actor by);

    /** Goes by the days of another time zone from now on. */
    Uni<Void> goBy(Tx tx, UUID tenantId, ZoneId zone);
}
