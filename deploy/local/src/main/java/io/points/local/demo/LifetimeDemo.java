package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Clocks;
import io.points.local.Ports;
import io.points.local.Service;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The life of one tenant: refilled by a schedule, an award taken back, earned points that lapse on their day, a clawback that waits for
 * its second person, and the closing, with a final statement of zeros. Told and checked step by step, on a stack whose clocks can be moved
 * on and that has seen nothing else.
 */
public final class LifetimeDemo {
    private static final DemoTenant TENANT = DemoTenant.TRITON;
    private static final long REFILL = 10_000;
    private static final long DELEGATED = 2_000;
    private static final long LAPSES = 300;
    private static final long TOO_MUCH = 5_000;
    private static final long CLAWED_BACK = 6_000;
    private static final long LAST = 400;
    private static final int DAYS = 90;
    private static final int NOTICE = 30;

    private final DemoUsers users;
    private final Clocks clocks;
    private final PrintStream out;
    private final Story story;
    private final YearMonth month = YearMonth.now(ZoneOffset.UTC).plusMonths(2);

    LifetimeDemo(Ports ports, Clocks clocks, PrintStream out) {
        users = new DemoUsers(ports);
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
        return new LifetimeDemo(ports, clocks, System.out).run();
    }

    private List<String> run() {
        moveClocks(month.minusMonths(1).atDay(10).atTime(10, 0));
        new DemoDirectory(users, out).prepare(List.of(TENANT));
        out.println();
        datePoints();
        refill();
        LocalDate credited = giveAndTakeBack();
        lapse(credited.plusDays(DAYS));
        clawBack();
        LocalDate until = beginToClose(credited.plusDays(DAYS + 3));
        close(until);
        showFinalStatement();
        showBalanceSheet();
        return story.faults();
    }

    private void datePoints() {
        story.step("The manager decides that earned points can be used for %s days".formatted(DAYS));
        manager()
                .put(
                        "/api/policy",
                        Map.of(
                                "earned",
                                Map.of(
                                        "expires",
                                        Map.of("after", "P" + DAYS + "D"),
                                        "notice_days",
                                        List.of(NOTICE, 7))))
                .expect(200);
        story.end();
    }

    private void refill() {
        story.step("The platform has %s points allocated by a schedule on the first of each month"
                .formatted(figure(REFILL)));
        String schedule = users.allocation()
                .post(
                        "/api/platform/schedules",
                        Map.of(
                                "tenant_id", TENANT.id(),
                                "name", "Monthly refill",
                                "mode", "add",
                                "amount", REFILL,
                                "currency", "INR",
                                "reference_note", "Contract 7, {period}",
                                "every", "month",
                                "day", "1",
                                "at", "00:05"),
                        key())
                .expect(201)
                .path("schedule_id")
                .asText();
        moveClocks(month.atDay(1).atTime(0, 10));
        JsonNode runs = Poll.until(
                () -> users.allocation()
                        .get("/api/platform/schedules/" + schedule + "/runs")
                        .expect(200)
                        .path("items"),
                found -> found.size() == 1);
        JsonNode run = runs.path(0);
        story.expect(
                "done".equals(run.path("outcome").asText())
                        && month.toString().equals(run.path("period").asText()),
                "The schedule did not run for " + month + ": " + runs);
        awaitPool(REFILL);
        say("%s: done, the pool holds %s", month, figure(REFILL));
        users.allocation()
                .post("/api/platform/schedules/" + schedule + "/pause", Map.of(), key())
                .expect(200);
        say("and is paused, for this story needs no more");
        story.end();
    }

    /** @return the day on which Employee A was awarded what will lapse */
    private LocalDate giveAndTakeBack() {
        story.step("The manager gives the HR lead %s, Employee A %s, and Employee B %s, a zero too many"
                .formatted(figure(DELEGATED), figure(LAPSES), figure(TOO_MUCH)));
        give("/api/allocations/distribute-to-lead", DemoTenant.LEAD, DELEGATED);
        give("/api/allocations/award-points", DemoTenant.EMPLOYEE_A, LAPSES);
        String wrong = give("/api/allocations/award-points", DemoTenant.EMPLOYEE_B, TOO_MUCH);
        JsonNode dated = own(DemoTenant.EMPLOYEE_A).path("expiring").path(0);
        LocalDate day = LocalDate.parse(dated.path("expires_on").asText());
        say("Employee A's %s can be used until %s", figure(dated.path("points").asLong()), day);
        story.end();

        story.step("The manager takes Employee B's award back");
        manager()
                .post(
                        "/api/allocations/distributions/" + wrong + "/reverse",
                        Map.of("reason", "A zero too many"),
                        waiting())
                .expect(201);
        awaitPool(REFILL - DELEGATED - LAPSES);
        story.expect(earned(DemoTenant.EMPLOYEE_B) == 0, "Employee B still has points of the award");
        say("the points are in the pool again");
        story.end();
        return day.minusDays(DAYS);
    }

