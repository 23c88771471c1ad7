package io.points.allocation;

import static io.points.allocation.AllocationTest.ADMIN;
import static io.points.allocation.AllocationTest.admin;
import static io.points.allocation.AllocationTest.allocate;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.closing.ClosingRound;
import io.points.contract.Account;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.contract.RefusalReason;
import io.points.contract.Settlement;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant is closed, from the proposal to its end. */
@AllocationServiceTest
class ClosingTest {

    private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final LocalDate UNTIL = TODAY.plusDays(45);

    @Inject
    ClosingRound round;

    private final TestKafka kafka = new TestKafka();
    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
        allocate(tenant, 1_000).statusCode(201);
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void itEndsWithEverythingAtZero() {
        schedule();
        var closing = propose(terms(UNTIL, "credit", "expire"))
                .statusCode(202)
                .body("step", equalTo("proposed"))
                .body("earned_until", equalTo(UNTIL.toString()))
                .body("proposed_by", equalTo(ADMIN.toString()))
                .body("approved_by", nullValue())
                .extract()
                .<String>path("closing_id");
        allocate(tenant, 5).statusCode(201);
        approve(closing);
        progress("recalling").body("approved_by", equalTo(SECOND.toString())).body("begun_at", notNullValue());
        status("closing");
        assertNothingIsGivenAnyMore("closing");

        look();
        progress("recalling");
        recalled(closing, 40);
        progress("waiting").body("recalled", equalTo(40)).body("recalled_at", notNullValue());
        look();
        status("closing");
        emptied(closing, 7);
        progress("draining").body("emptied", equalTo(7));
        look();
        progress("closed").body("drained", equalTo(1_005)).body("closed_at", notNullValue());
        status("closed");
        assertBalance(0);
        assertNothingIsGivenAnyMore("closed");
        admin().get("/api/platform/schedules?tenant_id=" + tenant).then().body("items.state", contains("ended"));

        // Told again, and looked at again: nothing follows.
        var id = UUID.fromString(closing);
        kafka.send(new BudgetsRecalled(id, tenant, 41));
        kafka.send(new WalletsClosed(id, tenant, 8));
        awaitAllHeard();
        look();
        var told = awaitTold(3);
        assertEquals(new TenantClosing(tenant, 2, id, UNTIL, Settlement.CREDIT, Settlement.EXPIRE, ADMIN), told.get(0));
        var clawback = (PointsClawedBack) told.get(1);
        assertEquals(1_005, clawback.amount());
        assertEquals("The tenant is closed", clawback.reason());
        assertEquals(new TenantClosed(tenant, 3, id), told.get(2));
        progress("closed").body("recalled", equalTo(40)).body("emptied", equalTo(7));
    }

