package io.points.allocation;

import static org.hamcrest.Matchers.equalTo;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.local.Service;
import io.points.testing.Replays;
import io.points.testing.TestKafka;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class ReplayTest {

    @Test
    void aReplayedDebitIsTakenOnceAndAnsweredUnderOneId() {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 100).statusCode(201);
        try (var kafka = new TestKafka()) {
            new Replays(kafka, Service.ALLOCATION, new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 30))
                    .replayTheGoodOneTwice();
            AllocationTest.admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(70));
            Awaitility.await()
                    .until(() -> kafka.deliveries(Topic.POOL_EVENTS, PoolDebited.class, tenant)
                                            .size()
                                    == 2
                            && kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant)
                                            .size()
                                    == 1);
        }
    }

    @Test
    void aBadOneComesBackFromEachTopic() {
        var tenant = UUID.randomUUID();
        try (var kafka = new TestKafka()) {
            new Replays(kafka, Service.ALLOCATION, new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 30))
                    .aBadOneComesBack();
            replaysOfWallets(kafka, tenant).aBadOneComesBack();
        }
    }

    @Test
    void onlyItsOwnReplaysAreRead() {
        try (var kafka = new TestKafka()) {
            replaysOfWallets(kafka, UUID.randomUUID()).onlyItsOwnAreRead();
        }
    }

    private static Replays replaysOfWallets(TestKafka kafka, UUID tenant) {
        var somebody = UUID.randomUUID();
        return new Replays(
                kafka,
                Service.ALLOCATION,
                new PointsAwarded(
                        UUID.randomUUID(),
                        tenant,
                        PointsSource.POOL,
                        somebody,
                        somebody,
                        7,
                        1,
                        7,
                        null,
                        null,
                        null,
                        null));
    }
}
