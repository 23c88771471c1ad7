package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Whether sealing keeps up, on a machine that does nothing else: on request alone, with {@code -Dpoints.pace=true}. */
@QuarkusTest
@EnabledIfSystemProperty(named = "points.pace", matches = "true")
class SealingPaceTest extends AuditServiceTest {

    private static final int RECORDS_PER_SECOND = 6_000;
    private static final int SECONDS = 20;
    private static final int TENANTS = 10;
    private static final int INSERTS_PER_SECOND = 20;
    private static final double LONGEST_LAG_SECONDS = 5;

    @Test
    void sealingKeepsUpWithSixThousandRecordsASecond() throws SQLException {
        var tenants = new ArrayList<UUID>();
        for (int i = 0; i < TENANTS; i++) {
            tenants.add(UUID.randomUUID());
        }
        double longest = 0;
        long began = System.nanoTime();
        try (var owner = AuditTables.owner()) {
            for (int i = 0; i < SECONDS * INSERTS_PER_SECOND; i++) {
                long due = began + i * Duration.ofSeconds(1).toNanos() / INSERTS_PER_SECOND;
                LockSupport.parkNanos(due - System.nanoTime());
                AuditTables.insert(owner, tenants.get(i % TENANTS), RECORDS_PER_SECOND / INSERTS_PER_SECOND);
                if (i % INSERTS_PER_SECOND == 0) {
                    longest = Math.max(longest, lag());
                }
            }
        }
        double inserting = seconds(began);
        longest = Math.max(longest, lag());
        long ended = System.nanoTime();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> lag() == 0);
        int records = RECORDS_PER_SECOND * SECONDS;
        System.out.printf(
                Locale.ROOT,
                "Sealed %,d records of %d tenants that came at %,.0f records/s; the oldest waited %.1f s, the last %.1f s%n",
                records,
                TENANTS,
                records / inserting,
                longest,
                seconds(ended));
        assertTrue(longest <= LONGEST_LAG_SECONDS, "the oldest waited " + longest + " s");
        assertTrue(records / inserting > 0.95 * RECORDS_PER_SECOND, "the records came too slowly to tell");
    }

    /** Age of the oldest record that waits, in seconds. */
    private static double lag() {
        List<String> lag = AuditTables.column("select coalesce(extract(epoch from clock_timestamp() - recorded_at), 0)"
                + " from audit_unsealed join audit_log on audit_log.sequence = audit_unsealed.sequence"
                + " order by audit_unsealed.sequence limit 1");
        return lag.isEmpty() ? 0 : Double.parseDouble(lag.get(0));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
