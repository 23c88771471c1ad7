package io.points.distribution.batch;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolCommand.DebitPool;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Attesting;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The campaigns of a tenant. */
@DistributionServiceTest
class BatchListTest {

    private static final String BATCHES = "/api/allocations/award-points/batch";

    /** Whose many batches a test has made. */
    private UUID manager = UUID.randomUUID();

    /** Other tests read whole tables. */
    @AfterEach
    void deleteThem() {
        Attesting.asSuperuser(
                "distribution",
                "delete from batch_lines where batch_id in (select id from batches where requested_by = '" + manager
                        + "')",
                "delete from batches where requested_by = '" + manager + "'");
    }

    @Test
    void theNewestComesFirstWithItsStateAndOthersAreNotSeen() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            other.requestBatch(5);
            var refused = given.requestBatch(5);
            refuse(given, refused);
            var completed = given.requestBatch(7);
            given.poolDebitsBatch(completed, 7);
            given.awaitBatch(completed, "COMPLETED");
            var open = given.requestBatch(9);
            list(given, "")
                    .body("items.batch_id", contains(open.toString(), completed.toString(), refused.toString()))
                    .body("items.state", contains("ACCEPTED", "COMPLETED", "REFUSED"))
                    .body("items.amount", contains(9, 7, 5))
                    .body("items.completed_amount", contains(0, 7, 0))
                    .body("items[2].refusals[0].reason", equalTo("INSUFFICIENT_POOL_BALANCE"))
                    .body("next_cursor", nullValue())
                    .body("people", nullValue());
            list(given, "?state=accepted").body("items.batch_id", contains(open.toString()));
            list(given, "?state=completed").body("items.batch_id", contains(completed.toString()));
            list(given, "?state=refused").body("items.batch_id", contains(refused.toString()));
            list(given, "?state=partly_completed").body("items", empty());
            list(given, "?expand=people").body("people.'%s'.active".formatted(given.manager), equalTo(true));
            assertEquals(
                    given.batch(completed).extract().<String>path("created_at"),
                    list(given, "?state=completed").extract().path("items[0].created_at"));
            given.asLead().get(BATCHES).then().statusCode(403);
        }
    }

    @Test
    void pagesShowEachOnceHoweverTheyAreNarrowed() {
        try (var given = Given.tenant()) {
            var batches = new ArrayList<String>();
            for (int i = 0; i < 5; i++) {
                batches.add(0, given.requestBatch(1).toString());
            }
            assertEquals(batches, pages(given, ""));
            assertEquals(batches, pages(given, "&state=accepted"));
            assertEquals(List.of(), pages(given, "&state=refused"));
            list(given, "?limit=2&state=refused").body("items", empty()).body("next_cursor", notNullValue());
            var times = list(given, "").extract().<List<String>>path("items.created_at");
            list(given, "?from=" + times.get(1)).body("items", hasSize(2));
            list(given, "?to=" + times.get(1)).body("items", hasSize(3));
            for (var bad : List.of("limit=21", "state=open", "from=today")) {
                given.asManager()
                        .get(BATCHES + "?" + bad)
                        .then()
                        .statusCode(400)
                        .body("errors.field", contains(bad.split("=")[0]));
            }
        }
    }

    /** However many batches a tenant has, and the tenants together. */
    @Test
    void aPageReadsItsBatchesByTheirTenant() {
        execute("""
                insert into batches (id, tenant_id, mode, receivers, amount, waiting, requested_by, requested_role, created_at)
                select gen_random_uuid(), case when i %% 100 = 0 then '%1$s'::uuid else gen_random_uuid() end, 'each', 1, 1, false,
                       '%1$s', 'manager', now()
                from generate_series(1, 10000) as i""".formatted(manager));
        execute("analyze batches");
        var newest = Attesting.plan(BatchViews.NEWEST
                .replace("$1", "'" + manager + "'")
                .replace("$2", "'" + UUID.randomUUID() + "'")
                .replace("$3", "now()")
                .replace("$4", "now()")
                .replace("$5", "21"));
        assertTrue(newest.contains("Index Scan using batches_by_tenant "), newest);
        assertFalse(newest.contains("Sort"), newest);
    }

    @Test
    void aPageOfLargeBatchesIsThereAtOnce() {
        try (var given = Given.tenant()) {
            manager = given.manager;
            execute("""
                            with made as (
                                insert into batches (id, tenant_id, mode, receivers, amount, waiting, requested_by, requested_role, created_at)
                                select gen_random_uuid(), '%1$s', 'each', 10000, 10000, false, '%2$s', 'manager', now()
                                from generate_series(1, 5) returning id)
                            insert into batch_lines (batch_id, line, to_user_id, amount, distribution_id, reason)
                            select id, line, '%3$s', 1, gen_random_uuid(), 'RECEIVER_NOT_ELIGIBLE'
                            from made, generate_series(1, 10000) as line
                            """.formatted(given.tenant, given.manager, given.employee));
            var begun = Instant.now();
            list(given, "?state=refused").body("items", hasSize(5)).body("items[0].refused", equalTo(10_000));
            assertTrue(Duration.between(begun, Instant.now()).toSeconds() < 5, "it took too long");
        }
    }

    private static void execute(String statement) {
        Tables.asOwner(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute(statement);
            }
        });
    }

    private static void refuse(Given given, UUID batch) {
        given.awaitCommand(DebitPool.class, batch);
        given.poolRefuses(batch, 5);
        Awaitility.await()
                .until(() -> given.batch(batch).extract().path("state").equals("REFUSED"));
    }

    private static List<String> pages(Given given, String query) {
        var all = new ArrayList<String>();
        String cursor = null;
        do {
            var page = list(given, "?limit=2" + query + (cursor == null ? "" : "&cursor=" + cursor))
                    .extract();
            all.addAll(page.<List<String>>path("items.batch_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        return all;
    }

    private static ValidatableResponse list(Given given, String query) {
        return given.asManager().get(BATCHES + query).then().statusCode(200);
    }
}
