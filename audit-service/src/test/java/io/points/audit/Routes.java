package io.points.audit;

import static io.points.platform.web.caller.Role.AUDITOR;
import static io.points.platform.web.caller.Role.FINANCE;
import static io.points.testing.Route.get;

import io.points.contract.Topic;
import io.points.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What audit-service promises of its routes: who may call them. They are called for a tenant that has records. */
final class Routes {

    private Routes() {}

    static Api api() {
        var tenant = UUID.randomUUID();
        AuditTables.insert(tenant, 3);
        var event = AuditTables.recorded(tenant, Topic.BILLING_ENTRIES, "BillingEntryRecorded", "{}")
                .toString();
        AuditTables.awaitSealed(tenant);
        return new Api(
                tenant,
                Map.of(),
                List.of(
                        get("/api/audit/records").by(AUDITOR),
                        get("/api/audit/records/{event_id}").by(AUDITOR).at("event_id", UUID.fromString(event)),
                        get("/api/audit/trees").by(AUDITOR),
                        get("/api/audit/conservation").by(AUDITOR),
                        get("/api/audit/conservation/{tenant_id}").by(AUDITOR).at("tenant_id", tenant),
                        get("/api/audit/alerts").by(AUDITOR),
                        get("/api/audit/checkpoints").by(AUDITOR).asking("tenant_id", tenant.toString()),
                        get("/api/audit/checkpoints/latest").by(AUDITOR).asking("tenant_id", tenant.toString()),
                        get("/api/audit/keys").by(AUDITOR),
                        get("/api/audit/proofs/inclusion").by(AUDITOR, FINANCE).asking("event_id", event),
                        get("/api/audit/proofs/consistency")
                                .by(AUDITOR)
                                .asking("tenant_id", tenant.toString())
                                .asking("from", "1"),
                        get("/api/audit/export").by(AUDITOR).asking("tenant_id", tenant.toString())));
    }
}
