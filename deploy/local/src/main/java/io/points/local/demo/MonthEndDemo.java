package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Clocks;
import io.points.local.Ports;
import io.points.local.Service;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A month of one tenant that gets a late entry, is closed, reopened by two people, corrected and closed again: told and
 * checked step by step, on a stack whose clocks can be moved on and that has seen nothing else.
 */
public final class MonthEndDemo {
    private static final DemoTenant TENANT = DemoTenant.TRITON;
    private static final long BOUGHT = 10_000;
    private static final long AWARDED = 800;
    private static final long CLAWED_BACK = 1_500;
    private static final long LATE = 2_500;
    /** As the realm knows them. */
    private static final Map<String, String> PEOPLE = Map.of(
            "00000000-0000-4000-8000-00000000000b", "finance", "00000000-0000-4000-8000-00000000000d", "finance-b");

    private static final List<String> STEPS = List.of(
            "PeriodSoftClosed",
            "PeriodClosed",
            "PeriodReopeningProposed",
            "PeriodReopened",
            "PeriodSoftClosed",
            "PeriodClosed");

    private final DemoUsers users;
    private final Clocks clocks;
    private final PrintStream out;
    private final Story story;
    private final YearMonth month = YearMonth.now(ZoneOffset.UTC).plusMonths(1);
    private final BillingMonth books;
    private final BillingMonth nextBooks;

    MonthEndDemo(Ports ports, Clocks clocks, PrintStream out) {
        users = new DemoUsers(ports);
        books = new BillingMonth(users, TENANT, month);
        nextBooks = new BillingMonth(users, TENANT, month.plusMonths(1));
        this.clocks = clocks;
        this.out = out;
        story = new Story(out);
    }

    /**
     * Tells the story on a running stack.
     *
     * @param ports where the stack listens
     * @param clocks those of its services
     * @return what did not hold, one sentence each; nothing if every figure is right
     */
    public static List<String> tell(Ports ports, Clocks clocks) {
        return new MonthEndDemo(ports, clocks, System.out).run();
    }

    private List<String> run() {
        moveClocks(month.atDay(10).atTime(10, 0), Service.values());
        new DemoDirectory(users, out).prepare(List.of(TENANT));
        out.println();
        buyAndGive();
        endTheMonth();
        JsonNode first = close("checked against the bank", BOUGHT - CLAWED_BACK);
        beLate();
        reopen();
        moveLateEntries();
        JsonNode second = close("with the order of the last evening", BOUGHT + LATE - CLAWED_BACK);
        compare(first, second);
        showAuditRecords();
        reconcile();
        moveClocks(review(), Service.ALLOCATION);
        return story.faults();
    }

