package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.Attesting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the points of all tenants are, at a glance. */
@QuarkusTest
class ConservationListTest extends AuditServiceTest {

    private static final List<String> FIGURES = List.of(
            "tenant_id",
            "cut.tree_size",
            "cut.sealed_at",
            "allocated_text",
            "clawed_back_text",
            "pool_text",
            "in_flight_text",
            "budget_wallets_text",
            "earned_wallets_text",
            "balanced",
            "newest.tree_size",
            "newest.credited_early",
            "newest.missing_pool_entries");

    @Test
    void eachTenantIsThereOnceAsByItself() {
        var story = new Story(tenant);
        var early = UUID.randomUUID();
        send(story.allocated(100), story.debited(UUID.randomUUID(), 30));
        awaitPosted();
        // It comes before its debit: the newest books are ahead of the cut.
        send(story.awardedFromPool(early, 20));
        awaitPosted();
        var other = UUID.randomUUID();
        AuditTables.insert(other, 1);
        AuditTables.awaitPosted(other);

        var all = all();
        var tenants = all.stream().map(it -> it.get("tenant_id").toString()).toList();
        assertEquals(tenants.stream().distinct().sorted().toList(), tenants);
        assertFalse(tenants.contains(new UUID(0, 0).toString()), "the platform has no points");
        for (var one : List.of(tenant, other)) {
            var listed = all.get(tenants.indexOf(one.toString()));
            var alone = as("auditor")
                    .get("/api/audit/conservation/" + one)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            for (var figure : FIGURES) {
                assertEquals(alone.<Object>get(figure), value(listed, figure), figure);
            }
        }
        var own = all.get(tenants.indexOf(tenant.toString()));
        assertEquals("30", own.get("in_flight_text"));
        assertEquals(20, value(own, "newest.credited_early"));
        send(story.debited(early, 20));
        awaitPosted();
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutAuditor")
    void onlyAuditorsRead(String role) {
        as(role).get("/api/audit/conservation").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=%F0%9F%8E%81", "cursor=AAAA", "limit=0", "limit=201", "limit=x"})
    void whatIsNoPageIsNamed(String query) {
        as("auditor")
                .get("/api/audit/conservation?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", Matchers.equalTo(query.substring(0, query.indexOf('='))));
    }

    /** However many tenants there are, and however long the history of each is. */
    @Test
    void aPageIsFoundByTheKeys() {
        for (var query : List.of(
                "select * from audit_books where tenant_id > '%s' order by tenant_id limit 51",
                "select * from audit_cuts where tenant_id = '%s' order by sealed_at desc, tree_size desc limit 1",
                "select signed_at from audit_checkpoint_log where tenant_id = '%s' and tree_size > 7 order by tree_size limit 1")) {
            var plan = Attesting.plan(query.formatted(tenant));
            assertFalse(plan.contains("Sort") || plan.contains("Seq Scan"), plan);
        }
    }

    private static Object value(Map<String, Object> item, String path) {
        Object value = item;
        for (var name : path.split("\\.")) {
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    /** The first page has one. */
    private static List<Map<String, Object>> all() {
        var all = new ArrayList<Map<String, Object>>();
        String cursor = null;
        do {
            var request = as("auditor").queryParam("limit", all.isEmpty() ? 1 : 200);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/audit/conservation")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, Object>> items = page.getList("items");
            assertTrue(!items.isEmpty() || cursor == null);
            all.addAll(items);
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return all;
    }
}
