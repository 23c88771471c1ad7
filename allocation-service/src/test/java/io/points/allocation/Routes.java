package io.points.allocation;

import static io.points.platform.web.caller.Role.AUDITOR;
import static io.points.platform.web.caller.Role.EMPLOYEE;
import static io.points.platform.web.caller.Role.FINANCE;
import static io.points.platform.web.caller.Role.LEAD;
import static io.points.platform.web.caller.Role.MANAGER;
import static io.points.platform.web.caller.Role.PLATFORM_ADMIN;
import static io.points.testing.Field.amount;
import static io.points.testing.Field.flag;
import static io.points.testing.Field.id;
import static io.points.testing.Field.signedAmount;
import static io.points.testing.Field.text;
import static io.points.testing.Field.word;
import static io.points.testing.Route.delete;
import static io.points.testing.Route.get;
import static io.points.testing.Route.post;
import static io.points.testing.Route.put;

import io.points.testing.Api;
import io.points.testing.Field;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What allocation-service promises of its routes: who may call them, and what they take. */
final class Routes {

    private static final Field CURRENCY = word("currency", "INR", "inr", "INRS", "XXX", "XAU", "ZZZ");
    private static final Field NEW_CURRENCY =
            word("currency", "INR", "inr", "INRS", "XXX", "XAU", "ZZZ", "HRK", "BGN", "DEM");
    private static final Field PRICE = word(
            "price_per_point", "1.25", "-1", "1,25", "1e3", ".5", "1.", "1.123456789", "1000000000", "NaN", " 1", "٣");

    private static final Field PO_NUMBER = text("po_number", 100).optional();
    private static final Field COST_CENTRE = text("cost_centre", 100).optional();

    private Routes() {}

    private static Field validFrom(String right, String tooEarlyOrLate) {
        return word("valid_from", right, tooEarlyOrLate, "2026-01-01", "yesterday", "+10000-01-01T00:00:00Z")
                .optional();
    }

    /** What is wrong within it is a matter of PoolExpiryTest. */
    private static Field expiry(String name) {
        return new Field(
                name, false, "{\"after\": \"P1Y\"}", Map.of("a list", "[]", "text", "\"never\"", "a number", "5"));
    }

    /** What a schedule is made and changed with. What can only be judged with the rest is a 422, see SchedulesTest. */
    private static Field[] schedule(Field... first) {
        var fields = new ArrayList<>(List.of(first));
        fields.addAll(List.of(
                text("name", 100),
                word("mode", "add", "ADD", "remove"),
                amount("amount", 5),
                CURRENCY,
                text("reference_note", 500),
                word("every", "month", "MONTH", "fortnight"),
                word("day", "1", "12345678901").optional(),
                word("at", "00:05", "00:05:00.000"),
                word("starts_on", LocalDate.now(ZoneOffset.UTC).toString(), "tomorrow", "2026-1-1", "2026-02-30")
                        .optional(),
                word("ends_on", "2999-12-31", "never", "31-12-2999", "2999-02-30")
                        .optional(),
                word("catch_up", "newest", "NEWEST", "some").optional(),
                new Field(
                        "expires",
                        false,
                        "{\"end_of_period\": true}",
                        Map.of("a list", "[]", "text", "\"never\"", "a number", "5"))));
        return fields.toArray(Field[]::new);
    }

    /** What a tenant is closed with. What can only be judged with the day is a 422, see ClosingTest. */
    private static Field[] closing() {
        return new Field[] {
            text("reason", 2_000),
            word(
                    "earned_until",
                    LocalDate.now(ZoneOffset.UTC).plusDays(60).toString(),
                    "soon",
                    "2026-1-1",
                    "2027-02-30"),
            word("unspent", "credit", "CREDIT", "burn"),
            word("earned_then", "expire", "EXPIRE", "keep")
        };
    }

