package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.AuditEvent.AlertRaised;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What balance owners attest is compared with the events, and what does not agree is reported: once. */
@QuarkusTest
class AlertsTest extends AuditServiceTest {

    private final Story story = new Story(tenant);
    private final UUID lead = UUID.randomUUID();
    private final UUID employee = UUID.randomUUID();

    @Test
    void whatAgreesIsNotReported() {
        send(story.allocated(100), story.clawedBack(30));
        attest(Account.POOL, tenant, 2, 70, 70);
        assertAlerts();
        attest(Account.POOL, tenant, 2, 70, 70);
        send(story.allocated(5));
        attest(Account.POOL, tenant, 3, 75, 75);
        assertAlerts();
    }

    @Test
    void aPoolThatNothingHasMovedHoldsNothing() {
        attest(Account.POOL, tenant, 0, 0, 0);
        assertAlerts();
        attest(Account.POOL, tenant, 0, 7, 0);
        assertAlerts(alert("balance-differs", Account.POOL, tenant, 0, 0, 7, 0, 0));
    }

    @Test
    void aChangedBalanceIsReportedOnceThoughItMovesOn() {
        send(story.allocated(100));
        attest(Account.POOL, tenant, 1, 600, 100);
        assertAlerts(alert("balance-differs", Account.POOL, tenant, 1, 100, 600, 100, 0));
        send(story.clawedBack(40));
        attest(Account.POOL, tenant, 2, 560, 60);
        attest(Account.POOL, tenant, 2, 560, 60);
        assertEquals(1, alerts().size());
    }

    @Test
    void aDifferenceThatComesAgainAfterItWasMendedIsReportedAgain() {
        send(story.allocated(100));
        attest(Account.POOL, tenant, 1, 99, 100);
        attest(Account.POOL, tenant, 1, 100, 100);
        attest(Account.POOL, tenant, 1, 99, 100);
        assertEquals(2, alerts().size());
    }

    /** Row and entry agree with each other: only that nobody told of it gives it away. */
    @Test
    void aStrayCreditIsReportedAfterItsEventHasHadItsTime() {
        send(delegated(70, 1, 70));
        attestAndAwait(Account.BUDGET, lead, 2, 570, 570);
        assertAlerts(alert("entry-missing", Account.BUDGET, lead, 2, 70, 570, 570, 1));
        send(delegated(5, 3, 575));
        attest(Account.BUDGET, lead, 3, 575, 575);
        assertEquals(1, alerts().size());
    }

    @Test
    void aDeletedEventIsReported() {
        send(awardedFromPool(10, 1, 10), awardedFromPool(7, 3, 22));
        attestAndAwait(Account.EARNED, employee, 3, 22, 22);
        assertAlerts(alert("entry-missing", Account.EARNED, employee, 3, 17, 22, 22, 1));
    }

    @Test
    void anEventThatComesAfterTheAttestationIsWaitedFor() {
        send(awardedFromPool(10, 1, 10));
        awaitPosted();
        send(attested(Account.EARNED, employee, 2, 15, 15));
        awaitPosted();
        send(awardedFromPool(5, 2, 15));
        awaitCompared();
        assertAlerts();
    }

    @Test
    void anEventThatComesLaterThanItsTimeEndsTheDifference() {
        send(awardedFromPool(10, 1, 10));
        attestAndAwait(Account.EARNED, employee, 2, 15, 15);
        assertEquals(1, alerts().size());
        send(awardedFromPool(5, 2, 15));
        attest(Account.EARNED, employee, 2, 15, 15);
        attest(Account.EARNED, employee, 2, 14, 15);
        assertEquals(
                List.of(-1L, 5L), alerts().stream().map(AlertsTest::difference).toList());
    }

    /** Somebody deletes the newest entry and sets the row back, so that both agree. */
    @Test
    void aBalanceThatWasSetBackIsReported() {
        send(awardedFromPool(10, 1, 10), awardedFromPool(5, 2, 15));
        attest(Account.EARNED, employee, 2, 15, 15);
        attest(Account.EARNED, employee, 1, 10, 10);
        assertAlerts(alert("balance-differs", Account.EARNED, employee, 1, 15, 10, 10, -1));
    }

