package io.points.distribution;

import static io.points.platform.web.caller.Role.EMPLOYEE;
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
import static io.points.testing.Route.patch;
import static io.points.testing.Route.post;
import static io.points.testing.Route.put;

import io.points.testing.Api;
import io.points.testing.Field;
import io.points.testing.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What distribution-service promises of its routes: who may call them, and what they take. */
final class Routes {

    private static final String[] EVERYBODY = {MANAGER, LEAD, EMPLOYEE};
    private static final Field AMOUNT = amount("amount", 5);
    private static final Field DESCRIPTION = text("description", 2_000);

    private Routes() {}

    /** The routes, with the tenant's own objects in them. */
    static Api of(Given given) {
        return new Api(
                given.tenant,
                Map.of(MANAGER, given.manager, LEAD, given.lead, EMPLOYEE, given.employee),
                List.of(
                        get("/api/allocations/pool").by(MANAGER),
                        get("/api/allocations/giving").by(EVERYBODY),
                        get("/api/events").by(EVERYBODY).asking("seconds", "0"),
                        post("/api/allocations/distribute-to-lead")
                                .by(MANAGER)
                                .taking(
                                        id("to_user_id", given.lead),
                                        AMOUNT,
                                        DESCRIPTION,
                                        flag("again").optional(),
                                        department(given)),
                        post("/api/allocations/award-points")
                                .by(MANAGER, LEAD, EMPLOYEE)
                                .taking(
                                        id("to_user_id", given.employee),
                                        AMOUNT,
                                        word("reference_type", "bonus", "Bonus", "two words", "1st", "-x", "é")
                                                .optional(),
                                        DESCRIPTION,
                                        flag("again").optional(),
                                        department(given)),
                        post("/api/allocations/award-points/batch")
                                .by(MANAGER)
                                .taking(
                                        word("mode", "each", "EACH", "some", "0"),
                                        DESCRIPTION,
                                        department(given),
                                        receivers(given))
                                .upTo(2 * 1024 * 1024),
                        post("/api/allocations/award-points/batch/check")
                                .by(MANAGER)
                                .taking(
                                        word("mode", "each", "EACH", "some", "0"),
                                        DESCRIPTION,
                                        department(given),
                                        receivers(given))
                                .upTo(2 * 1024 * 1024)
                                .changingNothing(),
                        post("/api/allocations/award-points/batch/csv")
                                .by(MANAGER)
                                .asking("mode", "each")
                                .takingCsv(awards(given))
                                .upTo(2 * 1024 * 1024),
                        post("/api/allocations/award-points/batch/csv/check")
                                .by(MANAGER)
                                .asking("mode", "each")
                                .takingCsv(awards(given))
                                .upTo(2 * 1024 * 1024)
                                .changingNothing(),
                        get("/api/allocations/award-points/batch").by(MANAGER),
                        batch("").by(MANAGER).at("id", given.requestBatch(5)),
                        batch("/receivers").by(MANAGER).at("id", given.requestBatch(5)),
                        undo(given, ""),
                        undo(given, "/check").changingNothing(),
                        post("/api/allocations/return-to-pool")
                                .by(MANAGER, LEAD)
                                .taking(
                                        id("from_user_id", given.lead).optional(),
                                        AMOUNT,
                                        DESCRIPTION.optional(),
                                        department(given)),
                        post("/api/recognitions")
                                .by(MANAGER, LEAD, EMPLOYEE)
                                .taking(
                                        id("to_user_id", given.employee),
                                        AMOUNT,
                                        text("message", 2_000),
                                        text("value", 100).optional(),
                                        word("visibility", "private", "PRIVATE", "secret", "0")
                                                .optional(),
                                        flag("again").optional(),
                                        department(given)),
                        distribution(given),
                        reversal(given, ""),
                        reversal(given, "/check").changingNothing(),
                        get("/api/approvals").by(MANAGER, LEAD),
                        approval(given, "approve"),
                        approval(given, "reject").taking(text("reason", 2_000)),
                        approval(given, "withdraw").by(MANAGER, LEAD),
                        get("/api/approvals/undos").by(MANAGER, LEAD),
                        undoApproval(given, "approve"),
                        undoApproval(given, "reject").taking(text("reason", 2_000)),
                        undoApproval(given, "withdraw").by(MANAGER, LEAD),
                        get("/api/approvals/undos/{id}").by(MANAGER, LEAD).at("id", given.proposedReversal(500)),
                        get("/api/approvals/{id}").by(MANAGER, LEAD).at("id", given.heldAward(500)),
                        get("/api/wishes").by(EVERYBODY),
                        post("/api/wishes")
                                .by(EVERYBODY)
                                .taking(
                                        word("kind", "nomination", "NOMINATION", "wish", "0"),
                                        id("to_user_id", given.employee).optional(),
                                        AMOUNT,
                                        text("note", 2_000)),
                        get("/api/wishes/{id}").by(EVERYBODY).at("id", given.wish(5)),
                        wish(given, "grant").taking(AMOUNT.optional(), DESCRIPTION, department(given)),
                        wish(given, "decline").taking(text("reason", 2_000).optional()),
                        wish(given, "withdraw").by(EVERYBODY),
                        get("/api/allocations/history").by(EVERYBODY),
                        get("/api/allocations/history/tenant").by(MANAGER),
                        get("/api/feed").by(EVERYBODY),
                        get("/api/wallets/me").by(EVERYBODY),
                        get("/api/wallets/{user_id}").by(MANAGER).at("user_id", given.lead),
                        get("/api/wallets/expiring").by(MANAGER),
                        get("/api/policy").by(MANAGER),
                        put("/api/policy").by(MANAGER).taking(earnedPolicy(), budgetsPolicy(), rules(), undoLimit()),
                        post("/api/policy/check")
                                .by(MANAGER)
                                .taking(earnedPolicy(), budgetsPolicy(), rules(), undoLimit())
                                .changingNothing(),
                        get("/api/departments").by(MANAGER),
                        put("/api/departments/{department_id}")
                                .by(MANAGER)
                                .at("department_id", UUID.randomUUID())
                                .taking(
                                        text("name", 200),
                                        id("parent_id", given.department("Whole"))
                                                .optional(),
                                        flag("closed").optional(),
                                        list("manager_ids", "[]")),
                        get("/api/departments/csv").by(MANAGER),
                        post("/api/departments/csv")
                                .by(MANAGER)
                                .takingCsv("department,parent,managers,member\nWell done,,,\n")
                                .upTo(2 * 1024 * 1024),
                        post("/api/allocations/transfer")
                                .by(MANAGER)
                                .taking(
                                        id("from_department_id", given.department("From"))
                                                .optional(),
                                        id("to_department_id", given.department("To"))
                                                .optional(),
                                        AMOUNT,
                                        DESCRIPTION.optional()),
                        post("/api/dates/extend")
                                .by(MANAGER)
                                .taking(
                                        word("account", "budget", "BUDGET", "pool", "0"),
                                        id("user_id", given.lead),
                                        word("from_date", "2027-01-31", "soon", "2027-1-1", "2027-02-30"),
                                        word("to_date", "2027-02-28", "later", "2027-1-1", "2027-02-30")),
                        get("/api/policy/limits/me").by(EVERYBODY),
                        get("/api/policy/limits/{user_id}").by(MANAGER).at("user_id", given.lead),
                        get("/api/policy/boosts").by(MANAGER),
                        post("/api/policy/boosts")
                                .by(MANAGER)
                                .taking(
                                        id("user_id", given.employee),
                                        word("month", "2999-12", "2999-13", "2999-1", "soon", "2999-12-01"),
                                        amount("points", 5),
                                        text("note", 2_000)),
                        post("/api/platform/adjustments/wallets")
                                .by(PLATFORM_ADMIN)
                                .taking(
                                        id("tenant_id", given.tenant),
                                        id("user_id", given.lead),
                                        word("account", "budget", "BUDGET", "pool", "0"),
                                        signedAmount("amount", 0),
                                        text("reason", 2_000)),
                        adjustment("/approve"),
                        adjustment("/reject"),
                        get("/api/platform/adjustments/wallets").by(PLATFORM_ADMIN),
                        post("/api/members/batch")
                                .by(MANAGER)
                                .taking(members(given))
                                .upTo(2 * 1024 * 1024),
                        post("/api/members/batch/csv")
                                .by(MANAGER)
                                .takingCsv("user_id,role,active,display_name,email\n%s,employee,,Well done,\n"
                                        .formatted(given.employee))
                                .upTo(2 * 1024 * 1024),
                        get("/api/members").by(MANAGER),
                        get("/api/members/{user_id}").by(MANAGER).at("user_id", given.lead),
                        get("/api/directory").by(EVERYBODY).asking("q", "a"),
                        post("/api/directory/resolve")
                                .by(EVERYBODY)
                                .taking(
                                        list("user_ids", "[\"%s\"]".formatted(given.employee)),
                                        list("emails", "[]"),
                                        word("eligible_for", "award", "AWARD", "return", "0")
                                                .optional())
                                .changingNothing(),
                        delete("/api/members/{user_id}/personal-data")
                                .by(MANAGER)
                                .at("user_id", given.newEmployee()),
                        patch("/api/members/{user_id}")
                                .by(MANAGER)
                                .at("user_id", given.lead)
                                .taking(
                                        neverNull(word("role", "lead", "LEAD", "boss", "0")),
                                        neverNull(flag("active")),
                                        text("display_name", 200).optional(),
                                        word("email", "lead@example.com", "nobody", "a@b@c", "@example.com")
                                                .optional(),
                                        id("department_id", given.department("Of a member"))
                                                .optional()),
                        put("/api/members/{user_id}")
                                .by(MANAGER)
                                .at("user_id", given.lead)
                                .taking(
                                        word("role", "lead", "LEAD", "boss", "0"),
                                        flag("active").optional(),
                                        text("display_name", 200).optional(),
                                        word("email", "lead@example.com", "nobody", "a@b@c", "@example.com")
                                                .optional(),
                                        id("department_id", given.department("Of a member"))
                                                .optional())));
    }

