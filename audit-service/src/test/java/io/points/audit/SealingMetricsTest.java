package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.TenantSuspended;
import io.points.testing.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SealingMetricsTest extends AuditServiceTest {

    @Test
    void theLastCheckpointIsSeen() {
        long before = Instant.now().getEpochSecond();
        send(new TenantSuspended(tenant, 2));
        awaitSealed();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Metrics.sum("points_audit_last_checkpoint_timestamp_seconds") >= before);
        assertTrue(Metrics.sum("points_audit_unsealed_age_seconds") >= 0);
    }
}
