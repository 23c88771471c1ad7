package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static io.points.billing.Movements.newId;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PeriodEvent.PeriodClosed;
import io.points.contract.PeriodEvent.PeriodReopened;
import io.points.contract.PeriodEvent.PeriodReopeningProposed;
import io.points.contract.PeriodEvent.PeriodReopeningRejected;
import io.points.contract.PeriodEvent.PeriodSoftClosed;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import io.points.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months are closed by finance, and stay as they were closed. */
@QuarkusTest
class ClosingTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";
    private static final String FEBRUARY = "2026-02";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @Test
    void aMonthIsSoftClosedAndThenClosedWithADigest() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        period(JANUARY).body("state", equalTo("open")).body("statement_sha256", nullValue());

        act("soft-close").statusCode(200).body("state", equalTo("soft_closed"));
        act("close")
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("steps.action", equalTo(List.of("soft_closed", "closed")))
                .body("steps[1].created_by", equalTo(anna.toString()))
                .body("steps[1].reason", equalTo("month end"));

        String digest = period(JANUARY).extract().path("statement_sha256");
        var statement = statement(tenant, JANUARY);
        assertEquals(digest, statement.header("X-Statement-SHA256"));
        assertEquals(digest, io.points.contract.Sha256.hex(statement.asByteArray()));
    }

    @Test
    void whatIsSoAlreadyIsAnsweredAgain() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("soft-close").statusCode(200).body("steps.size()", equalTo(1));
        act("close");
        act("close").statusCode(200).body("steps.size()", equalTo(2));
        refused(act("soft-close"), "period-closed");
    }

    @Test
    void aMonthThatIsNotOverStaysOpen() {
        Waiting.outTheMonthsEnd();
        kafka.send(allocated(tenant, 100, 1));
        awaitHeard();
        var thisMonth = Period.of(Instant.now()).toString();

        refused(step(anna, tenant, thisMonth, "soft-close").then(), "period-not-over");
        refused(step(anna, tenant, thisMonth, "close").then(), "period-not-soft-closed");
    }

    @Test
    void closingWaitsForEveryVersionOfThePoolUpToTheMonthsEnd() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-07T10:00:00Z", allocated(tenant, 100, 3));
        awaitHeard();
        act("soft-close");
        refused(act("close"), "period-incomplete")
                .body(
                        "detail",
                        equalTo("Version 2 of the pool has not been consumed yet; the month ends with version 3."
                                + " Retry later."));

        sendAt("2026-01-06T10:00:00Z", debited(40, 2));
        awaitHeard();
        act("close").statusCode(200);
    }

    /** Version 2 may have been the last one of January. */
    @Test
    void closingWaitsForAVersionBetweenTheMonths() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-02-01T00:00:01Z", allocated(tenant, 100, 3));
        awaitHeard();
        act("soft-close");
        refused(act("close"), "period-incomplete");

        sendAt("2026-01-31T23:59:59Z", clawedBack(tenant, 30, 2));
        awaitHeard();
        act("close").statusCode(200);
        statement(tenant, JANUARY).then().body("pool.clawed_back", equalTo(30)).body("pool.closing", equalTo(70));
    }

    @Test
    void closingWaitsForTheDebitOfWhatHasArrived() {
        var distribution = newId();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-06T10:00:01Z", awarded(distribution, 7));
        awaitHeard();
        act("soft-close");
        refused(act("close"), "period-incomplete");

        sendAt("2026-01-06T10:00:00Z", new PoolDebited(distribution, tenant, DistributionKind.AWARD, 7, 93, 2));
        awaitHeard();
        act("close").statusCode(200);
    }

    @Test
    void closingWaitsForTheWalletOfABudgetThatCameBack() {
        var distribution = newId();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-06T10:00:01Z", new PointsReturned(distribution, tenant, 7, 107, 2));
        awaitHeard();
        act("soft-close");
        refused(act("close"), "period-incomplete");

        sendAt("2026-01-06T10:00:00Z", new BudgetReturned(distribution, tenant, newId(), 7, 1, 0));
        awaitHeard();
        act("close").statusCode(200);
    }

    @Test
    void monthsAreClosedOneAfterTheOther() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 100, 2));
        awaitHeard();
        step(anna, tenant, FEBRUARY, "soft-close").then().statusCode(200);
        refused(step(anna, tenant, FEBRUARY, "close").then(), "earlier-period-open");

        act("soft-close");
        act("close").statusCode(200);
        step(anna, tenant, FEBRUARY, "close").then().statusCode(200);
    }

    @Test
    void aMonthBeforeTheTenantIsNobodys() {
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        for (var month : List.of(JANUARY, "1999-01")) {
            refused(step(anna, tenant, month, "soft-close").then(), "tenant-not-yet-known");
            refused(step(anna, tenant, month, "close").then(), "tenant-not-yet-known");
            period(month).body("state", equalTo("before_tenant"));
            statement(tenant, month).then().body("state", equalTo("before_tenant"));
        }
        step(anna, tenant, FEBRUARY, "soft-close").then().statusCode(200);
        step(anna, tenant, FEBRUARY, "close").then().statusCode(200);
        refused(act("close"), "later-period-closed");

        sendAt("2026-01-31T10:00:00Z", allocated(tenant, 7, 2));
        awaitHeard();
        period(JANUARY).body("state", equalTo("before_tenant"));
        statement(tenant, JANUARY).then().body("pool.allocated", equalTo(0));
        statement(tenant, "2026-03").then().body("pool.allocated", equalTo(7));
    }

    @Test
    void aMonthOfTheFutureHasNotBegun() {
        Waiting.outTheMonthsEnd();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        var next = Period.of(Instant.now()).next().toString();

        refused(step(anna, tenant, next, "soft-close").then(), "period-not-over");
        refused(step(anna, tenant, "2999-12", "soft-close").then(), "period-not-over");
        period(next).body("state", equalTo("not_begun"));
        statement(tenant, next).then().body("state", equalTo("not_begun"));
        period(Period.of(Instant.now()).toString()).body("state", equalTo("open"));
    }

    @Test
    void whatComesLateGoesIntoTheNextMonthAsACorrection() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("close").statusCode(200);
        var closed = statement(tenant, JANUARY).asString();

        sendAt("2026-01-31T23:59:59Z", allocated(tenant, 40, 2));
        sendAt("2026-01-31T23:59:59.5Z", clawedBack(tenant, 50, 3));
        sendAt("2026-01-31T23:59:59.7Z", awarded(newId(), 3));
        awaitHeard();

        assertEquals(closed, statement(tenant, JANUARY).asString());
        var next = statement(tenant, FEBRUARY).jsonPath();
        assertEquals(100, next.getLong("pool.opening"));
        assertEquals(40, next.getLong("pool.allocated"));
        assertEquals(50, next.getLong("pool.clawed_back"));
        assertEquals(List.of("Purchase", "Credit", "Credit"), next.getList("entries.charge_category"));
        assertEquals(List.of("Correction", "Correction", "Correction"), next.getList("entries.charge_class"));
        assertEquals(List.of("2026-02", "2026-02", "2026-02"), next.getList("entries.billing_period"));
        assertEquals(3, next.getLong("closing.liability"));
        assertEquals(-1_000, next.getLong("billed[0].total_minor"));
        assertEquals(-1_000, next.getLong("billed[0].corrections_minor"));
    }

    @Test
    void aCreditOfAClosedMonthsPurchaseIsACorrection() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("close").statusCode(200);
        sendAt("2026-02-05T10:00:00Z", clawedBack(tenant, 10, 2));
        awaitHeard();

        var next = statement(tenant, FEBRUARY).jsonPath();
        assertEquals("Correction", next.getString("entries[0].charge_class"));
    }

    @Test
    void reopeningTakesTwoFinanceUsers() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        String first = act("close").extract().path("statement_sha256");
        refused(step(ben, tenant, JANUARY, "reopen/approve").then(), "reopening-not-proposed");
        act("reopen")
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("reopening_proposed_by", equalTo(anna.toString()));
        refused(act("reopen/approve"), "second-person-required");
        step(ben, tenant, JANUARY, "reopen/approve")
                .then()
                .statusCode(200)
                .body("state", equalTo("open"))
                .body("statement_sha256", nullValue());

        sendAt("2026-01-06T10:00:00Z", allocated(tenant, 40, 2));
        awaitHeard();
        act("soft-close");
        String second = act("close").statusCode(200).extract().path("statement_sha256");
        assertNotEquals(first, second);
        statement(tenant, JANUARY)
                .then()
                .body("pool.allocated", equalTo(140))
                .body("entries.charge_class", equalTo(nulls(2)));
        period(JANUARY)
                .body(
                        "steps.action",
                        equalTo(List.of(
                                "soft_closed", "closed", "reopening_proposed", "reopened", "soft_closed", "closed")))
                .body("steps[1].statement_sha256", equalTo(first));
    }

    @Test
    void aProposalStaysItsAuthorsAndCanBeSetAside() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("close").statusCode(200);
        act("reopen").statusCode(200);
        refused(step(ben, tenant, JANUARY, "reopen").then(), "reopening-proposed-already");
        refused(act("reopen/approve"), "second-person-required");
        step(ben, tenant, JANUARY, "reopen/reject")
                .then()
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("reopening_proposed_by", nullValue());
        refused(step(ben, tenant, JANUARY, "reopen/approve").then(), "reopening-not-proposed");
        refused(act("reopen/reject"), "reopening-not-proposed");

        step(ben, tenant, JANUARY, "reopen").then().statusCode(200);
        step(ben, tenant, JANUARY, "reopen/reject").then().statusCode(200);
        step(ben, tenant, JANUARY, "reopen").then().statusCode(200);
        act("reopen/approve").statusCode(200).body("state", equalTo("open"));
    }

    @Test
    void aProposalDiesWithTheBooksThatItWasAbout() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("close").statusCode(200);
        act("reopen").statusCode(200).body("reopening_proposed_by", equalTo(anna.toString()));
        step(anna, tenant, FEBRUARY, "soft-close").then().statusCode(200);
        step(anna, tenant, FEBRUARY, "close").then().statusCode(200);
        refused(step(ben, tenant, JANUARY, "reopen/approve").then(), "later-period-closed");
        step(anna, tenant, FEBRUARY, "reopen").then().statusCode(200);
        step(ben, tenant, FEBRUARY, "reopen/approve").then().statusCode(200);

        period(JANUARY).body("state", equalTo("closed")).body("reopening_proposed_by", nullValue());
        refused(step(ben, tenant, JANUARY, "reopen/approve").then(), "reopening-outdated");
        step(ben, tenant, JANUARY, "reopen")
                .then()
                .statusCode(200)
                .body("reopening_proposed_by", equalTo(ben.toString()));
        act("reopen/approve").statusCode(200).body("state", equalTo("open"));
    }

    /** With who, when, why, the revision and the statement's digest: what audit-service records. */
    @Test
    void eachStepOfAMonthIsTold() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("soft-close");
        String digest = act("close").extract().path("statement_sha256");
        act("reopen");
        step(ben, tenant, JANUARY, "reopen/reject");
        act("reopen");
        step(ben, tenant, JANUARY, "reopen/approve");
        act("soft-close");
        refused(step(anna, tenant, FEBRUARY, "close").then(), "period-not-soft-closed");

        var why = "month end";
        assertEquals(
                List.of(
                        new PeriodSoftClosed(tenant, JANUARY, 1, 1, why, anna),
                        new PeriodClosed(tenant, JANUARY, 2, 1, why, anna, digest),
                        new PeriodReopeningProposed(tenant, JANUARY, 3, 1, why, anna, digest),
                        new PeriodReopeningRejected(tenant, JANUARY, 4, 1, why, ben, digest),
                        new PeriodReopeningProposed(tenant, JANUARY, 5, 1, why, anna, digest),
                        new PeriodReopened(tenant, JANUARY, 6, 1, why, ben, digest),
                        new PeriodSoftClosed(tenant, JANUARY, 7, 2, why, anna)),
                await().atMost(Duration.ofSeconds(20)).until(this::told, told -> told.size() == 7));
        var closed = kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(TestKafka.header(it, "ce_tenantid")))
                .filter(it -> "PeriodClosed".equals(TestKafka.header(it, "ce_type")))
                .toList();
        assertEquals(anna.toString(), TestKafka.header(closed.get(0), "ce_actorid"));
        assertEquals("finance", TestKafka.header(closed.get(0), "ce_actorrole"));
        assertEquals(period(JANUARY).extract().path("steps[1].created_at"), TestKafka.header(closed.get(0), "ce_time"));
    }

    @Test
    void onlyTheNewestClosedMonthCanBeReopened() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        for (var month : List.of(JANUARY, FEBRUARY)) {
            step(anna, tenant, month, "soft-close").then().statusCode(200);
            step(anna, tenant, month, "close").then().statusCode(200);
        }

        refused(act("reopen"), "later-period-closed");
        refused(step(anna, tenant, "2026-03", "reopen").then(), "period-not-closed");
        step(anna, tenant, FEBRUARY, "reopen").then().statusCode(200);
    }

    /** Somebody at the database, who gets round the triggers. */
    @Test
    void whatIsChangedInAClosedMonthIsNamedAndNotShown() throws SQLException {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("soft-close");
        act("close").statusCode(200);
        var closed = statement(tenant, JANUARY).asString();
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));

        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = owner.createStatement()) {
            sql.execute("alter table platform_billing_logs disable trigger append_only_rows");
            sql.execute("update platform_billing_logs set charge_description = 'other' where billing_account_id = '"
                    + tenant + "'");
            sql.execute("alter table platform_billing_logs enable trigger append_only_rows");
        }

        assertEquals(List.of("statement"), reconciliation(tenant).getList("differences.kind"));
        assertEquals(closed, statement(tenant, JANUARY).asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soft-close",
                "soft-close/undo",
                "close",
                "reopen",
                "reopen/approve",
                "reopen/reject",
                "reopen/withdraw"
            })
    void aTenantThatNobodyHasHeardOfHasNoMonths(String step) {
        step(anna, UUID.randomUUID(), JANUARY, step)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    private List<Message> told() {
        return kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .map(TestKafka::message)
                .toList();
    }

    private ValidatableResponse act(String step) {
        return step(anna, tenant, JANUARY, step).then();
    }

    private ValidatableResponse period(String period) {
        return as("finance")
                .get("/api/billing/periods/" + tenant + "/" + period)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse refused(ValidatableResponse response, String slug) {
        return response.statusCode(409)
                .body("type", equalTo("urn:points:problem:" + slug))
                .body("errors[0].field", equalTo("period"));
    }

    private PoolDebited debited(long points, long version) {
        return new PoolDebited(newId(), tenant, DistributionKind.AWARD, points, 100 - points, version);
    }

    private PointsAwarded awarded(UUID distribution, long points) {
        return new PointsAwarded(
                distribution, tenant, PointsSource.POOL, newId(), newId(), points, 1, points, null, null, null, null);
    }

    private static List<Object> nulls(int count) {
        return java.util.Arrays.asList(new Object[count]);
    }
}
