package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.testing.Attesting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All trees at a glance. */
@QuarkusTest
class TreesTest extends AuditServiceTest {

    @Test
    void eachTreeIsThereOnceWithItsNewestCheckpoint() {
        var others = List.of(UUID.randomUUID(), UUID.randomUUID());
        others.forEach(other -> AuditTables.insert(other, 2));
        others.forEach(other -> awaitCheckpoint(other, 2));
        AuditTables.insert(tenant, 3);
        awaitCheckpoint(tenant, 3);
        AuditTables.insert(tenant, 4);
        awaitCheckpoint(tenant, 7);

        var trees = trees();
        var tenants =
                trees.stream().map(tree -> tree.get("tenant_id").toString()).toList();
        assertEquals(tenants.stream().distinct().sorted().toList(), tenants);
        for (var other : others) {
            assertEquals(2, trees.get(tenants.indexOf(other.toString())).get("tree_size"));
        }
        var own = trees.get(tenants.indexOf(tenant.toString()));
        var newest = latestCheckpoint();
        for (var same : List.of("tree_size", "root_hash", "signed_at", "note")) {
            assertEquals(newest.<Object>get(same), own.get(same), same);
        }
    }

    @Test
    void onlyAuditorsSeeThem() {
        rolesWithoutAuditor()
                .forEach(role -> as(role).get("/api/audit/trees").then().statusCode(403));
    }

    /** However many checkpoints a tree has. */
    @Test
    void treesAreFoundByTheKey() {
        var plan = Attesting.plan("""
                select tenant_id, tree_size, root_hash, signed_at, note from audit_checkpoint_log
                where tenant_id = '%s' order by tree_size desc limit 1""".formatted(tenant));
        assertFalse(plan.contains("Sort") || plan.contains("Seq Scan"), plan);
    }

    private static void awaitCheckpoint(UUID tenant, int size) {
        await().atMost(Duration.ofSeconds(30)).until(() -> as("auditor")
                .queryParam("tenant_id", tenant)
                .get("/api/audit/checkpoints")
                .jsonPath()
                .getList("items.tree_size")
                .contains(size));
    }

    /** By pages of two. */
    private static List<Map<String, Object>> trees() {
        var trees = new ArrayList<Map<String, Object>>();
        String cursor = null;
        do {
            var request = as("auditor").queryParam("limit", trees.isEmpty() ? 2 : 200);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/audit/trees")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            trees.addAll(page.getList("items"));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return trees;
    }
}
