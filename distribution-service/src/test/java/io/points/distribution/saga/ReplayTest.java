package io.points.distribution.saga;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.local.Service;
import io.points.testing.Replays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class ReplayTest {

    @Test
    void aReplayedAnswerCreditsTheWalletOnce() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            replays(given, award).replayTheGoodOneTwice();
            given.distribution(award).body("state", equalTo("COMPLETED"));
            assertEquals(100, given.earnedBy(given.employee));
        }
    }

    @Test
    void aBadOneComesBack() {
        try (var given = Given.tenant()) {
            replays(given, UUID.randomUUID()).aBadOneComesBack();
        }
    }

    @Test
    void onlyItsOwnReplaysAreRead() {
        try (var given = Given.tenant()) {
            replays(given, UUID.randomUUID()).onlyItsOwnAreRead();
        }
    }

    private static Replays replays(Given given, UUID award) {
        return new Replays(
                given.kafka,
                Service.DISTRIBUTION,
                new PoolDebited(award, given.tenant, DistributionKind.AWARD, 100, 900, 2));
    }
}