    /** The same before it was ever attested: only that the event is older than the attestation gives it away. */
    @Test
    void aBalanceThatWasSetBackBeforeItsFirstAttestationIsReported() {
        var longAgo = Instant.now().minusSeconds(120);
        for (var event : List.of(awardedFromPool(10, 1, 10), awardedFromPool(5, 2, 15))) {
            kafka.send(newId(), event, longAgo);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> records().getList("items").size() == 2);
        attest(Account.EARNED, employee, 1, 10, 10);
        assertAlerts(alert("balance-differs", Account.EARNED, employee, 1, 15, 10, 10, -1));
    }

    /** A forged event names an entry that will never be. It differs, once; what is told after the attestation still waits for the next. */
    @Test
    void anAbsurdEntryNumberDoesNotMakeLaterEntriesCountBeforeTheirTime() {
        var longAgo = Instant.now().minusSeconds(120);
        kafka.send(newId(), awardedFromPool(10, 1, 10), longAgo);
        kafka.send(newId(), awardedFromPool(7, 1_000_000_000_000_000L, 17), longAgo);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> records().getList("items").size() == 2);
        attest(Account.EARNED, employee, 1, 10, 10);
        var forged = alert("balance-differs", Account.EARNED, employee, 1, 17, 10, 10, -1);
        assertAlerts(forged);

