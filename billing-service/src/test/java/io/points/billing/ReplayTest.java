package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.WalletEvent.PointsDelegated;
import io.points.local.Service;
import io.points.testing.Replays;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayTest extends BillingServiceTest {

    private final Replays replays = new Replays(kafka, Service.BILLING, Movements.allocated(tenant, 50, 1));

    @Test
    void aReplayedMovementIsBilledOnce() {
        replays.replayTheGoodOneTwice();
        assertEquals(List.of(50), entries().getList("items.points"));
    }

    @Test
    void aBadOneComesBack() {
        replays.aBadOneComesBack();
        assertEquals(List.of(), entries().getList("items"));
    }

    @Test
    void aBadOneOfTheWalletsComesBackToo() {
        var somebody = Movements.newId();
        new Replays(kafka, Service.BILLING, new PointsDelegated(Movements.newId(), tenant, somebody, somebody, 7, 1, 7))
                .aBadOneComesBack();
    }

    @Test
    void onlyItsOwnReplaysAreRead() {
        replays.onlyItsOwnAreRead();
    }
}
