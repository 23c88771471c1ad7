package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Ports;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The three-tier story with real tokens over HTTP, told and checked step by step; any number of times on one stack. */
public final class Demo {
    private static final long ALLOCATED = 50_000;
    private static final long DELEGATED = 10_000;
    private static final long RECOGNISED = 1_000;
    private static final long AWARDED_BY_LEAD = 250;
    private static final long TOO_MUCH = 2_500;
    private static final long CLAWED_BACK = 5_000;
    private static final long LARGE = 2_000;
    private static final long AWARDED_LARGE = 3_000;
    private static final long LIMIT_LEFT = 400;
    private static final long ALLOWANCE_LEFT = 60;
    private static final long OF_SALES = 500;
    private static final String SALES = "5c1d7e20-8b34-4f0a-9c6e-7f8a2b3c4d05";
    private static final long ENDLESS = 1_000_000_000_000L;
    private static final DemoTenant TENANT = DemoTenant.TRITON;

    private final DemoUsers users;
    private final PrintStream out;
    private final Story story;
    private final Balances balances;

    Demo(Ports ports, PrintStream out) {
        users = new DemoUsers(ports);
        balances = new Balances(users);
        this.out = out;
        story = new Story(out);
    }

    /**
     * Tells the story on a running stack.
     *
     * @param ports where the stack listens
     * @return what did not hold, one sentence each; nothing if every point is accounted for
     */
    public static List<String> tell(Ports ports) {
        return new Demo(ports, System.out).run();
    }

    /** Tells the story; what did not hold, one sentence each, and nothing if every point is accounted for. */
    List<String> run() {
        new DemoDirectory(users, out).prepare(List.of(TENANT, DemoTenant.BOREALIS));
        BalanceSheet before = BalanceSheet.atRest(TENANT, users);
        balances.startFrom(before);
        story.say(balances.told());
        story.end();

        allocate();
        delegate();
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String recognition = recognise(key);
        awardFromBudget();
        refuseBeyondThePool();
        repeat(key, recognition);
        showNothingToTheOtherTenant(recognition);
        takeBack(awardTooMuch());
        Object rulesBefore = setRules();
        awardWithApproval();
        reachTheLimit();
        thankAPeer();
        rules(rulesBefore);
        emptyADepartment();
        clawBack();
        proposeToTakeAll();

        BalanceSheet after = BalanceSheet.atRest(TENANT, users);
        out.println("Balance sheet of " + TENANT.name());
        after.print(out);
        out.println();
        story.faults().addAll(after.disagreements());
        compare(before, after);
        return story.faults();
    }

    private void allocate() {
        story.step(String.format(Locale.ROOT, "The platform allocates %,d points to %s", ALLOCATED, TENANT.name()));
        users.allocation()
                .post(
                        "/api/platform/allocations/allocate",
                        Map.of(
                                "tenant_id",
                                TENANT.id(),
                                "amount",
                                ALLOCATED,
                                "currency",
                                "INR",
                                "reference_note",
                                "Demo order"),
                        key())
                .expect(201);
        balances.movePool(ALLOCATED);
        tellBalances();
    }

    private void delegate() {
        story.step(String.format(Locale.ROOT, "The manager delegates %,d to the HR lead", DELEGATED));
        completed(manager()
                .post(
                        "/api/allocations/distribute-to-lead",
                        Map.of(
                                "to_user_id",
                                DemoTenant.LEAD.id(),
                                "amount",
                                DELEGATED,
                                "description",
                                "Quarterly budget"),
                        waiting(key())));
        balances.movePool(-DELEGATED);
        balances.moveBudget(DELEGATED);
        tellBalances();
    }

    private String recognise(Map<String, String> key) {
        story.step(String.format(Locale.ROOT, "The manager recognises Employee A with %,d", RECOGNISED));
        JsonNode distribution = completed(postRecognition(key));
        balances.movePool(-RECOGNISED);
        balances.moveEmployeeA(RECOGNISED);
        tellBalances();
        return distribution.path("distribution_id").asText();
    }

    private Api.Answer postRecognition(Map<String, String> key) {
        return manager()
                .post(
                        "/api/recognitions",
                        Map.of(
                                "to_user_id", DemoTenant.EMPLOYEE_A.id(),
                                "amount", RECOGNISED,
                                "message", "Thank you for keeping the turbines running.",
                                "value", "Ownership",
                                "visibility", "public"),
                        waiting(key));
    }