    private static Route adjustment(String part) {
        return post("/api/platform/adjustments/wallets/{id}" + part)
                .by(PLATFORM_ADMIN)
                .at("id", UUID.randomUUID());
    }

    private static Route reversal(Given given, String part) {
        return post("/api/allocations/distributions/{id}/reverse" + part)
                .by(MANAGER, LEAD)
                .at("id", given.requestAward(5))
                .taking(
                        text("reason", 2_000),
                        word("shortfall", "refuse", "REFUSE", "owe", "0").optional());
    }

    private static Route approval(Given given, String step) {
        return post("/api/approvals/{id}/" + step).by(MANAGER).at("id", given.heldAward(500));
    }

    private static Route wish(Given given, String step) {
        return post("/api/wishes/{id}/" + step).by(MANAGER).at("id", given.wish(5));
    }

    private static Route undoApproval(Given given, String step) {
        return post("/api/approvals/undos/{id}/" + step).by(MANAGER).at("id", given.proposedReversal(500));
    }

    private static Route undo(Given given, String part) {
        return post("/api/allocations/award-points/batch/{id}/undo" + part)
                .by(MANAGER)
                .at("id", given.requestBatch(5))
                .taking(text("reason", 2_000), word("mode", "what_is_there", "WHAT_IS_THERE", "each", "0"));
    }

