package io.points.audit;

import static io.points.http.Role.AUDITOR;
import static io.points.testing.Route.get;

import io.points.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What audit-service promises of its routes: who may call them. */
final class Routes {

    private Routes() {}

    static Api api() {
        var tenant = UUID.randomUUID();
        return new Api(
                tenant,
                Map.of(),
                List.of(
                        get("/api/audit/records").by(AUDITOR),
                        get("/api/audit/conservation/{tenant_id}").by(AUDITOR).at("tenant_id", tenant)));
    }
}
