package io.points.distribution.event;

import io.points.testing.HintReader;
import io.points.testing.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/** Streams of a tenant's people. */
final class EventReader {

    private EventReader() {}

    static HintReader of(URI service, UUID tenant, UUID user, String... roles) {
        return new HintReader(service.resolve("/api/events"), Tokens.of(user, tenant, roles));
    }

    /** What there is now. */
    static String now(URI service, UUID tenant, UUID user, String... roles) {
        return HintReader.now(service.resolve("/api/events?seconds=0"), Tokens.of(user, tenant, roles));
    }

    static HintReader until(Instant expiry, URI service, UUID tenant, UUID user, String role) {
        return new HintReader(
                service.resolve("/api/events"), Tokens.of(user, tenant.toString(), "points-api", expiry, role));
    }
}
