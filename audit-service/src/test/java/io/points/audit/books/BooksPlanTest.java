package io.points.audit.books;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.PointsTestResource;
import io.points.testing.Tables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the database goes about what each seal asks of it. */
@QuarkusTest
@QuarkusTestResource(
        value = PointsTestResource.class,
        initArgs = @ResourceArg(name = PointsTestResource.SERVICE, value = "AUDIT"))
class BooksPlanTest {

    private static final String HISTORY = """
            insert into audit_leaf_log (tenant_id, leaf_index, sequence, hashes)
            select md5('tenant')::uuid, n, 1000000000 + n, sha256(n::text::bytea) from generate_series(1, 50000) n
            """;

    /** Else each seal costs more the longer the history of all tenants is. */
    @Test
    void attestationsAreLookedForAmongTheLeavesOfTheSealAlone() {
        var plan = Tables.asOwner(connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off;"
                        + " set local enable_hashjoin = off; set local enable_mergejoin = off");
                statement.execute(HISTORY);
                statement.execute("analyze audit_leaf_log");
                statement.execute("prepare attestations (uuid, bigint, bigint) as " + BooksTables.ATTESTATIONS);
                return String.join(
                        "\n",
                        Tables.column(connection, "explain execute attestations ('" + new UUID(0, 0) + "', 0, 1)"));
            } finally {
                connection.rollback();
            }
        });
        assertTrue(plan.contains("audit_leaf_log_pkey"), plan);
        assertFalse(plan.contains("Limit"), () -> "the first and the last of all sequences are looked for:\n" + plan);
    }
}