        send(awardedFromPool(5, 2, 15));
        awaitPosted();
        attest(Account.EARNED, employee, 1, 10, 10);
        attest(Account.EARNED, employee, 2, 15, 15);
        assertAlerts(forged);
    }

    /** From the stray credit to its end: the alert, the adjustment, and nothing left to report. */
    @Test
    void anAdjustmentEndsTheDifference() {
        send(delegated(70, 1, 70));
        attestAndAwait(Account.BUDGET, lead, 2, 570, 570);
        assertEquals(1, alerts().size());
        var admin = UUID.randomUUID();
        send(new WalletAdjusted(
                UUID.randomUUID(), tenant, lead, Account.BUDGET, -500, "alert 7", admin, UUID.randomUUID(), 3, 70));
        attest(Account.BUDGET, lead, 3, 70, 70);
        send(delegated(5, 4, 75));
        attest(Account.BUDGET, lead, 4, 75, 75);
        assertEquals(1, alerts().size());
        attest(Account.BUDGET, lead, 4, 76, 75);
        assertEquals(2, alerts().size());
    }

    @Test
    void awardsFromABudgetAndReturnsAreEntriesOfTheBudget() {
        send(
                delegated(100, 1, 100),
                new PointsAwarded(
                        UUID.randomUUID(), tenant, PointsSource.BUDGET, lead, employee, 30, 1, 30, 2L, 70L, null, null),
                new BudgetReturned(UUID.randomUUID(), tenant, lead, 20, 3, 50));
        attest(Account.BUDGET, lead, 3, 50, 50);
        attest(Account.EARNED, employee, 1, 30, 30);
        assertAlerts();
    }

    @Test
    void anEnvelopeIsComparedWithAllThatFillsAndEmptiesIt() {
        var sales = UUID.randomUUID();
        var support = UUID.randomUUID();
        var award = UUID.randomUUID();
        send(
                story.allocated(1_000),
                new PoolPointsMoved(UUID.randomUUID(), tenant, 300, null, null, null, sales, 1L, 300L),
                new PoolPointsMoved(UUID.randomUUID(), tenant, 100, sales, 2L, 200L, support, 1L, 100L),
                new PoolDebited(award, tenant, DistributionKind.AWARD, 50, 950, 2, null, sales, 3L, 150L),
                new PoolRefunded(award, tenant, 50, 1_000, 3, sales, 4L, 200L),
                new PoolExpired(UUID.randomUUID(), tenant, LocalDate.EPOCH, 20, 980, 4, support, 2L, 80L),
                // In nobody's name: no envelope has an entry of it.
                new PoolDebited(UUID.randomUUID(), tenant, DistributionKind.AWARD, 7, 973, 5));
        attest(Account.POOL, tenant, 5, 973, 973);
        attest(Account.DEPARTMENT, sales, 4, 200, 200);
        attest(Account.DEPARTMENT, support, 2, 80, 80);
        assertAlerts();
        attest(Account.DEPARTMENT, sales, 4, 250, 200);
        assertAlerts(alert("balance-differs", Account.DEPARTMENT, sales, 4, 200, 250, 200, 0));
    }

    @Test
    void eachOfSeveralBalancesInAnEventIsCompared() {
        send(awardedFromPool(10, 1, 10));
        var other = UUID.randomUUID();
        send(new BalanceAttested(
                tenant,
                Account.EARNED,
                List.of(new AttestedBalance(employee, 1, 10, 10), new AttestedBalance(other, 0, 3, 0))));
        awaitPosted();
        awaitCompared();
        assertAlerts(alert("balance-differs", Account.EARNED, other, 0, 0, 3, 0, 0));
    }

    @Test
    void anAttestationThatComesAgainChangesNothing() {
        send(story.allocated(100));
        var id = newId();
        var attested = attested(Account.POOL, tenant, 1, 101, 100);
        send(id, attested);
        awaitPosted();
        awaitCompared();
        send(id, attested);
        awaitPosted();
        awaitCompared();
        assertEquals(1, alerts().size());
        assertEquals(1, told().size());
    }

    @Test
    void tenantsAreListedApartOrTogether() {
        attest(Account.POOL, tenant, 0, 7, 0);
        as("auditor")
                .queryParam("limit", 1)
                .get("/api/audit/alerts")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        as("auditor")
                .queryParam("tenant_id", UUID.randomUUID())
                .get("/api/audit/alerts")
                .then()
                .statusCode(200)
                .body("items", equalTo(List.of()));
        as("auditor")
                .queryParam("tenant_id", "triton")
                .get("/api/audit/alerts")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tenant_id"));
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutAuditor")
    void onlyAuditorsRead(String role) {
        as(role).get("/api/audit/alerts").then().statusCode(403);
    }

    private void attest(Account account, UUID holder, long number, long stored, long sum) {
        send(attested(account, holder, number, stored, sum));
        awaitPosted();
        awaitCompared();
    }

    /** As above, where an entry is missing; an alert is not raised before its time. */
    private void attestAndAwait(Account account, UUID holder, long number, long stored, long sum) {
        long began = System.nanoTime();
        attest(account, holder, number, stored, sum);
        var passed = Duration.ofNanos(System.nanoTime() - began);
        assertEquals(true, passed.compareTo(Duration.ofSeconds(2)) >= 0, "it was waited for " + passed);
    }

    private BalanceAttested attested(Account account, UUID holder, long number, long stored, long sum) {
        return new BalanceAttested(tenant, account, List.of(new AttestedBalance(holder, number, stored, sum)));
    }

    private void awaitCompared() {
        await().atMost(Duration.ofSeconds(30)).until(() -> AuditTables.column(
                        "select count(*) from audit_attestations where tenant_id = '" + tenant + "'")
                .equals(List.of("0")));
    }

    private Message delegated(long amount, long entry, long balance) {
        return new PointsDelegated(UUID.randomUUID(), tenant, UUID.randomUUID(), lead, amount, entry, balance);
    }

    private Message awardedFromPool(long amount, long entry, long balance) {
        return new PointsAwarded(
                UUID.randomUUID(),
                tenant,
                PointsSource.POOL,
                UUID.randomUUID(),
                employee,
                amount,
                entry,
                balance,
                null,
                null,
                null,
                null);
    }

    /** What an alert says, but for its ids and its time. */
    private record Said(
            String kind, String account, String holder, int number, int expected, int stored, int sum, int missing) {

        static Said by(Map<String, @Nullable Object> alert) {
            return new Said(
                    (String) alert.get("kind"),
                    (String) alert.get("account"),
                    (String) alert.get("holder_id"),
                    (int) alert.get("entry_number"),
                    (int) alert.get("expected_balance"),
                    (int) alert.get("stored_balance"),
                    (int) alert.get("sum_of_entries"),
                    (int) alert.get("missing_entries"));
        }
    }

    private static Said alert(
            String kind, Account account, UUID holder, int number, int expected, int stored, int sum, int missing) {
        return new Said(kind, account.word(), holder.toString(), number, expected, stored, sum, missing);
    }

    private static long difference(Map<String, @Nullable Object> alert) {
        return (int) alert.get("stored_balance") - (int) alert.get("expected_balance");
    }

    /** The tenant's alerts are these, over HTTP and on the topic. */
    private void assertAlerts(Said... expected) {
        assertEquals(List.of(expected), alerts().stream().map(Said::by).toList());
        await().atMost(Duration.ofSeconds(20)).until(() -> told().size() == expected.length);
    }

    private List<AlertRaised> told() {
        return kafka.messages(Topic.AUDIT_ALERTS, AlertRaised.class, tenant);
    }

    private List<Map<String, @Nullable Object>> alerts() {
        return as("auditor")
                .queryParam("tenant_id", tenant)
                .get("/api/audit/alerts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }
}
