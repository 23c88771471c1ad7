package io.points.billing;

import static io.points.platform.web.caller.Role.AUDITOR;
import static io.points.platform.web.caller.Role.FINANCE;
import static io.points.platform.web.caller.Role.MANAGER;
import static io.points.platform.web.caller.Role.PLATFORM_ADMIN;
import static io.points.testing.Field.flag;
import static io.points.testing.Field.text;
import static io.points.testing.Field.word;
import static io.points.testing.Route.get;
import static io.points.testing.Route.post;

import io.points.testing.Api;
import io.points.testing.Field;
import io.points.testing.Route;
import io.points.testing.Tables;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What billing-service promises of its routes: who may call them, and what they take. */
final class Routes {

    private static final String PERIOD = "2026-01";

    private static final Field ENTRY_IDS = new Field(
            "entry_ids",
            false,
            "[\"019bdac5-5f40-7b0d-9e38-6d2b7f3a4d35\"]",
            Map.of("none", "[]", "an object", "{}", "text", "\"all\"", "a number", "5"));

    private static final Field[] CLOSING = {
        word("period", PERIOD, "0000-01", "2026-13", "2026-1", "2026-01-01"),
        text("reason", 2_000),
        flag("soft_close").optional()
    };

    private Routes() {}

    static Api api() {
        var tenant = UUID.randomUUID();
        return new Api(
                tenant,
                Map.of(),
                List.of(
                        get("/api/billing/entries").by(FINANCE),
                        get("/api/billing/preview/clawback")
                                .by(FINANCE, PLATFORM_ADMIN)
                                .asking("tenant_id", tenant.toString())
                                .asking("points", "5"),
                        statement(tenant, ""),
                        statement(tenant, "/csv"),
                        statement(tenant, "/spreadsheet"),
                        statement(tenant, "/html"),
                        finalStatement(tenant, ""),
                        finalStatement(tenant, "/csv"),
                        finalStatement(tenant, "/spreadsheet"),
                        finalStatement(tenant, "/html"),
                        get("/api/billing/journal/{period}.csv")
                                .by(FINANCE, AUDITOR)
                                .at("period", PERIOD),
                        get("/api/billing/journal/batches").by(FINANCE, AUDITOR),
                        get("/api/billing/journal/batches/{number}.csv")
                                .by(FINANCE, AUDITOR)
                                .at("number", "1"),
                        get("/api/billing/focus/{period}.csv")
                                .by(FINANCE, AUDITOR)
                                .at("period", PERIOD),
                        get("/api/billing/reconciliation").by(FINANCE, AUDITOR),
                        get("/api/billing/reconciliation/{tenant_id}")
                                .by(FINANCE, AUDITOR)
                                .at("tenant_id", tenant),
                        get("/api/billing/periods").by(FINANCE, AUDITOR).asking("period", PERIOD),
                        get("/api/billing/periods/summary").by(FINANCE, AUDITOR).asking("period", PERIOD),
                        post("/api/billing/closings").by(FINANCE).taking(CLOSING),
                        post("/api/billing/closings/check")
                                .by(FINANCE)
                                .taking(CLOSING)
                                .changingNothing(),
                        get("/api/billing/closings/{id}").by(FINANCE, AUDITOR).at("id", UUID.randomUUID()),
                        get("/api/billing/closings/{id}/results")
                                .by(FINANCE, AUDITOR)
                                .at("id", UUID.randomUUID()),
                        get("/api/billing/periods/{tenant_id}/{period}")
                                .by(FINANCE, AUDITOR)
                                .at("tenant_id", tenant)
                                .at("period", PERIOD),
                        step(tenant, "soft-close"),
                        step(tenant, "soft-close/undo"),
                        step(tenant, "close"),
                        step(tenant, "reopen"),
                        step(tenant, "reopen/approve"),
                        step(tenant, "reopen/reject"),
                        step(tenant, "reopen/withdraw"),
                        get("/api/billing/periods/{tenant_id}/{period}/late-entries")
                                .by(FINANCE, AUDITOR)
                                .at("tenant_id", tenant)
                                .at("period", PERIOD),
                        lateEntries(tenant, "/move"),
                        lateEntries(tenant, "/move/check").changingNothing()));
    }

    /** Returns when no closing of all tenants has any left. */
    static void awaitClosings() {
        Awaitility.await().until(() -> Tables.asOwner(connection ->
                        Tables.column(connection, "select count(*) from closing_job_tenants where outcome is null"))
                .equals(List.of("0")));
    }

    private static Route statement(UUID tenant, String form) {
        return get("/api/billing/statements/{tenant_id}/{period}" + form)
                .by(FINANCE, AUDITOR, MANAGER)
                .at("tenant_id", tenant)
                .at("period", PERIOD);
    }

    private static Route finalStatement(UUID tenant, String form) {
        return get("/api/billing/statements/{tenant_id}/final" + form)
                .by(FINANCE, AUDITOR, MANAGER)
                .at("tenant_id", tenant);
    }

    private static Route lateEntries(UUID tenant, String name) {
        return post("/api/billing/periods/{tenant_id}/{period}/late-entries" + name)
                .by(FINANCE)
                .at("tenant_id", tenant)
                .at("period", PERIOD)
                .taking(text("reason", 2_000), ENTRY_IDS);
    }

    private static Route step(UUID tenant, String name) {
        return post("/api/billing/periods/{tenant_id}/{period}/" + name)
                .by(FINANCE)
                .at("tenant_id", tenant)
                .at("period", PERIOD)
                .taking(text("reason", 2_000));
    }
}
