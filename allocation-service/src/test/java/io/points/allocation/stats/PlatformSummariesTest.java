package io.points.allocation.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.AllocationServiceTest;
import io.points.testing.Tables;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class PlatformSummariesTest {

    /** Twelve pools of 2^60 are more than 64 bits hold. Nobody else ever sees them. */
    @Test
    void aSumThatIsTooLargeStops() {
        var balance = Tables.asOwner(connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        insert into tenants (id, name, status, revision, currency, price_per_point, points_allocation_balance,
                               allocated, created_at)
                        select gen_random_uuid(), 'rich', 'active', 1, 'INR', 1, 1::bigint << 60, 1::bigint << 60, now()
                        from generate_series(1, 12)""");
                var sums = PlatformSummaries.SUM_UP
                        .replace("$1", "gen_random_uuid()")
                        .replace("$2", "gen_random_uuid()");
                return Tables.number(connection, "select balance from (" + sums + ") sums");
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
        assertEquals(1L << 60, balance);
    }
}
