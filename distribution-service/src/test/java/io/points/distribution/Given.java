package io.points.distribution;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent;
import io.points.contract.RefusalReason;
import io.points.contract.Topic;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A tenant of its own for each test, and the words in which tests speak of it. */
public final class Given implements AutoCloseable {

    private static final long LAST = 0xffffffff_ffff_4fffL;

    /** The request for a reversal. */
    public static final String REVERSAL = "{\"reason\": \"Given to the wrong person\"}";

    public final UUID tenant;
    public final UUID manager = UUID.randomUUID();
    public final UUID lead = UUID.randomUUID();
    public final UUID employee = UUID.randomUUID();
    public final TestKafka kafka = new TestKafka();

    private Given(UUID tenant) {
        this.tenant = tenant;
    }

    /** A tenant with a manager, a lead and an employee in its directory. */
    public static Given tenant() {
        return tenant(UUID.randomUUID());
    }

    /** As above; nearly all other tenants come before it in the order of ids. */
    public static Given lastTenant() {
        return tenant(new UUID(LAST, UUID.randomUUID().getLeastSignificantBits()));
    }

    private static Given tenant(UUID id) {
        var given = new Given(id);
        given.member(given.lead, "lead", true);
        given.member(given.employee, "employee", true);
        return given;
    }

    public ValidatableResponse member(UUID user, String role, boolean active) {
        return as(manager, "manager")
                .body("{\"role\": \"%s\", \"active\": %s}".formatted(role, active))
                .put("/api/members/" + user)
                .then()
                .statusCode(200);
    }

    public RequestSpecification as(UUID user, String... roles) {
        return given().auth().oauth2(Tokens.of(user, tenant, roles)).contentType(ContentType.JSON);
    }

    public RequestSpecification asManager() {
        return as(manager, "manager");
    }

    public RequestSpecification asLead() {
        return as(lead, "lead");
    }

    public RequestSpecification asEmployee() {
        return as(employee, "employee");
    }

    /** An award by the manager, answered at once. */
    public UUID requestAward(long amount) {
        return requested(asManager(), "award-points", employee, amount);
    }

    public UUID requestDelegation(long amount) {
        return requested(asManager(), "distribute-to-lead", lead, amount);
    }

    /** An all-or-nothing batch with the employee as its only receiver. */
    public UUID requestBatch(long amount) {
        return requestBatch("all_or_nothing", Map.of(employee, amount));
    }

    /** A batch by the manager. */
    public UUID requestBatch(String mode, Map<UUID, Long> amounts) {
        return requestBatch(mode, amounts, "Year-end");
    }