    /** The routes, with a tenant that has 1,000 points. */
    static Api api() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        var adjustment = AdjustmentTest.propose(tenant, 0);
        var schedule = SchedulesTest.make(tenant);
        var proposal = ProposalTest.propose(tenant, 600);
        var request = PointsRequestTest.ask(tenant, 7);
        return new Api(
                tenant,
                Map.of(),
                List.of(
                        get("/api/platform/tenants").by(PLATFORM_ADMIN, FINANCE, AUDITOR),
                        get("/api/platform/summary").by(PLATFORM_ADMIN),
                        get("/api/tenant").by(MANAGER, LEAD, EMPLOYEE),
                        get("/api/allocations/stats").by(MANAGER),
                        get("/api/allocations/stats/days").by(MANAGER),
                        get("/api/platform/allocations/stats/{tenant_id}/days")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        post("/api/platform/tenants")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", UUID.randomUUID()).optional(),
                                        text("name", 200),
                                        NEW_CURRENCY,
                                        PRICE,
                                        PO_NUMBER,
                                        COST_CENTRE,
                                        validFrom("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z")),
                        get("/api/platform/tenants/{tenant_id}")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        post("/api/platform/tenants/{tenant_id}/suspend")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(text("reason", 2_000)),
                        post("/api/platform/tenants/{tenant_id}/reactivate")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(text("reason", 2_000)),
                        post("/api/platform/tenants/{tenant_id}/close")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(closing()),
                        post("/api/platform/tenants/{tenant_id}/close/check")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(closing())
                                .changingNothing(),
                        post("/api/platform/tenants/{tenant_id}/close/call-off")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(text("reason", 2_000)),
                        post("/api/platform/tenants/{tenant_id}/erase-people")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        get("/api/platform/tenants/{tenant_id}/closing")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        put("/api/platform/tenants/{tenant_id}/contract")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(
                                        NEW_CURRENCY,
                                        PRICE,
                                        PO_NUMBER,
                                        COST_CENTRE,
                                        validFrom("2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z")),
                        get("/api/platform/tenants/{tenant_id}/contracts")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        put("/api/platform/tenants/{tenant_id}/budget")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(
                                        amount("monthly_budget", 5),
                                        word("on_exceed", "alert", "ALERT", "warn", "0")
                                                .optional()),
                        delete("/api/platform/tenants/{tenant_id}/budget")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        post("/api/platform/tenants/{tenant_id}/dates/extend")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(
                                        word("from_date", "2027-01-31", "soon", "2027-1-1", "2027-02-30"),
                                        word("to_date", "2027-02-28", "later", "2027-1-1", "2027-02-30")),
                        get("/api/platform/tenants/{tenant_id}/settings")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        put("/api/platform/tenants/{tenant_id}/settings")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(
                                        word(
                                                "time_zone",
                                                "Asia/Kolkata",
                                                "IST",
                                                "+05:30",
                                                "GMT0",
                                                "asia/kolkata",
                                                "Asia/Nowhere"),
                                        expiry("pool_expires"),
                                        threshold()),
                        post("/api/platform/tenants/{tenant_id}/settings/check")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)
                                .taking(
                                        word("time_zone", "Asia/Kolkata", "IST", "Asia/Nowhere"),
                                        expiry("pool_expires"),
                                        threshold())
                                .changingNothing(),
                        get("/api/platform/events").by(PLATFORM_ADMIN).asking("seconds", "0"),
                        get("/api/platform/alerts").by(PLATFORM_ADMIN),
                        post("/api/platform/alerts/{id}/acknowledge")
                                .by(PLATFORM_ADMIN)
                                .at("id", UUID.randomUUID()),
                        post("/api/platform/alerts/{id}/snooze")
                                .by(PLATFORM_ADMIN)
                                .at("id", UUID.randomUUID())
                                .taking(word(
                                        "until",
                                        "2999-01-01T00:00:00Z",
                                        "2999-01-01",
                                        "tomorrow",
                                        "+10000-01-01T00:00:00Z")),
                        get("/api/allocations/alerts").by(MANAGER),
                        get("/api/allocations/pool/low-at").by(MANAGER),
                        put("/api/allocations/pool/low-at")
                                .by(MANAGER)
                                .taking(amount("points", 5_000).optional()),
                        get("/api/allocations/requests").by(MANAGER),
                        post("/api/allocations/requests").by(MANAGER).taking(amount("amount", 5), text("note", 2_000)),
                        get("/api/allocations/requests/{id}").by(MANAGER).at("id", request),
                        post("/api/allocations/requests/{id}/withdraw")
                                .by(MANAGER)
                                .at("id", request),
                        post("/api/platform/allocations/allocate")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", tenant),
                                        amount("amount", 5),
                                        CURRENCY,
                                        text("reference_note", 2_000),
                                        expiry("expires")),
                        post("/api/platform/allocations/clawback")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", tenant),
                                        amount("amount", 5).optional(),
                                        new Field(
                                                "all",
                                                false,
                                                "false",
                                                flag("all").wrong()),
                                        text("reason", 2_000),
                                        word("shortfall", "refuse", "REFUSE", "owe")
                                                .optional(),
                                        new Field(
                                                "reserve",
                                                false,
                                                "true",
                                                flag("reserve").wrong())),
                        post("/api/platform/allocations/allocate/check")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", tenant),
                                        amount("amount", 5),
                                        CURRENCY,
                                        text("reference_note", 2_000),
                                        expiry("expires"))
                                .changingNothing(),
                        post("/api/platform/allocations/clawback/check")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", tenant),
                                        amount("amount", 5).optional(),
                                        new Field(
                                                "all",
                                                false,
                                                "false",
                                                flag("all").wrong()),
                                        text("reason", 2_000),
                                        word("shortfall", "refuse", "REFUSE", "owe")
                                                .optional(),
                                        new Field(
                                                "reserve",
                                                false,
                                                "true",
                                                flag("reserve").wrong()))
                                .changingNothing(),
                        post("/api/platform/adjustments/pools")
                                .by(PLATFORM_ADMIN)
                                .taking(id("tenant_id", tenant), signedAmount("amount", 0), text("reason", 2_000)),
                        post("/api/platform/adjustments/pools/{id}/approve")
                                .by(PLATFORM_ADMIN)
                                .at("id", adjustment),
                        post("/api/platform/adjustments/pools/{id}/reject")
                                .by(PLATFORM_ADMIN)
                                .at("id", adjustment),
                        get("/api/platform/adjustments/pools").by(PLATFORM_ADMIN),
                        get("/api/platform/proposals").by(PLATFORM_ADMIN),
                        get("/api/platform/proposals/{id}").by(PLATFORM_ADMIN).at("id", proposal),
                        post("/api/platform/proposals/{id}/approve")
                                .by(PLATFORM_ADMIN)
                                .at("id", proposal),
                        post("/api/platform/proposals/{id}/reject")
                                .by(PLATFORM_ADMIN)
                                .at("id", proposal)
                                .taking(text("reason", 2_000)),
                        post("/api/platform/proposals/{id}/withdraw")
                                .by(PLATFORM_ADMIN)
                                .at("id", proposal),
                        get("/api/platform/schedules").by(PLATFORM_ADMIN),
                        post("/api/platform/schedules")
                                .by(PLATFORM_ADMIN)
                                .taking(schedule(
                                        id("tenant_id", tenant),
                                        word("what", "allocate", "ALLOCATE", "award")
                                                .optional())),
                        get("/api/platform/schedules/{id}").by(PLATFORM_ADMIN).at("id", schedule),
                        put("/api/platform/schedules/{id}")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule)
                                .taking(schedule()),
                        post("/api/platform/schedules/{id}/pause")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule),
                        post("/api/platform/schedules/{id}/resume")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule),
                        post("/api/platform/schedules/{id}/end")
                                .by(PLATFORM_ADMIN)
                                .at("id", SchedulesTest.make(tenant)),
                        post("/api/platform/schedules/{id}/preview")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule)
                                .changingNothing(),
                        get("/api/platform/schedules/{id}/runs")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule),
                        post("/api/platform/schedules/{id}/runs/{period}/retry")
                                .by(PLATFORM_ADMIN)
                                .at("id", schedule)
                                .at("period", "2026-11"),
                        get("/api/platform/allocations/all").by(PLATFORM_ADMIN),
                        get("/api/platform/allocations/history/{tenant_id}")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant),
                        get("/api/platform/allocations/stats/{tenant_id}")
                                .by(PLATFORM_ADMIN)
                                .at("tenant_id", tenant)));
    }

    /** Points, or none: then each allocation takes two. */
    private static Field threshold() {
        var wrong = new HashMap<>(amount("approve_allocations_above", 1).wrong());
        wrong.remove("nothing at all");
        return new Field("approve_allocations_above", false, "1000000", wrong);
    }
}