    /** After 30 days, and told again until it is done. */
    @Test
    void whatIsKnownOfItsPeopleIsDeletedAMonthAfterTheEnd() {
        erasePeople().statusCode(409).body("type", equalTo("urn:points:problem:erasure-too-early"));
        String closing = propose(terms(UNTIL, "credit", "expire"))
                .statusCode(202)
                .extract()
                .path("closing_id");
        approve(closing);
        recalled(closing, 0);
        erasePeople().statusCode(409).body("from", nullValue());
        emptied(closing, 0);
        look();
        progress("closed").body("erasure_requested_at", nullValue());
        erasePeople().statusCode(409).body("from", notNullValue());
        change("closed_at = now() - interval '30 days' + interval '1 minute'");
        erasePeople().statusCode(409);
        // An old one, or one of whoever has asked for nothing, says nothing.
        var id = UUID.fromString(closing);
        kafka.send(new PeopleErased(id, tenant, 7));
        awaitAllHeard();
        progress("closed").body("people_erased", nullValue());

        change("closed_at = now() - interval '30 days'");
        erasePeople()
                .statusCode(200)
                .body("erasure_requested_at", notNullValue())
                .body("people_erased_at", nullValue());
        erasePeople().statusCode(200);
        var asked = Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.POOL_EVENTS, PeopleErasureRequested.class, tenant),
                        found -> found.size() == 2);
        assertEquals(new PeopleErasureRequested(tenant, id), asked.get(0));
        kafka.send(new PeopleErased(id, tenant, 7));
        awaitHeard("people_erased_at");
        progress("closed").body("people_erased", equalTo(7));
        erasePeople().statusCode(200).body("people_erased", equalTo(7));
        assertEquals(
                2,
                kafka.messages(Topic.POOL_EVENTS, PeopleErasureRequested.class, tenant)
                        .size());
    }

    private ValidatableResponse erasePeople() {
        return admin().post("/api/platform/tenants/" + tenant + "/erase-people").then();
    }

    private void change(String what) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute("update closings set " + what + " where tenant_id = '" + tenant + "'");
            }
        });
    }

    @Test
    void whatIsNotCreditedLapses() {
        var closing = begin(terms(UNTIL, "expire", "expire"));
        recalled(closing, 0);
        emptied(closing, 0);
        look();
        status("closed");
        assertBalance(0);
        var id = UUID.fromString(closing);
        assertEquals(
                new PoolExpired(id, tenant, UNTIL, 1_000, 0, 2), awaitTold(3).get(1));
        // Its sums are told from its entries, which an adjustment makes sure of.
        assertEquals(
                List.of("1000 1000"),
                column("select t.expired || ' ' || -l.amount from tenants t join pool_ledger l on l.tenant_id = t.id"
                        + " where t.id = '%s' and l.kind = 'expiry'"));
    }

    @Test
    void whatIsMoreThanOneClawbackTakesIsTakenInParts() {
        allocate(tenant, 1_000_000_000_000L).statusCode(201);
        allocate(tenant, 1_000_000_000_000L).statusCode(201);
        var closing = begin(terms(TODAY, "credit", "credit"));
        recalled(closing, 0);
        emptied(closing, 0);
        look();
        progress("closed").body("drained", equalTo(2_000_000_001_000L));
        assertEquals(
                List.of(1_000_000_000_000L, 1_000_000_000_000L, 1_000L),
                awaitTold(5).stream()
                        .filter(PointsClawedBack.class::isInstance)
                        .map(it -> ((PointsClawedBack) it).amount())
                        .toList());
    }

    @Test
    void whatComesBackMeanwhileIsThereAtTheEnd() {
        var delegation = UUID.randomUUID();
        kafka.send(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 400));
        awaitBalance(600);
        var closing = begin(terms(UNTIL, "credit", "expire"));
        kafka.send(new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 400));
        awaitBalance(1_000);
        recalled(closing, 400);
        emptied(closing, 0);
        look();
        progress("closed").body("drained", equalTo(1_000));
    }

    /** Points that a clawback holds are drained with the others. */
    @Test
    void proposalsThatWaitEndWithIt() {
        var clawback = ProposalTest.propose(tenant, 800);
        var closing = begin(terms(UNTIL, "credit", "expire"));
        recalled(closing, 0);
        emptied(closing, 0);
        look();
        progress("closed").body("drained", equalTo(1_000));
        admin().get("/api/platform/proposals/" + clawback)
                .then()
                .body("state", equalTo("expired"))
                .body("reserved", equalTo(0));
        assertBalance(0);
    }

    @Test
    void itTakesTwoPeopleAndIsProposedOnceAtATime() {
        String closing = propose(terms(UNTIL, "credit", "expire"))
                .statusCode(202)
                .extract()
                .path("closing_id");
        decide(ADMIN, closing, "approve")
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:second-person-required"));
        propose(terms(UNTIL, "expire", "expire"))
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:closing-proposed-already"))
                .body("proposal_id", equalTo(closing));
        as(SECOND)
                .body(Map.of("reason", "They stay"))
                .post("/api/platform/proposals/" + closing + "/reject")
                .then()
                .statusCode(200);
        progress("not_approved");
        status("active");
        String second = propose(terms(UNTIL, "expire", "expire"))
                .statusCode(202)
                .extract()
                .path("closing_id");
        decide(ADMIN, second, "withdraw").statusCode(200);
        progress("not_approved");
        begin(terms(UNTIL, "expire", "expire"));
        propose(terms(UNTIL, "expire", "expire"))
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:tenant-closing"));
    }

    @Test
    void itIsCalledOffByTwoPeopleUntilItsDayIsOver() {
        callOff().statusCode(409).body("type", equalTo("urn:points:problem:not-closing"));
        var closing = begin(terms(UNTIL, "credit", "expire"));
        recalled(closing, 30);
        String proposal = callOff()
                .statusCode(202)
                .body("kind", equalTo("calling_off"))
                .extract()
                .path("proposal_id");
        callOff().statusCode(409).body("type", equalTo("urn:points:problem:closing-proposed-already"));
        progress("waiting").body("call_off_id", equalTo(proposal));
        decide(ADMIN, proposal, "approve").statusCode(409);
        approve(proposal);
        progress("called_off").body("called_off_at", notNullValue()).body("call_off_id", nullValue());
        status("active");
        allocate(tenant, 1).statusCode(201);
        kafka.send(new WalletsClosed(UUID.fromString(closing), tenant, 0));
        awaitAllHeard();
        look();
        progress("called_off");
        assertBalance(1_001);
        assertEquals(
                new TenantClosingCalledOff(tenant, 3, UUID.fromString(closing)),
                awaitTold(2).get(1));

        // It can be closed afterwards, and then it can be too late.
        var again = begin(terms(TODAY, "credit", "credit"));
        recalled(again, 0);
        emptied(again, 0);
        progress("draining");
        callOff().statusCode(409).body("type", equalTo("urn:points:problem:closing-too-far"));
        look();
        status("closed");
        callOff().statusCode(409);
    }

    /** What distribution-service has not told, or of another closing, moves nothing. */
    @Test
    void whoeverTellsOfAnotherClosingChangesNothing() {
        var other = AllocationTest.register();
        var closing = begin(terms(UNTIL, "credit", "expire"));
        var id = UUID.fromString(closing);
        kafka.send(new WalletsClosed(id, tenant, 1));
        kafka.send(new BudgetsRecalled(UUID.randomUUID(), tenant, 1));
        kafka.send(new BudgetsRecalled(id, other, 1));
        recalled(closing, 2);
        progress("waiting").body("recalled", equalTo(2)).body("emptied_at", nullValue());
        look();
        assertBalance(1_000);
    }

    @Test
    void twoRoundsAtOnceCloseItOnce() {
        var closing = begin(terms(UNTIL, "credit", "expire"));
        recalled(closing, 0);
        emptied(closing, 0);
        CompletableFuture<Void> first;
        CompletableFuture<Void> second;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(this::look);
            hold.awaitHit();
            second = SideBySide.begin(this::look);
            Rivals.awaitBlocked();
        }
        first.join();
        second.join();
        progress("closed").body("drained", equalTo(1_000));
        assertEquals(3, awaitTold(3).size());
    }

    /** As when the service dies before the commit. */
    @Test
    void aRoundThatFailsIsMadeUpForByTheNext() {
        var closing = begin(terms(UNTIL, "credit", "expire"));
        recalled(closing, 0);
        emptied(closing, 0);
        CompletableFuture<Void> first;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(this::look);
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        first.join();
        assertBalance(1_000);
        progress("draining");
        look();
        progress("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01, credit, expire, 422, earned_until",
        "2020-01-01, expire, credit, 422, earned_until earned_then",
        "2021-02-30, credit, expire, 400, earned_until",
        "soon, credit, expire, 400, earned_until",
        "2999-12-31, credit, expire, 422, earned_until",
        "2999-12-31, burn, expire, 400, unspent",
        "2999-12-31, credit, keep, 400, earned_then"
    })
    void whatNoClosingCanBeIsNamed(String until, String unspent, String earnedThen, int status, String fields) {
        var body = Map.of("reason", "It ends", "earned_until", until, "unspent", unspent, "earned_then", earnedThen);
        for (var route : List.of("/close", "/close/check")) {
            post(route, body).statusCode(status).body("errors.field", containsInAnyOrder((Object[]) fields.split(" ")));
        }
        admin().get("/api/platform/tenants/" + tenant + "/closing").then().statusCode(404);
        status("active");
    }

    @Test
    void theCheckSaysWhatItWouldDoAndDoesNothing() {
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.DELEGATION, 300));
        awaitBalance(700);
        post("/close/check", terms(UNTIL, "credit", "expire"))
                .statusCode(200)
                .body("in_pool", equalTo(700))
                .body("in_flight", equalTo(300))
                .body("in_budgets", equalTo(0))
                .body("earned", equalTo(0))
                .body("credited", equalTo(1_000))
                .body("expired", equalTo(0));
        post("/close/check", terms(UNTIL, "expire", "expire"))
                .body("credited", equalTo(0))
                .body("expired", equalTo(1_000));
        admin().get("/api/platform/tenants/" + tenant + "/closing").then().statusCode(404);
    }

    @Test
    void ofAnUnknownTenantThereIsNothing() {
        var unknown = "/api/platform/tenants/" + UUID.randomUUID();
        for (var route : List.of("/close", "/close/check")) {
            admin().body(terms(UNTIL, "credit", "expire"))
                    .post(unknown + route)
                    .then()
                    .statusCode(404);
        }
        admin().body(Map.of("reason", "x"))
                .post(unknown + "/close/call-off")
                .then()
                .statusCode(404);
        admin().get(unknown + "/closing").then().statusCode(404);
    }

    private void assertNothingIsGivenAnyMore(String word) {
        allocate(tenant, 1).statusCode(409).body("type", equalTo("urn:points:problem:tenant-" + word));
        for (var step : List.of("suspend", "reactivate")) {
            post("/" + step, Map.of("reason", "x"))
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:tenant-" + word));
        }
        var debit = new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 1);
        kafka.send(debit);
        Awaitility.await()
                .untilAsserted(
                        () -> assertTrue(kafka.messages(Topic.POOL_EVENTS, PoolDebitRefused.class, tenant).stream()
                                .anyMatch(it -> it.distributionId().equals(debit.distributionId())
                                        && it.reason()
                                                == RefusalReason.valueOf("TENANT_" + word.toUpperCase(Locale.ROOT)))));
    }

    private void schedule() {
        admin().body(Map.of(
                        "tenant_id", tenant,
                        "name", "Each month",
                        "mode", "add",
                        "amount", 500,
                        "currency", "INR",
                        "reference_note", "Refill {period}",
                        "every", "month",
                        "day", "1",
                        "at", "00:05"))
                .post("/api/platform/schedules")
                .then()
                .statusCode(201);
    }

    private static Map<String, Object> terms(LocalDate until, String unspent, String earnedThen) {
        return Map.of(
                "reason",
                "The contract ends",
                "earned_until",
                until.toString(),
                "unspent",
                unspent,
                "earned_then",
                earnedThen);
    }

    private String begin(Map<String, Object> terms) {
        String closing = propose(terms).statusCode(202).extract().path("closing_id");
        approve(closing);
        return closing;
    }

    private ValidatableResponse propose(Map<String, Object> terms) {
        return post("/close", terms);
    }

    private ValidatableResponse callOff() {
        return post("/close/call-off", Map.of("reason", "They stay"));
    }

    private ValidatableResponse post(String route, Object body) {
        return admin().body(body)
                .post("/api/platform/tenants/" + tenant + route)
                .then();
    }

    private static void approve(String proposal) {
        decide(SECOND, proposal, "approve").statusCode(200).body("state", equalTo("approved"));
    }

    private static ValidatableResponse decide(UUID by, String proposal, String what) {
        return as(by).post("/api/platform/proposals/" + proposal + "/" + what).then();
    }

    private static RequestSpecification as(UUID user) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.of(user, null, "platform-admin"))
                .contentType(ContentType.JSON);
    }

    private void recalled(String closing, long points) {
        kafka.send(new BudgetsRecalled(UUID.fromString(closing), tenant, points));
        awaitHeard("recalled_at");
    }

    private void emptied(String closing, long points) {
        kafka.send(new WalletsClosed(UUID.fromString(closing), tenant, points));
        awaitHeard("emptied_at");
    }

    /** Whatever was told of the tenant before. */
    private void awaitAllHeard() {
        var lapse = UUID.randomUUID();
        var eventId = Ids.derive(lapse, "PointsExpired");
        kafka.send(
                eventId,
                new PointsExpired(lapse, tenant, UUID.randomUUID(), Account.EARNED, LapseReason.AGE, TODAY, 1, 1, 0),
                Instant.now());
        Awaitility.await()
                .until(() -> column("select count(*)::text from wallet_movements where event_id = '" + eventId + "'")
                        .equals(List.of("1")));
    }

    private void awaitHeard(String column) {
        Awaitility.await().until(() -> column("select (" + column
                        + " is not null)::text from closings where tenant_id = '%s' order by id desc limit 1")
                .equals(List.of("true")));
    }

    private void look() {
        round.look().await().indefinitely();
    }

    private ValidatableResponse progress(String step) {
        return admin().get("/api/platform/tenants/" + tenant + "/closing")
                .then()
                .statusCode(200)
                .body("step", equalTo(step));
    }

    private void status(String status) {
        admin().get("/api/platform/tenants/" + tenant).then().body("status", equalTo(status));
    }

    private void assertBalance(int balance) {
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }

    private void awaitBalance(int balance) {
        Awaitility.await().untilAsserted(() -> assertBalance(balance));
    }

    /** What of the closing and of points that left was told, in its order, once there is so much. */
    private List<Message> awaitTold(int atLeast) {
        return Awaitility.await()
                .until(
                        () -> kafka.read(Topic.POOL_EVENTS).stream()
                                .map(TestKafka::message)
                                .filter(message -> tenant.equals(message.tenantId()))
                                .filter(message -> Stream.of(
                                                TenantClosing.class,
                                                TenantClosingCalledOff.class,
                                                TenantClosed.class,
                                                PointsClawedBack.class,
                                                PoolExpired.class)
                                        .anyMatch(type -> type.isInstance(message)))
                                .toList(),
                        told -> told.size() >= atLeast);
    }

    private List<String> column(String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(tenant)));
    }
}
