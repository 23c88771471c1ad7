package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.Tables;
import io.points.testing.Waiting;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A dry run of an allocation or a clawback moves nothing, and says what the real one then does. */
@AllocationServiceTest
class DryRunTest {

    private static final String ALLOCATE = "/api/platform/allocations/allocate";
    private static final String CLAW_BACK = "/api/platform/allocations/clawback";

    @Test
    void anAllocationIsSaidInAdvance() {
        Waiting.outTheMonthsEnd();
        var tenant = AllocationTest.register();
        BudgetTest.set(tenant, 1_000).statusCode(200);
        var first =
                AllocationTest.allocate(tenant, 600).statusCode(201).extract().<String>path("allocation_id");
        check(ALLOCATE, allocation(tenant, 501, "INR", "Invoice #1"))
                .then()
                .statusCode(200)
                .body("tenant_id", equalTo(tenant.toString()))
                .body("amount", equalTo(501))
                .body("balance_before", equalTo(600))
                .body("balance_after", equalTo(1_101))
                .body("pool_version", equalTo(2))
                .body("price_per_point", equalTo("1.25"))
                .body("currency", equalTo("INR"))
                .body("billed_cost", equalTo("626.25"))
                .body("contract_revision", equalTo(1))
                .body("po_number", nullValue())
                .body("budget.monthly_budget", equalTo(1_000))
                .body("budget.allocated_in_month", equalTo(1_101))
                .body("budget.exceeded", equalTo(true))
                .body("alerts.kind", contains("budget_exceeded"))
                .body("alerts[0].figures.amount", equalTo(501))
                .body("reference_used_by.allocation_id", equalTo(first))
                .body("reference_used_by.amount", equalTo(600));
        check(ALLOCATE, allocation(tenant, 400, "INR", "Invoice #2"))
                .then()
                .body("budget.exceeded", equalTo(false))
                .body("alerts", hasSize(0))
                .body("reference_used_by", nullValue());
    }

    @Test
    void withoutABudgetThereIsNoStanding() {
        var tenant = AllocationTest.register();
        check(ALLOCATE, allocation(tenant, 5, "INR", "x")).then().body("budget", nullValue());
        BudgetTest.set(tenant, 4).statusCode(200);
        BudgetTest.remove(tenant).statusCode(200);
        check(ALLOCATE, allocation(tenant, 5, "INR", "x"))
                .then()
                .body("budget", nullValue())
                .body("alerts", hasSize(0));
    }

