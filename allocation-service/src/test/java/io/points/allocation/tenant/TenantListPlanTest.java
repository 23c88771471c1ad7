package io.points.allocation.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.AllocationServiceTest;
import io.points.testing.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Among many tenants, {@code -Dpoints.test.tenants=10000} for as many as the figures of the log are for, a page looks at their own
 * table once, and finds all else by indexes. They are written in a transaction that nobody else ever sees.
 */
@AllocationServiceTest
class TenantListPlanTest {

    private static final Logger LOG = Logger.getLogger(TenantListPlanTest.class);

    private static final int TENANTS = Integer.getInteger("points.test.tenants", 1_000);

    private static final List<String> MANY = List.of(
            "insert into tenants (id, name, status, revision, currency, price_per_point, points_allocation_balance, allocated, created_at)"
                    + " select gen_random_uuid(), 'tenant of many ' || n, 'active', 1, 'INR', 1, n, n, now() from generate_series(1, %s) n"
                            .formatted(TENANTS),
            "insert into contract_logs (tenant_id, revision, currency, price_per_point, valid_from, event_id, created_by, created_at)"
                    + " select id, 1, 'INR', 1, now(), gen_random_uuid(), id, now() from tenants where name like 'tenant of many %'",
            "insert into pool_days (tenant_id, day, debited) select id, current_date - back, 5"
                    + " from tenants, generate_series(0, 99) back where name like 'tenant of many %'",
            "insert into allocation_logs (id, tenant_id, kind, amount, currency, price_per_point, balance_after, pool_version,"
                    + " event_id, created_by, created_at)"
                    + " select gen_random_uuid(), id, 'allocation', 1, 'INR', 1, 1, n, gen_random_uuid(), id, now()"
                    + " from tenants, generate_series(1, 5) n where name like 'tenant of many %'",
            "insert into business_alerts (id, tenant_id, kind, cause, figures, state, over_at, raised_at)"
                    + " select gen_random_uuid(), id, 'pool_low', n::text, '{}', 'over', now(), now()"
                    + " from tenants, generate_series(1, 5) n where name like 'tenant of many %'",
            "analyze tenants, contract_logs, pool_days, allocation_logs, business_alerts");

    @Test
    void aPageLooksAtEachTenantOnceAndAtTheRestByIndexes() {
        var plans = Tables.asOwner(TenantListPlanTest::plans);
        assertEquals(TenantSort.values().length * SortOrder.values().length, plans.size());
        for (var plan : plans) {
            for (var table :
                    List.of("contract_logs", "pool_days", "allocation_logs", "business_alerts", "budget_logs")) {
                assertFalse(plan.contains("Seq Scan on " + table), plan);
            }
            assertTrue(plan.split("(Seq|Index) Scan (using tenants_pkey )?on tenants", -1).length <= 2, plan);
        }
    }

    private static List<String> plans(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : MANY) {
                statement.execute(sql);
            }
            // Of tables that are small in a test.
            statement.execute("set local enable_seqscan = off");
            var plans = new ArrayList<String>();
            for (var sort : TenantSort.values()) {
                for (var order : SortOrder.values()) {
                    var plan = Tables.column(connection, "explain analyze " + filledIn(sort, order));
                    LOG.infof("%s tenants by %s, %s: %s", TENANTS, sort, order, plan.get(plan.size() - 1));
                    plans.add(String.join("\n", plan));
                }
            }
            return plans;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The second page of a search. */
    private static String filledIn(TenantSort sort, SortOrder order) {
        var key = !sort.isNumber() ? "tenant of many 5" : order == SortOrder.ASC ? "5" : "99999999999999999";
        return TenantList.sql(sort, order)
                .replace("$1", "'Of Many'")
                .replace("$2", "'active'")
                .replace("$3", "'" + key + "'")
                .replace(
                        "$4",
                        "'" + (sort == TenantSort.ID && order == SortOrder.DESC ? new UUID(-1, -1) : new UUID(1, 1))
                                + "'")
                .replace("$5", "51")
                .replace("$6", "current_date")
                .replace("$7", "now()");
    }
}