    private static Route batch(String part) {
        return get("/api/allocations/award-points/batch/{id}" + part);
    }

    /** Whose points are given, or come back; null as well if nobody's. */
    private static Field department(Given given) {
        var wrong = new HashMap<>(id("department_id", given.tenant).wrong());
        wrong.remove("null");
        return new Field("department_id", false, "null", wrong);
    }

    /** A list that may be absent. */
    private static Field list(String name, String example) {
        return new Field(name, false, example, Map.of("an object", "{}", "text", "\"all\"", "a number", "5"));
    }

    /** What may be absent, and not null. */
    private static Field neverNull(Field field) {
        var wrong = new HashMap<>(field.wrong());
        wrong.put("null", "null");
        return new Field(field.name(), false, field.example(), wrong);
    }

    private static Field earnedPolicy() {
        return new Field(
                "earned",
                true,
                "{\"expires\": {\"after\": \"P1Y\"}, \"notice_days\": [30, 7]}",
                Map.of("a list", "[]", "text", "\"never\"", "a number", "5"));
    }

    private static Field budgetsPolicy() {
        return new Field(
                "budgets",
                false,
                "{\"expires\": {\"every\": \"12-31\"}, \"to\": \"pool\"}",
                Map.of("a list", "[]", "text", "\"never\"", "a number", "5"));
    }

    /** Points, or none of them. */
    private static Field undoLimit() {
        var wrong = new HashMap<>(Field.amount("undo_approval_above", 1_000).wrong());
        wrong.remove("nothing at all");
        return new Field("undo_approval_above", false, "1000", wrong);
    }

    private static Field rules() {
        return list(
                "rules",
                "[{\"id\": \"month\", \"of\": \"giver\", \"per\": \"month\", \"points\": 1000000000000, \"then\": \"refuse\"}]");
    }

    private static Field members(Given given) {
        return new Field(
                "members",
                true,
                "[{\"user_id\": \"%s\", \"role\": \"employee\", \"display_name\": \"Well done\"}]"
                        .formatted(given.employee),
                Map.of("none", "[]", "an object", "{}", "text", "\"all\"", "a number", "5"));
    }

    private static String awards(Given given) {
        return "to_user_id,amount,description\n%s,5,Well done\n".formatted(given.employee);
    }

    private static Field receivers(Given given) {
        return new Field(
                "receivers",
                true,
                "[{\"to_user_id\": \"%s\", \"amount\": 5}]".formatted(given.employee),
                Map.of("none", "[]", "an object", "{}", "text", "\"all\"", "a number", "5"));
    }

    private static Route distribution(Given given) {
        return get("/api/allocations/distributions/{id}").by(EVERYBODY).at("id", given.requestAward(5));
    }
}