    @Test
    void aClawbackIsSaidInAdvance() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        check(CLAW_BACK, clawback(tenant, 51))
                .then()
                .statusCode(200)
                .body("balance_before", equalTo(100))
                .body("balance_after", equalTo(49))
                .body("pool_version", equalTo(2))
                .body("two_people", equalTo(true))
                .body("alerts", hasSize(0));
        check(CLAW_BACK, clawback(tenant, 50)).then().body("two_people", equalTo(false));
        check(CLAW_BACK, clawback(tenant, 101))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:insufficient-pool-balance"))
                .body("balance", equalTo(100))
                .body("errors[0].field", equalTo("amount"));
    }

    @Test
    void allThatIsThereAndWhatIsThereAreSaidInAdvanceAndTaken() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var whatIsThere = Map.<String, Object>of("shortfall", "what_is_there");
        var tooMuch = with(clawback(tenant, 130), whatIsThere);
        check(CLAW_BACK, tooMuch)
                .then()
                .statusCode(200)
                .body("amount", equalTo(100))
                .body("short", equalTo(30))
                .body("balance_after", equalTo(0));
        check(CLAW_BACK, with(clawback(tenant, 70), whatIsThere))
                .then()
                .body("amount", equalTo(70))
                .body("short", equalTo(0));
        check(CLAW_BACK, with(tooMuch, Map.of("shortfall", "refuse"))).then().statusCode(409);
        var all = all(tenant);
        check(CLAW_BACK, all)
                .then()
                .statusCode(200)
                .body("amount", equalTo(100))
                .body("short", equalTo(0));
        assertEquals(List.of("100", "1"), held(tenant));
        approve(admin().body(tooMuch).post(CLAW_BACK).then(), 100);
        AllocationTest.allocate(tenant, 7).statusCode(201);
        approve(admin().body(all).post(CLAW_BACK).then(), 7);
        for (var body : List.of(all, tooMuch)) {
            for (var route : List.of(CLAW_BACK, CLAW_BACK + "/check")) {
                admin().body(body).post(route).then().statusCode(409).body("balance", equalTo(0));
            }
        }
    }

    private static void approve(ValidatableResponse answer, int amount) {
        String proposal =
                answer.statusCode(202).body("amount", equalTo(amount)).extract().path("proposal_id");
        ProposalTest.approve(proposal).statusCode(200);
    }

    @Test
    void aClawbackTakesEitherAnAmountOrAll() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var neither = Map.<String, Object>of("tenant_id", tenant, "reason", "x");
        for (var body :
                List.of(neither, with(neither, Map.of("all", false)), with(clawback(tenant, 5), Map.of("all", true)))) {
            for (var route : List.of(CLAW_BACK, CLAW_BACK + "/check")) {
                admin().body(body)
                        .post(route)
                        .then()
                        .statusCode(422)
                        .body("type", equalTo("urn:points:problem:amount-or-all"))
                        .body("errors[0].field", equalTo("amount"));
            }
        }
        assertEquals(List.of("100", "1"), held(tenant));
    }

    private static Map<String, Object> all(UUID tenant) {
        return Map.of("tenant_id", tenant, "all", true, "reason", "The contract is over");
    }

    private static Map<String, Object> with(Map<String, Object> body, Map<String, Object> more) {
        var both = new HashMap<>(body);
        both.putAll(more);
        return both;
    }

    /** A key that went with a dry run is still free for the real one. */
    @Test
    void theParameterOfTheRouteDoesTheSameAndTakesNoKey() {
        var tenant = AllocationTest.register();
        var key = UUID.randomUUID().toString();
        var body = allocation(tenant, 5, "INR", "x");
        var said = admin().header("Idempotency-Key", key).body(body).post(ALLOCATE + "?dry_run=true");
        assertEquals(200, said.statusCode());
        assertEquals(check(ALLOCATE, body).asString(), said.asString());
        admin().header("Idempotency-Key", key)
                .body(body)
                .post(ALLOCATE + "?dry_run=false")
                .then()
                .statusCode(201)
                .body("balance_after", equalTo(5));
        assertEquals(
                200,
                admin().body(clawback(tenant, 5))
                        .post(CLAW_BACK + "?dry_run=true")
                        .statusCode());
        for (var wrong : List.of("yes", "TRUE", "1", "")) {
            admin().body(body)
                    .post(ALLOCATE + "?dry_run=" + wrong)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("dry_run"));
        }
        assertEquals(List.of("5", "1"), held(tenant));
    }

    /** Whatever comes after whatever: budgets, contracts, notes that repeat, amounts that are refused. */
    @Test
    void theRealOneDoesWhatTheDryRunSaid() {
        Waiting.outTheMonthsEnd();
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        var tenant = AllocationTest.register();
        var currency = "INR";
        var price = new BigDecimal("1.25");
        for (int i = 0; i < 30; i++) {
            switch (chance.nextInt(8)) {
                case 0 -> BudgetTest.set(tenant, 1 + chance.nextInt(3_000)).statusCode(200);
                case 1 -> BudgetTest.remove(tenant).statusCode(200);
                case 2 -> {
                    currency = List.of("INR", "JPY", "KWD").get(chance.nextInt(3));
                    price = BigDecimal.valueOf(chance.nextInt(20_000), chance.nextInt(9));
                    changeContract(tenant, currency, price);
                }
                default -> agree(tenant, chance, currency, price, "seed " + seed + ", step " + i);
            }
        }
    }

    private static void agree(UUID tenant, Random chance, String currency, BigDecimal price, String when) {
        boolean allocates = chance.nextInt(3) > 0;
        long amount = chance.nextInt(12) == 0 ? 1_000_000_000_000L : 1 + chance.nextInt(900);
        var note = "Invoice " + chance.nextInt(4);
        var asked = chance.nextInt(12) == 0 ? "EUR" : currency;
        var route = allocates ? ALLOCATE : CLAW_BACK;
        var body = allocates ? allocation(tenant, amount, asked, note) : clawback(tenant, amount);

        var used = note(tenant, note);
        var held = held(tenant);
        int alerts = alerts(tenant).size();
        var said = check(route, body);
        assertEquals(held, held(tenant), when);
        assertEquals(alerts, alerts(tenant).size(), when);

        var done = admin().body(body).post(route);
        boolean accepted = done.statusCode() == 201 || done.statusCode() == 202;
        assertEquals(accepted ? 200 : done.statusCode(), said.statusCode(), when + said.asString());
        if (!accepted) {
            assertEquals(done.asString(), said.asString(), when);
            assertEquals(held, held(tenant), when);
            return;
        }
        var check = said.jsonPath();
        if (!allocates) {
            assertEquals(done.statusCode() == 202, check.getBoolean("two_people"), when);
        }
        if (done.statusCode() == 202) {
            assertEquals(
                    List.of(check.getString("balance_after"), check.getString("pool_version")), held(tenant), when);
            ProposalTest.approve(done.jsonPath().getString("proposal_id")).statusCode(200);
            return;
        }
        var result = done.jsonPath();
        assertEquals(held.get(0), check.getString("balance_before"), when);
        for (var same : List.of("tenant_id", "amount", "balance_after", "pool_version")) {
            assertEquals(result.getString(same), check.getString(same), when + " " + same);
        }
        var raised = alerts(tenant).subList(0, alerts(tenant).size() - alerts);
        assertEquals(raised.stream().map(DryRunTest::kindAndFigures).toList(), check.getList("alerts"), when);
        if (allocates) {
            assertEquals(result.getString("price_per_point"), check.getString("price_per_point"), when);
            assertEquals(result.getString("currency"), check.getString("currency"), when);
            assertEquals(billed(price, currency, amount), check.getString("billed_cost"), when);
            assertEquals(used, check.getString("reference_used_by.allocation_id"), when);
        }
    }

    private static Map<String, Object> kindAndFigures(Map<String, Object> alert) {
        return Map.of("kind", alert.get("kind"), "figures", alert.get("figures"));
    }

    private static String billed(BigDecimal price, String currency, long amount) {
        int digits = Map.of("INR", 2, "JPY", 0, "KWD", 3).get(currency);
        return price.multiply(BigDecimal.valueOf(amount))
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** The newest first, whatever their state. */
    private static List<Map<String, Object>> alerts(UUID tenant) {
        return new ArrayList<>(admin().queryParams(Map.of("tenant_id", tenant, "limit", 200))
                .get("/api/platform/alerts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, Object>>getList("items"));
    }

    /** The newest allocation under a note, as the history has it. */
    private static String note(UUID tenant, String note) {
        JsonPath history = admin().queryParams(Map.of("kind", "allocation", "limit", 200))
                .get("/api/platform/allocations/history/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var notes = history.getList("items.reference_note");
        return notes.contains(note)
                ? history.getString("items[%s].allocation_id".formatted(notes.indexOf(note)))
                : null;
    }

    private static List<String> held(UUID tenant) {
        var read = admin().get("/api/platform/tenants/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return List.of(read.getString("balance"), read.getString("pool_version"));
    }

    private static void changeContract(UUID tenant, String currency, BigDecimal price) {
        admin().body(Map.of("currency", currency, "price_per_point", price.toPlainString()))
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
    }

    private static Response check(String route, Map<String, Object> body) {
        return admin().body(body).post(route + "/check");
    }

    private static Map<String, Object> allocation(UUID tenant, long amount, String currency, String note) {
        return Map.of("tenant_id", tenant, "amount", amount, "currency", currency, "reference_note", note);
    }

    private static Map<String, Object> clawback(UUID tenant, long amount) {
        return Map.of("tenant_id", tenant, "amount", amount, "reason", "a mistake");
    }

    @Test
    void theCheckOfAnAllocationSaysUntilWhenItsPointsCouldBeUsed() {
        var tenant = AllocationTest.register();
        var body = new HashMap<>(allocation(tenant, 5, "INR", "Order 7"));
        var route = "/api/platform/allocations/allocate";
        check(route, body).then().statusCode(200).body("expires_on", nullValue());
        var day = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
        body.put("expires", Map.of("on", day));
        check(route, body).then().statusCode(200).body("expires_on", equalTo(day));
        body.put("expires", Map.of("on", day, "after", "P1D"));
        check(route, body).then().statusCode(400).body("errors.field", contains("expires.on"));
        body.put("expires", Map.of("on", "2027-09-31"));
        check(route, body).then().statusCode(400).body("errors.field", contains("expires.on"));
    }

    /** Among a tenant's many allocations the note is found by its index. They are there for this question alone. */
    @Test
    void aNoteIsFoundByItsIndex() {
        var tenant = AllocationTest.register();
        var plan = Tables.asOwner(connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        insert into allocation_logs (id, tenant_id, kind, amount, currency, price_per_point, reference_note,
                               balance_after, pool_version, event_id, created_by, created_at)
                        select gen_random_uuid(), '%s', 'allocation', 1, 'INR', 1, 'note ' || n, n, n, gen_random_uuid(),
                               gen_random_uuid(), now() from generate_series(1, 2000) n""".formatted(tenant));
                statement.execute("analyze allocation_logs");
                return String.join("\n", Tables.column(connection, """
                        explain select id from allocation_logs
                        where tenant_id = '%s' and md5(reference_note) = md5('note 7') and kind = 'allocation'
                          and reference_note = 'note 7'
                        order by id desc limit 1""".formatted(tenant)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
        assertTrue(plan.contains("allocation_logs_by_reference"), plan);
    }
}