    private void lapse(LocalDate day) {
        story.step("%s days before %s Employee A is told; on the day the points are there, and after it they are not"
                .formatted(NOTICE, day));
        moveClocks(day.minusDays(NOTICE).atTime(12, 0));
        JsonNode notices = Poll.until(() -> records("PointsExpiring"), found -> found.size() == 1);
        story.expect(notices.size() == 1, "Nobody was told: " + notices);
        moveClocks(day.atTime(12, 0));
        story.expect(earned(DemoTenant.EMPLOYEE_A) == LAPSES, "The points lapsed too early");
        moveClocks(day.plusDays(1).atTime(0, 10));
        long left = Poll.until(() -> earned(DemoTenant.EMPLOYEE_A), points -> points == 0);
        story.expect(left == 0, "The points have not lapsed: " + left + " are left");
        JsonNode entry = own(DemoTenant.EMPLOYEE_A).path("entries").path(0);
        story.expect("expiry".equals(entry.path("cause").asText()), "They are gone for another reason: " + entry);
        say("%s points have lapsed", figure(LAPSES));
        story.end();
    }

    private void clawBack() {
        story.step("An administrator takes %s back, which is more than half: a second one must agree"
                .formatted(figure(CLAWED_BACK)));
        long before = pool();
        JsonNode proposal = users.allocation()
                .post(
                        "/api/platform/allocations/clawback",
                        Map.of("tenant_id", TENANT.id(), "amount", CLAWED_BACK, "reason", "Ordered too many"),
                        key())
                .expect(202);
        awaitPool(before - CLAWED_BACK);
        say("the points are out of the pool meanwhile");
        approve(proposal.path("proposal_id").asText());
        awaitPool(before - CLAWED_BACK);
        say("admin-b agrees, and they are clawed back");
        story.end();
    }

    /** @return the last day on which earned points can be used */
    private LocalDate beginToClose(LocalDate today) {
        LocalDate until = today.plusDays(NOTICE + 5L);
        story.step(
                "The tenant is to be closed: what is unspent is credited, what is earned can be used until " + until);
        give("/api/allocations/award-points", DemoTenant.EMPLOYEE_B, LAST);
        Map<String, Object> terms = Map.of(
                "reason",
                "The contract ends",
                "earned_until",
                until.toString(),
                "unspent",
                "credit",
                "earned_then",
                "expire");
        JsonNode check = Poll.until(
                () -> users.allocation()
                        .post(tenant("/close/check"), terms, Map.of())
                        .expect(200),
                found -> found.path("earned").asLong() == LAST);
        story.expect(
                check.path("earned").asLong() == LAST, "The look at the closing does not know the award: " + check);
        say(
                "before: %s in the pool, %s in budgets, %s earned",
                figure(check.path("in_pool").asLong()),
                figure(check.path("in_budgets").asLong()),
                figure(check.path("earned").asLong()));
        JsonNode closing =
                users.allocation().post(tenant("/close"), terms, key()).expect(202);
        String id = closing.path("closing_id").asText();
        Api.Answer own = users.allocation().post("/api/platform/proposals/" + id + "/approve", null, key());
        story.expect(own.status() == 409, "One person alone closed the tenant: " + own);
        approve(id);
        JsonNode step = awaitStep("waiting");
        say(
                "approved by admin-b; budgets gave %s back, and nothing is under way",
                figure(step.path("recalled").asLong()));
        Api.Answer refused = manager()
                .post(
                        "/api/allocations/award-points",
                        Map.of("to_user_id", DemoTenant.EMPLOYEE_A.id(), "amount", 1, "description", "Too late"),
                        waiting());
        story.expect(
                refused.status() == 409
                        && "TENANT_CLOSING".equals(refused.body().path("reason").asText()),
                "An award was not refused: " + refused);
        say("an award is refused: TENANT_CLOSING");
        story.expect(earned(DemoTenant.EMPLOYEE_B) == LAST, "Employee B's points are gone too early");
        story.end();
        return until;
    }