    private void awardFromBudget() {
        story.step(String.format(Locale.ROOT, "The HR lead awards %,d to Employee B from the budget", AWARDED_BY_LEAD));
        completed(users.distribution(DemoTenant.LEAD.user())
                .post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_B, AWARDED_BY_LEAD), key()));
        balances.moveBudget(-AWARDED_BY_LEAD);
        balances.moveEmployeeB(AWARDED_BY_LEAD);
        tellBalances();
    }

    private void refuseBeyondThePool() {
        long beyond = balances.pool() + 1;
        story.step(String.format(Locale.ROOT, "The manager tries to award %,d, one more than the pool holds", beyond));
        Api.Answer answer = settled(
                manager().post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_A, beyond), waiting(key())));
        String reason = answer.body().path("reason").asText();
        story.expect(
                isRefused(answer) && "INSUFFICIENT_POOL_BALANCE".equals(reason),
                "An award beyond the pool was not refused for that reason: " + answer);
        story.say("refused: " + reason);
        tellBalances();
    }

    /** As a problem at once, or as the end of a distribution that took longer than the wait. */
    private static boolean isRefused(Api.Answer answer) {
        return answer.status() == 409
                || "REJECTED".equals(answer.body().path("state").asText());
    }

    private void repeat(Map<String, String> key, String recognition) {
        story.step("The manager sends the recognition again under the same key");
        JsonNode again = completed(postRecognition(key));
        story.expect(
                recognition.equals(again.path("distribution_id").asText()),
                "The repeat named another distribution: " + again);
        story.say("the same distribution " + recognition);
        tellBalances();
    }

    private void showNothingToTheOtherTenant(String recognition) {
        story.step("An employee of " + DemoTenant.BOREALIS.name() + " looks for it");
        Api outsider = users.distribution(DemoTenant.BOREALIS_EMPLOYEE.user());
        Api.Answer answer = outsider.get("/api/allocations/distributions/" + recognition);
        story.expect(answer.status() == 404, "Another tenant's distribution was not hidden: " + answer);
        story.expect(
                outsider.items("/api/feed").stream().noneMatch(this::isOfTriton),
                "The other tenant's feed shows an item of " + TENANT.name());
        // Without this, a feed that shows nothing to anybody would pass.
        boolean shown = Poll.until(
                () -> users.distribution(DemoTenant.EMPLOYEE_A.user()).items("/api/feed").stream()
                        .anyMatch(item ->
                                recognition.equals(item.path("distribution_id").asText())),
                found -> found);
        story.expect(shown, "The feed of " + TENANT.name() + " does not show the recognition");
        story.say("404, and nothing in the feed; the feed of " + TENANT.name() + " shows it");
        story.end();
    }

    private boolean isOfTriton(JsonNode item) {
        List<String> people =
                TENANT.members().stream().map(DemoTenant.Member::id).toList();
        return people.contains(item.path("receiver_id").asText())
                || people.contains(item.path("actor_id").asText());
    }

    private String awardTooMuch() {
        story.step(String.format(Locale.ROOT, "The manager awards Employee B %,d, a zero too many", TOO_MUCH));
        JsonNode award = completed(manager()
                .post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_B, TOO_MUCH), waiting(key())));
        balances.movePool(-TOO_MUCH);
        balances.moveEmployeeB(TOO_MUCH);
        tellBalances();
        return award.path("distribution_id").asText();
    }

    private void takeBack(String award) {
        story.step("The manager takes that award back");
        String path = "/api/allocations/distributions/" + award;
        completed(manager().post(path + "/reverse", Map.of("reason", "A zero too many"), waiting(key())));
        Api.Answer second = manager().post(path + "/reverse", Map.of("reason", "A zero too many"), key());
        story.expect(second.status() == 409, "An award was taken back twice: " + second);
        story.expect(
                "COMPLETED".equals(manager().get(path).expect(200).path("state").asText()),
                "The award did not stay what it was");
        balances.movePool(TOO_MUCH);
        balances.moveEmployeeB(-TOO_MUCH);
        tellBalances();
    }

    /** What was given before in the month counts, so the limits are set from there. */
    private Object setRules() {
        story.step(
                "The manager makes rules: large awards need another manager, leads have a limit, employees an allowance");
        Object before = rules(List.of(limitOfLeads(ENDLESS), allowance(ENDLESS)));
        long byLead = used(DemoTenant.LEAD);
        long byEmployee = used(DemoTenant.EMPLOYEE_A);
        rules(List.of(
                Map.of("id", "large", "of", "award", "points_above", LARGE, "then", "approve"),
                limitOfLeads(byLead + LIMIT_LEFT),
                allowance(byEmployee + ALLOWANCE_LEFT)));
        story.say(String.format(
                Locale.ROOT,
                "above %,d two managers; %,d are left to the HR lead this month, %,d to Employee A",
                LARGE,
                LIMIT_LEFT,
                ALLOWANCE_LEFT));
        tellBalances();
        return before;
    }

    private static Map<String, Object> limitOfLeads(long points) {
        return Map.of(
                "id",
                "leads",
                "of",
                "giver",
                "roles",
                List.of("lead"),
                "per",
                "month",
                "points",
                points,
                "then",
                "refuse");
    }

    private static Map<String, Object> allowance(long points) {
        Map<String, Object> rule = new LinkedHashMap<>(limitOfLeads(points));
        rule.putAll(Map.of("id", "peers", "roles", List.of("employee"), "from", "pool"));
        return rule;
    }

    private long used(DemoTenant.Member member) {
        return users.distribution(member.user())
                .get("/api/policy/limits/me")
                .expect(200)
                .at("/items/0/used")
                .asLong();
    }

    /** Puts these in place of those that there are, which it returns. */
    private Object rules(Object rules) {
        JsonNode policy = manager().get("/api/policy").expect(200);
        Map<String, Object> next =
                Map.of("earned", policy.path("earned"), "budgets", policy.path("budgets"), "rules", rules);
        manager().put("/api/policy", next).expect(200);
        return policy.path("rules");
    }

    private void awardWithApproval() {
        story.step(String.format(Locale.ROOT, "The manager awards Employee A %,d", AWARDED_LARGE));
        Api.Answer asked = settled(manager()
                .post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_A, AWARDED_LARGE), waiting(key())));
        story.expect("HELD".equals(asked.body().path("state").asText()), "It did not wait for approval: " + asked);
        String path = "/api/approvals/" + asked.body().path("distribution_id").asText();
        balances.movePool(-AWARDED_LARGE);
        story.say("it waits for another manager; nobody else can give these points meanwhile");
        tellBalances();
        Api.Answer own = manager().post(path + "/approve", Map.of(), key());
        story.expect(own.status() == 409, "Somebody approved their own award: " + own);
        story.step("The other manager approves it");
        JsonNode approved = users.distribution(DemoTenant.SECOND_MANAGER.user())
                .post(path + "/approve", Map.of(), key())
                .expect(200);
        story.expect("approved".equals(approved.path("state").asText()), "It was not approved: " + approved);
        balances.moveEmployeeA(AWARDED_LARGE);
        tellBalances();
    }

    private void reachTheLimit() {
        story.step(String.format(Locale.ROOT, "The HR lead awards Employee B %,d, and then 1 more", LIMIT_LEFT));
        Api lead = users.distribution(DemoTenant.LEAD.user());
        completed(lead.post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_B, LIMIT_LEFT), key()));
        balances.moveBudget(-LIMIT_LEFT);
        balances.moveEmployeeB(LIMIT_LEFT);
        refusedByLimit(lead.post("/api/allocations/award-points", award(DemoTenant.EMPLOYEE_B, 1), key()));
        tellBalances();
    }

    private void thankAPeer() {
        story.step(String.format(
                Locale.ROOT,
                "Employee A thanks Employee B with %,d out of the allowance, and once more",
                ALLOWANCE_LEFT));
        Api employee = users.distribution(DemoTenant.EMPLOYEE_A.user());
        Map<String, Object> thanks = Map.of(
                "to_user_id",
                DemoTenant.EMPLOYEE_B.id(),
                "amount",
                ALLOWANCE_LEFT,
                "message",
                "Thank you for the help!");
        completed(employee.post("/api/recognitions", thanks, waiting(key())));
        balances.movePool(-ALLOWANCE_LEFT);
        balances.moveEmployeeB(ALLOWANCE_LEFT);
        refusedByLimit(employee.post("/api/recognitions", thanks, key()));
        tellBalances();
    }

    private void emptyADepartment() {
        story.step(String.format(
                Locale.ROOT,
                "The manager puts %,d into the envelope of Sales, gives them, and tries to give 1 more",
                OF_SALES));
        manager().put("/api/departments/" + SALES, Map.of("name", "Sales")).expect(200);
        completed(manager()
                .post(
                        "/api/allocations/transfer",
                        Map.of("to_department_id", SALES, "amount", OF_SALES),
                        waiting(key())));
        completed(manager()
                .post("/api/allocations/award-points", ofSales(DemoTenant.EMPLOYEE_A, OF_SALES), waiting(key())));
        balances.movePool(-OF_SALES);
        balances.moveEmployeeA(OF_SALES);
        Api.Answer answer = settled(
                manager().post("/api/allocations/award-points", ofSales(DemoTenant.EMPLOYEE_A, 1), waiting(key())));
        String reason = answer.body().path("reason").asText();
        story.expect(
                isRefused(answer) && "INSUFFICIENT_DEPARTMENT_BALANCE".equals(reason),
                "An award beyond the envelope was not refused for that reason: " + answer);
        story.say(String.format(Locale.ROOT, "refused: %s, though the pool holds %,d", reason, balances.pool()));
        tellBalances();
    }

    private static Map<String, Object> ofSales(DemoTenant.Member to, long amount) {
        Map<String, Object> award = new LinkedHashMap<>(award(to, amount));
        award.put("department_id", SALES);
        return award;
    }

    private void refusedByLimit(Api.Answer answer) {
        story.expect(
                answer.status() == 409
                        && answer.body().path("type").asText().endsWith(":limit-exceeded")
                        && answer.body().path("left").asLong(-1) == 0,
                "More than the limit was not refused: " + answer);
        story.say(String.format(
                Locale.ROOT,
                "refused by rule %s: %s left until %s",
                answer.body().path("rule").asText(),
                answer.body().path("left").asText(),
                answer.body().path("resets_on").asText()));
    }

    private void clawBack() {
        story.step(String.format(Locale.ROOT, "The platform claws back %,d", CLAWED_BACK));
        users.allocation()
                .post(
                        "/api/platform/allocations/clawback",
                        Map.of("tenant_id", TENANT.id(), "amount", CLAWED_BACK, "reason", "Demo correction"),
                        key())
                .expect(201);
        balances.movePool(-CLAWED_BACK);
        tellBalances();
    }

    private void proposeToTakeAll() {
        story.step("An administrator wants all of the pool back: a second one must agree, and does not");
        JsonNode proposal = users.allocation()
                .post(
                        "/api/platform/allocations/clawback",
                        Map.of("tenant_id", TENANT.id(), "all", true, "reason", "Invoice unpaid"),
                        key())
                .expect(202);
        long held = proposal.path("reserved").asLong();
        balances.movePool(-held);
        story.say(String.format(Locale.ROOT, "%,d wait for the second one, and nobody can give them meanwhile", held));
        story.faults().addAll(balances.differences());
        users.secondAdmin()
                .post(
                        "/api/platform/proposals/"
                                + proposal.path("proposal_id").asText() + "/reject",
                        Map.of("reason", "The money has come in"),
                        key())
                .expect(200);
        balances.movePool(held);
        tellBalances();
    }

    private void compare(BalanceSheet before, BalanceSheet after) {
        BalanceSheet.check(story.faults(), "allocated by this run", after.allocated() - before.allocated(), ALLOCATED);
        BalanceSheet.check(
                story.faults(), "clawed back by this run", after.clawedBack() - before.clawedBack(), CLAWED_BACK);
        BalanceSheet.check(
                story.faults(),
                "added to budgets",
                after.budgets() - before.budgets(),
                DELEGATED - AWARDED_BY_LEAD - LIMIT_LEFT);
        BalanceSheet.check(
                story.faults(),
                "earned",
                after.earned() - before.earned(),
                RECOGNISED + AWARDED_BY_LEAD + AWARDED_LARGE + LIMIT_LEFT + ALLOWANCE_LEFT + OF_SALES);
        BalanceSheet.check(
                story.faults(),
                "added to the pool",
                after.balance() - before.balance(),
                ALLOCATED - DELEGATED - RECOGNISED - AWARDED_LARGE - ALLOWANCE_LEFT - OF_SALES - CLAWED_BACK);
    }

    private Api manager() {
        return users.distribution(TENANT.manager());
    }

    private static Map<String, Object> award(DemoTenant.Member to, long amount) {
        return Map.of("to_user_id", to.id(), "amount", amount, "description", "Demo award");
    }

    private static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Map<String, String> waiting(Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Prefer", "wait=10");
        return all;
    }

    private JsonNode completed(Api.Answer answer) {
        Api.Answer end = settled(answer);
        if (end.status() == 200) {
            story.expect("COMPLETED".equals(end.body().path("state").asText()), "It was not completed: " + end);
            return end.body();
        }
        return end.expect(201);
    }

    /** A distribution that is still open (202) is followed to its end. */
    private Api.Answer settled(Api.Answer answer) {
        if (answer.status() != 202) {
            return answer;
        }
        return Poll.until(() -> manager().get(answer.location()), later -> !List.of(
                        "REQUESTED", "RETURNING", "COMPENSATING", "CANCELLING")
                .contains(later.body().path("state").asText()));
    }

    private void tellBalances() {
        story.faults().addAll(balances.differences());
        story.say(balances.told());
        story.end();
    }
}
