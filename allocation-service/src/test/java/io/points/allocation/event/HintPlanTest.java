package io.points.allocation.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.AllocationServiceTest;
import io.points.testing.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many tenants and alerts there are, a look reads few of their rows. They are written in a transaction that nobody ever sees. */
@AllocationServiceTest
class HintPlanTest {

    private static final List<String> MANY = List.of(
            "insert into tenants (id, name, status, revision, currency, price_per_point, points_allocation_balance, allocated, created_at)"
                    + " select gen_random_uuid(), 'watched ' || n, 'active', 1, 'INR', 1, n, n, now() from generate_series(1, 5000) n",
            "insert into business_alerts (id, tenant_id, kind, cause, figures, state, over_at, raised_at)"
                    + " select gen_random_uuid(), gen_random_uuid(), 'pool_low', n::text, '{}', case n % 4 when 0 then 'open' else 'over' end,"
                    + " case n % 4 when 0 then null else now() end, now() from generate_series(1, 20000) n",
            "insert into adjustments (id, tenant_id, account, holder_id, amount, reason, state, proposed_by, proposed_at)"
                    + " select gen_random_uuid(), gen_random_uuid(), 'pool', gen_random_uuid(), 1, 'any', 'proposed', gen_random_uuid(), now()"
                    + " from generate_series(1, 5000) n",
            "insert into proposals (id, tenant_id, kind, amount, reserved, reason, state, proposed_by, proposed_at, expires_at)"
                    + " select gen_random_uuid(), t.id, 'clawback', 1, 0, 'any', 'proposed', gen_random_uuid(), now(), now() + interval '1 day'"
                    + " from (select id from tenants limit 1) t, generate_series(1, 5000) n",
            "analyze tenants, business_alerts, adjustments, proposals");

    @Test
    void eachPartIsReadByItsKeyOrInTheOrderOfAnIndex() {
        var plans = Tables.asOwner(HintPlanTest::plans);
        for (var index :
                List.of("business_alerts_pkey", "business_alerts_open", "adjustments_pkey", "proposals_pkey")) {
            assertTrue(plans.get(0).contains(index), plans.get(0));
        }
        assertTrue(plans.get(1).contains("tenants_pkey"), plans.get(1));
        for (var plan : plans) {
            assertFalse(plan.contains("Seq Scan"), plan);
        }
    }

    private static List<String> plans(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : MANY) {
                statement.execute(sql);
            }
            return List.of(
                    String.join("\n", Tables.column(connection, "explain " + HintViews.OF_PLATFORM)),
                    String.join("\n", Tables.column(connection, "explain " + watching(connection))));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Ids of some tenants, as they are sent. */
    private static String watching(Connection connection) throws SQLException {
        var ids = Tables.column(connection, "select id::text from tenants limit 50");
        return HintViews.OF_TENANTS.replace("$1", "'{" + String.join(",", ids) + "}'::uuid[]");
    }
}