    private void close(LocalDate until) {
        story.step("The day is over; what is left goes, and the tenant is closed");
        moveClocks(until.plusDays(1).atTime(0, 10));
        JsonNode closed = awaitStep("closed");
        say(
                "%s earned points have lapsed, %s of the pool are credited",
                figure(closed.path("emptied").asLong()),
                figure(closed.path("drained").asLong()));
        story.expect(closed.path("emptied").asLong() == LAST, "Other points have lapsed than Employee B's: " + closed);
        story.end();
    }

    private void showFinalStatement() {
        story.step("The final statement, from the first to the last movement");
        JsonNode statement = Poll.until(
                () -> users.billing()
                        .get("/api/billing/statements/" + TENANT.id() + "/final")
                        .expect(200),
                LifetimeDemo::isAtZero);
        statement
                .path("roll_forward")
                .forEach(line -> say(
                        "%-22s pool %9s  budgets %9s  earned %9s",
                        line.path("movement").asText(),
                        figure(line.path("pool").asLong()),
                        figure(line.path("budgets").asLong()),
                        figure(line.path("earned").asLong())));
        JsonNode billed = statement.path("billed").path(0);
        say(
                "purchased %s, credited %s, in all %s INR; %s points have lapsed",
                billed.path("purchases").asText(),
                billed.path("credits").asText(),
                billed.path("total").asText(),
                figure(statement.path("closing").path("expired").asLong()));
        story.expect(isAtZero(statement), "The tenant's end is not 0: " + statement.path("closing"));
        story.expect(
                statement.path("closing").path("expired").asLong() == LAPSES + LAST,
                "Other points have lapsed: " + statement.path("closing"));
        story.expect(
                (LAPSES + LAST + ".00").equals(billed.path("total").asText()),
                "What was bought and is not credited is not what has lapsed: " + billed);
        story.end();
    }

    private static boolean isAtZero(JsonNode statement) {
        JsonNode end = statement.path("closing");
        return end.path("prepaid").asLong(-1) == 0
                && end.path("in_flight").asLong(-1) == 0
                && end.path("liability").asLong(-1) == 0;
    }

    private void showBalanceSheet() {
        BalanceSheet end = BalanceSheet.atRest(TENANT, users);
        out.println("Balance sheet of " + TENANT.name());
        end.print(out);
        out.println();
        story.faults().addAll(end.disagreements());
        BalanceSheet.check(story.faults(), "the pool at the end", end.balance(), 0);
        BalanceSheet.check(story.faults(), "in budgets at the end", end.budgets(), 0);
        BalanceSheet.check(story.faults(), "earned at the end", end.earned(), 0);
    }

    /** @return the distribution's id */
    private String give(String route, DemoTenant.Member to, long amount) {
        return manager()
                .post(route, Map.of("to_user_id", to.id(), "amount", amount, "description", "Well done"), waiting())
                .expect(201)
                .path("distribution_id")
                .asText();
    }

    private void approve(String proposal) {
        users.secondAdmin()
                .post("/api/platform/proposals/" + proposal + "/approve", null, key())
                .expect(200);
    }

    private JsonNode awaitStep(String step) {
        JsonNode closing = Poll.until(
                () -> users.allocation().get(tenant("/closing")).expect(200),
                found -> step.equals(found.path("step").asText()));
        story.expect(step.equals(closing.path("step").asText()), "The closing is not " + step + ": " + closing);
        return closing;
    }

    private long pool() {
        return users.allocation().get(tenant("")).expect(200).path("balance").asLong();
    }

    private void awaitPool(long points) {
        long found = Poll.until(this::pool, balance -> balance == points);
        story.expect(found == points, "The pool holds " + found + ", not " + points);
    }

    private JsonNode own(DemoTenant.Member member) {
        return users.distribution(member.user()).get("/api/wallets/me").expect(200);
    }

    private long earned(DemoTenant.Member member) {
        return own(member).path("earned").path("balance").asLong();
    }

    private JsonNode records(String type) {
        return users.audit()
                .get("/api/audit/records?tenant_id=" + TENANT.id() + "&type=" + type)
                .expect(200)
                .path("items");
    }

    private Api manager() {
        return users.distribution(TENANT.manager());
    }

    private static String tenant(String route) {
        return "/api/platform/tenants/" + TENANT.id() + route;
    }

    private void moveClocks(LocalDateTime to) {
        for (Service service : Service.values()) {
            clocks.move(service, Duration.between(Instant.now(), to.toInstant(ZoneOffset.UTC)));
        }
        say("it is %s", to.toString().replace('T', ' '));
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

    private static Map<String, String> waiting() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "wait=10");
    }
}
