package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
}