    private void buyAndGive() {
        story.step("%s: %s buys %s points at 1.00 INR, %s are awarded, %s are taken back"
                .formatted(month, TENANT.name(), figure(BOUGHT), figure(AWARDED), figure(CLAWED_BACK)));
        allocate(BOUGHT, "Order 4711");
        users.distribution(TENANT.manager())
                .post(
                        "/api/allocations/award-points",
                        Map.of(
                                "to_user_id",
                                DemoTenant.EMPLOYEE_A.id(),
                                "amount",
                                AWARDED,
                                "description",
                                "A month well done"),
                        Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "wait=10"))
                .expect(201);
        users.allocation()
                .post(
                        "/api/platform/allocations/clawback",
                        Map.of("tenant_id", TENANT.id(), "amount", CLAWED_BACK, "reason", "Ordered too many"),
                        key())
                .expect(201);
        // A month can be closed as soon as it is over: what billing has not heard by then is late.
        Poll.until(books::statement, statement -> statement.path("entries").size() == 2);
        say("%s INR purchased, %s INR credited", figure(BOUGHT), figure(CLAWED_BACK));
        story.end();
    }

    private void endTheMonth() {
        story.step("The month ends; the clock of allocation-service, and it alone, is behind and still in it");
        moveClocks(month.atEndOfMonth().atTime(23, 50), Service.ALLOCATION);
        moveClocks(review(), Service.DISTRIBUTION, Service.BILLING, Service.AUDIT);
        story.end();
    }

    private JsonNode close(String reason, long expected) {
        story.step("Finance soft-closes " + month + ", looks at the figures, and closes it");
        act("finance", "soft-close", "the month is over");
        books.close(reason);
        JsonNode statement = books.statement();
        tell(statement);
        story.expect(
                (expected + ".00")
                        .equals(statement.path("billed").path(0).path("total").asText()),
                "It was to come to " + expected + ".00 INR: " + statement);
        story.end();
        return statement;
    }

    private void beLate() {
        story.step("An order of %s points arrives that is dated in the closed month".formatted(figure(LATE)));
        allocate(LATE, "Order 4712");
        JsonNode open = Poll.until(
                nextBooks::statement, statement -> !statement.path("entries").isEmpty());
        JsonNode entry = open.path("entries").path(0);
        story.expect(
                entry.path("points").asLong() == LATE
                        && "Correction".equals(entry.path("charge_class").asText()),
                "The late order is no correction of the next month: " + open);
        say("booked in %s, as a correction of an earlier month", month.plusMonths(1));
        story.end();
    }

    private void reopen() {
        story.step("finance proposes to reopen " + month + "; finance-b approves");
        act("finance", "reopen", "Order 4712 belongs to it");
        Api.Answer own = books.act("finance", "reopen/approve", "agreed");
        story.expect(own.status() == 403 || own.status() == 409, "One person alone reopened the month: " + own);
        say("finance alone is refused: %s", own.body().path("title").asText());
        act("finance-b", "reopen/approve", "agreed");
        story.end();
    }

    private void moveLateEntries() {
        story.step("Finance moves the late order there by a reversing pair, after a look at what that would book");
        String why = "Order 4712 is of " + month;
        JsonNode planned = books.act("finance", "late-entries/move/check", why).expect(200);
        JsonNode moved = books.act("finance", "late-entries/move", why).expect(200);
        story.expect(planned.equals(moved), "The move is not what was shown before: " + planned + " " + moved);
        moved.path("changes")
                .forEach(change -> say(
                        "%s: %s %s",
                        change.path("period").asText(),
                        change.path("amount").asText(),
                        change.path("currency").asText()));
        JsonNode again = books.act("finance", "late-entries/move", why).expect(200);
        story.expect(again.path("entries").isEmpty(), "The order was moved twice: " + again);
        story.end();
    }

    private void compare(JsonNode first, JsonNode second) {
        story.step("Both revisions stay, each with its closing, its figures and its digest");
        for (int revision = 1; revision <= 2; revision++) {
            JsonNode kept = books.statement(revision);
            story.expect(
                    kept.equals(revision == 1 ? first : second),
                    "Revision " + revision + " is not what was issued: " + kept);
            tell(kept);
        }
        for (JsonNode kept : books.read().path("revisions")) {
            say(
                    "revision %s closed by %s, SHA-256 %s",
                    kept.path("revision").asText(),
                    PEOPLE.get(kept.path("closed_by").asText()),
                    kept.path("sha256").asText());
        }
        story.end();
    }

    private void showAuditRecords() {
        story.step("Each step is a sealed record of the audit log");
        List<JsonNode> records = Poll.until(this::periodRecords, found -> found.size() >= STEPS.size());
        story.expect(
                STEPS.equals(
                        records.stream().map(one -> one.path("type").asText()).toList()),
                "The audit log has other steps: " + records);
        for (JsonNode one : records) {
            String proof = "/api/audit/proofs/inclusion?event_id="
                    + one.path("event_id").asText();
            JsonNode proven = Poll.until(() -> users.audit().get(proof), answer -> answer.status() == 200)
                    .expect(200);
            say(
                    "%s  %-24s by %-9s record %s of %s signed ones",
                    one.path("occurred_at").asText(),
                    one.path("type").asText(),
                    PEOPLE.get(one.path("actor_id").asText()),
                    proven.path("leaf_index").asLong() + 1,
                    proven.path("tree_size").asText());
        }
        story.end();
    }

    private List<JsonNode> periodRecords() {
        return users.audit().items("/api/audit/records?tenant_id=" + TENANT.id()).stream()
                .filter(one -> STEPS.contains(one.path("type").asText()))
                .sorted((a, b) -> a.path("occurred_at")
                        .asText()
                        .compareTo(b.path("occurred_at").asText()))
                .toList();
    }

    private void reconcile() {
        story.step("The reconciliation compares the entries with the events, and with what audit-service counted");
        JsonNode found = Poll.until(
                () -> users.billing()
                        .get("/api/billing/reconciliation/" + TENANT.id())
                        .expect(200),
                answer -> answer.path("agrees").asBoolean()
                        && "agrees".equals(answer.path("audit").path("state").asText()));
        story.expect(
                found.path("agrees").asBoolean()
                        && "agrees".equals(found.path("audit").path("state").asText()),
                "The books differ: " + found);
        say(
                "%s events, %s entries, no difference; audit-service has sealed and counted the same",
                found.path("events").asText(), found.path("entries").asText());
        story.end();
    }

    private void allocate(long points, String order) {
        users.allocation()
                .post(
                        "/api/platform/allocations/allocate",
                        Map.of("tenant_id", TENANT.id(), "amount", points, "currency", "INR", "reference_note", order),
                        key())
                .expect(201);
    }

    private void act(String user, String step, String reason) {
        books.act(user, step, reason).expect(200);
        say("%s: %s, \"%s\"", user, step, reason);
    }

    private void tell(JsonNode statement) {
        JsonNode billed = statement.path("billed").path(0);
        say(
                "revision %s of %s: purchases %s, credits %s, total %s INR; pool %s to %s points",
                statement.path("revision").asText(),
                statement.path("closed_at").asText(),
                billed.path("purchases").asText(),
                billed.path("credits").asText(),
                billed.path("total").asText(),
                statement.path("pool").path("opening").asText(),
                statement.path("pool").path("closing").asText());
    }

    /** When finance looks at the month. */
    private LocalDateTime review() {
        return month.plusMonths(1).atDay(2).atTime(9, 0);
    }

    private void moveClocks(LocalDateTime to, Service... services) {
        for (Service service : services) {
            clocks.move(service, Duration.between(Instant.now(), to.toInstant(ZoneOffset.UTC)));
        }
    }

    private void say(String format, Object... values) {
        story.say(String.format(Locale.ROOT, format, values));
    }

    private static String figure(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }
}
