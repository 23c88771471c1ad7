package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.TenantRegistered;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes while a month is being closed. */
@QuarkusTest
class TwoAtOnceTest extends BillingServiceTest {

    private static final UUID FINANCE = UUID.randomUUID();

    @Test
    void nothingSlipsIntoAMonthThatIsBeingClosed() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        step(FINANCE, tenant, "2026-01", "soft-close").then().statusCode(200);

        CompletableFuture<Integer> closing;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            closing = SideBySide.begin(
                    () -> step(FINANCE, tenant, "2026-01", "close").statusCode());
            hold.awaitHit();
            sendAt("2026-01-31T23:00:00Z", allocated(tenant, 7, 2));
            Rivals.awaitBlocked();
        }
        assertEquals(200, closing.join());
        awaitHeard();

        statement(tenant, "2026-01").then().body("pool.allocated", equalTo(100));
        statement(tenant, "2026-02").then().body("pool.allocated", equalTo(7)).body("pool.opening", equalTo(100));
    }

    @Test
    void nothingSlipsIntoAMonthThatIsClosedAlong() {
        sendAt("2026-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-03-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        step(FINANCE, tenant, "2026-03", "soft-close").then().statusCode(200);

        CompletableFuture<Integer> closing;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            closing = SideBySide.begin(
                    () -> step(FINANCE, tenant, "2026-03", "close").statusCode());
            hold.awaitHit();
            sendAt("2026-02-10T23:00:00Z", allocated(tenant, 7, 2));
            Rivals.awaitBlocked();
        }
        assertEquals(200, closing.join());
        awaitHeard();

        statement(tenant, "2026-02").then().body("state", equalTo("closed")).body("pool.allocated", equalTo(0));
        statement(tenant, "2026-04")
                .then()
                .body("pool.opening", equalTo(100))
                .body("pool.allocated", equalTo(7))
                .body("entries[0].charge_class", equalTo("Correction"));
    }

    /** Each of its months is closed once, by one of them. */
    @Test
    void twoWhoCloseAtOnceIssueOneStatement() {
        sendAt("2026-01-05T10:00:00Z", new TenantRegistered(tenant, "INR", "1.00", 1));
        sendAt("2026-03-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        step(FINANCE, tenant, "2026-03", "soft-close").then().statusCode(200);

        var closings = IntStream.range(0, 4)
                .mapToObj(i -> SideBySide.begin(() ->
                        step(UUID.randomUUID(), tenant, "2026-03", "close").statusCode()))
                .toList();
        closings.forEach(it -> assertEquals(200, it.join()));

        for (var month : List.of("2026-01", "2026-02", "2026-03")) {
            as("finance")
                    .get("/api/billing/periods/" + tenant + "/" + month)
                    .then()
                    .body("state", equalTo("closed"))
                    .body("revisions.revision", equalTo(List.of(1)))
                    .body("steps.action.findAll { it == 'closed' }.size()", equalTo(1));
        }
    }
}
