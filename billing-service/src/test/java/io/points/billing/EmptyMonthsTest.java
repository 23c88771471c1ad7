package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodClosed;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant has months before it has points, and quiet ones later: nobody has to close each of them by hand. */
@QuarkusTest
class EmptyMonthsTest extends BillingServiceTest {

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @Test
    void monthsWithoutMovementsCloseWithTheNext() {
        sendAt("2025-11-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("2025-12", "soft-close").statusCode(200);
        act("2026-01", "soft-close").statusCode(200);
        act("2026-01", "close").statusCode(200).body("steps.action", equalTo(List.of("soft_closed", "closed")));
        act("2026-04", "soft-close").statusCode(200);
        act("2026-04", "close").statusCode(200);

        assertClosed("2025-10", List.of());
        assertClosed("2025-11", List.of("closed"), 0, 0);
        assertClosed("2025-12", List.of("soft_closed", "closed"), 0, 0);
        assertClosed("2026-01", List.of("soft_closed", "closed"), 0, 100);
        assertClosed("2026-02", List.of("closed"), 100, 100);
        assertClosed("2026-03", List.of("closed"), 100, 100);
        assertClosed("2026-04", List.of("soft_closed", "closed"), 100, 100);
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));

        assertEquals(
                List.of("2025-11 1", "2025-12 2", "2026-01 2", "2026-02 1", "2026-03 1", "2026-04 2"),
                await().atMost(Duration.ofSeconds(20)).until(this::closings, it -> it.size() == 6));
    }

    @Test
    void aMonthWithMovementsIsClosedByItself() {
        sendAt("2026-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("2026-03", "soft-close").statusCode(200);
        refused(act("2026-03", "close"), "close 2026-02 first");
        assertClosed("2026-01", List.of());
        assertClosed("2026-02", List.of());

        act("2026-02", "soft-close").statusCode(200);
        act("2026-02", "close").statusCode(200);
        act("2026-03", "close").statusCode(200);
        assertClosed("2026-01", List.of("closed"), 0, 0);
    }

    /** Two people have reopened it for a reason. */
    @Test
    void aReopenedMonthIsClosedByItself() {
        sendAt("2026-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        awaitHeard();
        act("2026-01", "soft-close").statusCode(200);
        act("2026-01", "close").statusCode(200);
        act("2026-01", "reopen").statusCode(200);
        step(ben, tenant, "2026-01", "reopen/approve").then().statusCode(200);
        act("2026-02", "soft-close").statusCode(200);
        refused(act("2026-02", "close"), "close 2026-01 first");
    }

    @Test
    void whatIsIncompleteClosesNothing() {
        sendAt("2026-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 100, 2));
        awaitHeard();
        act("2026-02", "soft-close").statusCode(200);
        act("2026-02", "close").statusCode(409).body("type", equalTo("urn:points:problem:period-incomplete"));
        assertClosed("2026-01", List.of());
    }

    /** A proposal is about the books as they stood; so it dies with the first of the months that are closed. */
    @Test
    void aProposalDiesWithTheMonthsThatAreClosedAlong() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act("2026-01", "soft-close").statusCode(200);
        act("2026-01", "close").statusCode(200);
        act("2026-01", "reopen").statusCode(200);
        act("2026-03", "soft-close").statusCode(200);
        act("2026-03", "close").statusCode(200);
        step(ben, tenant, "2026-01", "reopen/approve")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:later-period-closed"));
        act("2026-03", "reopen").statusCode(200).body("reopening_proposed_by", equalTo(anna.toString()));
        step(ben, tenant, "2026-03", "reopen/approve").then().statusCode(200);
        assertClosed("2026-02", List.of("closed"), 100, 100);
    }

    @Test
    void atMostTenYearsOfMonthsCloseTogether() {
        sendAt("2015-12-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        awaitHeard();
        act("2026-01", "soft-close").statusCode(200);
        refused(act("2026-01", "close"), "close 2025-12 first");
        act("2025-12", "soft-close").statusCode(200);
        act("2025-12", "close").statusCode(200);
        act("2026-01", "close").statusCode(200);

        assertClosed("2015-12", List.of("closed"), 0, 0);
        assertClosed("2025-11", List.of("closed"), 0, 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> closings().size() == 122);
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    private void assertClosed(String period, List<String> steps) {
        as("finance")
                .get("/api/billing/periods/" + tenant + "/" + period)
                .then()
                .statusCode(200)
                .body("steps.action", equalTo(steps));
    }

    /** With these steps, and the points in the pool at its beginning and end. */
    private void assertClosed(String period, List<String> steps, int opening, int closing) {
        assertClosed(period, steps);
        statement(tenant, period)
                .then()
                .body("state", equalTo("closed"))
                .body("revision", equalTo(1))
                .body("closed_by", equalTo(anna.toString()))
                .body("pool.opening", equalTo(opening))
                .body("pool.closing", equalTo(closing));
    }

    /** Of each closed month, and the number of the step. */
    private List<String> closings() {
        return kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .map(TestKafka::message)
                .filter(PeriodClosed.class::isInstance)
                .map(PeriodEvent.class::cast)
                .map(it -> it.period() + " " + it.step())
                .sorted()
                .toList();
    }

    private ValidatableResponse act(String period, String step) {
        return step(anna, tenant, period, step).then();
    }

    private static void refused(ValidatableResponse response, String detail) {
        response.statusCode(409)
                .body("type", equalTo("urn:points:problem:earlier-period-open"))
                .body("detail", containsString(detail))
                .body("errors[0].field", equalTo("period"));
    }
}