    /** A batch by the manager, with these words for all. */
    public UUID requestBatch(String mode, Map<UUID, Long> amounts, String description) {
        return UUID.fromString(asManager()
                .header("Prefer", "respond-async")
                .body(batch(mode, amounts).replace("Year-end", description))
                .post("/api/allocations/award-points/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("batch_id"));
    }

    public static String batch(String mode, Map<UUID, Long> amounts) {
        var receivers = amounts.entrySet().stream()
                .map(entry -> "{\"to_user_id\": \"%s\", \"amount\": %s}".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return "{\"mode\": \"%s\", \"description\": \"Year-end\", \"receivers\": [%s]}".formatted(mode, receivers);
    }

    public ValidatableResponse batch(UUID id) {
        return asManager().get("/api/allocations/award-points/batch/" + id).then();
    }

    public void awaitBatch(UUID id, String state) {
        // One of 10,000 receivers is a transaction that may take as long as any.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> batch(id).extract().path("state").equals(state));
    }

    /** A new member with a name or an address; null for none. */
    public UUID named(String name, String role, boolean active, String email) {
        var id = UUID.randomUUID();
        var body = new HashMap<String, Object>(Map.of("role", role, "active", active));
        body.put("display_name", name);
        body.put("email", email);
        asManager().body(body).put("/api/members/" + id).then().statusCode(200);
        return id;
    }

    /** A new employee in the directory. */
    public UUID newEmployee() {
        var id = UUID.randomUUID();
        member(id, "employee", true);
        return id;
    }

    /** Many employees at once, past the HTTP interface. */
    public void enrol(List<UUID> employees) {
        var ids = employees.stream().map(UUID::toString).collect(Collectors.joining(","));
        sql("insert into members (tenant_id, user_id, role, active, revision, enrolled_at, updated_at)"
                + " select '%s', id, 'employee', true, 1, now(), now() from unnest('{%s}'::uuid[]) as id"
                        .formatted(tenant, ids));
    }

    private UUID requested(RequestSpecification by, String route, UUID to, long amount) {
        return UUID.fromString(by.header("Prefer", "respond-async")
                .body(award(to, amount))
                .post("/api/allocations/" + route)
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
    }

    public static String award(UUID to, long amount) {
        return "{\"to_user_id\": \"%s\", \"amount\": %s, \"description\": \"Outstanding Q1\"}".formatted(to, amount);
    }

    /** The pool answers that it has given the points. */
    public void poolDebits(UUID distribution, DistributionKind kind, long amount) {
        kafka.send(new PoolEvent.PoolDebited(distribution, tenant, kind, amount, 1_000, 1));
    }

    /** The same for an all-or-nothing batch, once it has asked. */
    public void poolDebitsBatch(UUID batch, long amount) {
        awaitCommand(DebitPool.class, batch);
        poolDebits(batch, DistributionKind.BATCH, amount);
    }

    public void poolRefuses(UUID distribution, long amount) {
        kafka.send(new PoolEvent.PoolDebitRefused(
                distribution, tenant, amount, RefusalReason.INSUFFICIENT_POOL_BALANCE, 0, 1));
    }

    public void poolCancels(UUID distribution, long refunded) {
        kafka.send(new PoolEvent.PoolDebitCancelled(distribution, tenant, refunded, 1_000, 2));
    }

    public void poolRefunds(UUID distribution, long refunded) {
        kafka.send(new PoolEvent.PoolRefunded(distribution, tenant, refunded, 1_000, 2));
    }

    /** A new department, of no other. */
    public UUID department(String name) {
        var id = UUID.randomUUID();
        department(id, "{\"name\": \"" + name + "\"}").statusCode(200);
        return id;
    }

    public ValidatableResponse department(UUID id, String body) {
        return asManager().body(body).put("/api/departments/" + id).then();
    }

    /** From now on others have to approve awards of more than so many points. */
    public void needsApprovalAbove(long points, int levels) {
        asManager()
                .body("""
                        {"earned": {}, "rules": [{"id": "large", "of": "award", "points_above": %s, "then": "approve",
                          "levels": %s, "hours": 24}]}""".formatted(points, levels))
                .put("/api/policy")
                .then()
                .statusCode(200);
    }

    /** From now on taking back more points than that takes two people; null: it never does. */
    public void undoTakesTwoAbove(@Nullable Long points) {
        asManager()
                .body("{\"earned\": {}, \"rules\": [], \"undo_approval_above\": " + points + "}")
                .put("/api/policy")
                .then()
                .statusCode(200)
                .body("undo_approval_above", equalTo(points == null ? null : points.intValue()));
    }

    /** The reversal of an award that waits for approval, asked for by the manager. */
    public UUID proposedReversal(long amount) {
        undoTakesTwoAbove(amount - 1);
        var award = requestAward(amount);
        poolDebits(award, DistributionKind.AWARD, amount);
        awaitState(award, "COMPLETED");
        return UUID.fromString(asManager()
                .body(REVERSAL)
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then()
                .statusCode(202)
                .extract()
                .path("proposal_id"));
    }

    /** An award by the manager that waits for approval. */
    public UUID heldAward(long amount) {
        needsApprovalAbove(100, 1);
        var award = requestAward(amount);
        poolDebits(award, DistributionKind.AWARD, amount);
        awaitState(award, "HELD");
        return award;
    }

    /** A lead with that much in the budget. */
    /** The employee is awarded from the pool. */
    public void awardedFromPool(long amount) {
        var award = requestAward(amount);
        poolDebits(award, DistributionKind.AWARD, amount);
        awaitState(award, "COMPLETED");
    }

    /**
     * What is earned from now on lapses.
     *
     * @param after such as {@code P90D}
     */
    public void earnedLapsesAfter(String after, String to) {
        asManager()
                .body("{\"earned\": {\"expires\": {\"after\": \"%s\"}, \"to\": \"%s\"}}".formatted(after, to))
                .put("/api/policy")
                .then()
                .statusCode(200);
    }

    public void budget(long amount) {
        var delegation = requestDelegation(amount);
        poolDebits(delegation, DistributionKind.DELEGATION, amount);
        awaitState(delegation, "COMPLETED");
    }

    /** A lead nominates the employee. */
    public UUID wish(long amount) {
        return wish(amount, UUID.randomUUID());
    }

    /** Somebody nominates the employee. */
    public UUID wish(long amount, UUID by) {
        return UUID.fromString(as(by, "lead")
                .body("{\"kind\": \"nomination\", \"to_user_id\": \"%s\", \"amount\": %s, \"note\": \"They helped\"}"
                        .formatted(employee, amount))
                .post("/api/wishes")
                .then()
                .statusCode(201)
                .extract()
                .path("wish_id"));
    }

    public ValidatableResponse distribution(UUID id) {
        return asManager().get("/api/allocations/distributions/" + id).then();
    }

    public void awaitState(UUID id, String state) {
        Awaitility.await().until(() -> distribution(id).extract().path("state").equals(state));
    }

    public int budgetOf(UUID user) {
        return asManager()
                .get("/api/wallets/" + user)
                .then()
                .statusCode(200)
                .extract()
                .path("budget.balance");
    }

    public int earnedBy(UUID user) {
        return asManager()
                .get("/api/wallets/" + user)
                .then()
                .statusCode(200)
                .extract()
                .path("earned.balance");
    }

    /** The commands that were sent to the pool for a distribution, with every repetition. */
    public <C extends PoolCommand> List<C> commands(Class<C> type, UUID distribution) {
        return kafka.deliveries(Topic.POOL_COMMANDS, type, tenant).stream()
                .filter(command -> command.distributionId().equals(distribution))
                .toList();
    }

    public <C extends PoolCommand> C awaitCommand(Class<C> type, UUID distribution) {
        return Awaitility.await()
                .until(() -> commands(type, distribution), commands -> !commands.isEmpty())
                .get(0);
    }

    /** Lets an open distribution's time run out, as if it had been asked for long ago. */
    public void timePasses(UUID distribution) {
        awaitCommand(DebitPool.class, distribution);
        sql("update distributions set due_at = now() - interval '1 second' where due_at is not null and id = '"
                + distribution + "'");
    }

    /** Points leave a wallet, as if they had been spent. */
    public void spends(UUID user, long amount) {
        String adjustment = as(UUID.randomUUID(), "platform-admin")
                .body("""
                        {"tenant_id": "%s", "user_id": "%s", "account": "earned", "amount": %s, "reason": "Test"}""".formatted(tenant, user, -amount))
                .post("/api/platform/adjustments/wallets")
                .then()
                .statusCode(200)
                .extract()
                .path("adjustment_id");
        as(UUID.randomUUID(), "platform-admin")
                .post("/api/platform/adjustments/wallets/" + adjustment + "/approve")
                .then()
                .statusCode(200);
    }

    /** Lets the time pass in which what waits could be approved. */
    public static void theTimeToApproveIsOver(UUID distribution) {
        sql("update distributions set held_until = now() - interval '1 second' where id = '" + distribution + "'");
    }

    /** Lets the time pass in which somebody could have decided about what is to be taken back. */
    public static void theTimeToDecideIsOver(UUID proposal) {
        sql("update undo_proposals set expires_at = now() - interval '1 second' where id = '" + proposal + "'");
    }

    /** Lets so many days pass since a distribution was asked for. */
    public static void daysPassSince(UUID distribution, int days) {
        sql("update distributions set created_at = created_at - interval '" + days + " days' where id = '"
                + distribution + "'");
    }

    /** Lets the time pass after which a return that was set aside is asked for again. */
    public void longAfterItWasSetAside(UUID distribution) {
        sql("update distributions set asked_at = now() - interval '6 minutes' where id = '" + distribution + "'");
    }

    /** Stops the time of everything that is open, whichever test has left it so. */
    public static void nothingFallsDue() {
        sql("update distributions set due_at = now() + interval '1 hour' where due_at is not null");
    }

    /** Waits until every batch, whichever test has asked for it, has been begun in full. */
    public static void awaitAllBegun() {
        Awaitility.await().until(() -> number("select count(*) from batches where waiting") == 0);
    }

    /** Waits until this batch has been begun in full. */
    public static void awaitBegun(UUID batch) {
        Awaitility.await()
                .until(() -> number("select count(*) from batches where waiting and id = '" + batch + "'") == 0);
    }

    private static long number(String query) {
        return Tables.asApp(connection -> Tables.number(connection, query));
    }

    private static void sql(String statement) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute(statement);
            }
        });
    }

    @Override
    public void close() {
        kafka.close();
    }
}
