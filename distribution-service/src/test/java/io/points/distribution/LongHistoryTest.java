package io.points.distribution;

import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.web.idempotency.IdempotencyKeySweep;
import io.points.testing.Attesting;
import io.points.testing.PointsTestResource;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A tenant with a long history. {@code -Dpoints.test.movements=1000000} makes it a million; the default keeps the build short, and
 * is enough for what reads all of it under a lock, or one row at a time, to be noticed.
 */
@DistributionServiceTest
class LongHistoryTest {

    private static final int MOVEMENTS = Integer.getInteger("points.test.movements", 100_000);

    /** What a caller is promised. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Inject
    IdempotencyKeySweep sweep;

    private UUID tenant = new UUID(0, 0);

    /** Other tests read whole tables. */
    @AfterEach
    void deleteItsHistory() {
        Attesting.asSuperuser(
                "distribution",
                "delete from feed where tenant_id = '" + tenant + "'",
                "delete from wallet_ledger where tenant_id = '" + tenant + "'",
                "delete from wallets where tenant_id = '" + tenant + "'",
                "delete from distributions where tenant_id = '" + tenant + "'");
    }

    @Test
    void aPersonIsErased() throws SQLException {
        try (var given = Given.tenant()) {
            distributions(given.tenant, given.manager, given.employee);
            assertEquals(5_000, texts(given.tenant, given.employee));
            inTime(() -> given.asManager()
                    .delete("/api/members/" + given.employee + "/personal-data")
                    .then()
                    .statusCode(200));
            assertEquals(0, texts(given.tenant, given.employee));
        }
    }

    @Test
    void whoIsConcernedByLittleOfItSeesThatAtOnce() throws SQLException {
        try (var given = Given.tenant()) {
            distributions(given.tenant, given.manager, given.employee);
            var newcomer = given.newEmployee();
            inTime(() -> given.as(newcomer, "employee")
                    .get("/api/allocations/history")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0)));
            sql("""
                    insert into feed (id, tenant_id, kind, audience, actor_id, receiver_id, amount, event_id, occurred_at)
                    select gen_random_uuid(), '%1$s', 'award', 'involved', '%2$s', '%3$s', 1, gen_random_uuid(), now()
                    from generate_series(1, %4$s)""".formatted(given.tenant, given.manager, given.employee, MOVEMENTS));
            inTime(() -> given.as(newcomer, "employee")
                    .get("/api/feed")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0)));
        }
    }

    @Test
    void whoGaveMuchSeesTheLittleThatTheyEarnedAtOnce() throws SQLException {
        try (var given = Given.tenant()) {
            tenant = given.tenant;
            sql(
                    "insert into wallets (tenant_id, user_id, kind) values ('%1$s', '%2$s', 'budget'), ('%1$s', '%2$s', 'earned')"
                            .formatted(given.tenant, given.lead),
                    """
                    insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id,
                           event_id, created_at)
                    select '%1$s', '%2$s', case when i = 1 then 'earned' else 'budget' end, i, 1, 1, gen_random_uuid(),
                           gen_random_uuid(), now() - %3$s * interval '1 second' + i * interval '1 second'
                    from generate_series(1, %3$s) as i""".formatted(given.tenant, given.lead, MOVEMENTS));
            for (var query : List.of("wallet=earned", "to=2000-01-01T00:00:00Z", "limit=1")) {
                inTime(() -> given.asLead()
                        .get("/api/wallets/me?expand=distribution,people&" + query)
                        .then()
                        .statusCode(200)
                        .body("entries", hasSize(query.startsWith("to") ? 0 : 1)));
            }
            inTime(() -> given.asLead().get("/api/allocations/giving").then().statusCode(200));
        }
    }

    /** More than one slice of them, and nothing younger. */
    @Test
    void oldIdempotencyKeysAreDeleted() throws SQLException {
        sql("""
                insert into idempotency_keys (scope, caller, key, fingerprint, created_at)
                select 'history', 'test', i::text, '', now() - interval '46 days' from generate_series(1, %s) as i
                """.formatted(MOVEMENTS), """
                insert into idempotency_keys (scope, caller, key, fingerprint, created_at)
                values ('history', 'test', 'young', '', now() - interval '44 days')""");
        sweep.delete().await().atMost(Duration.ofMinutes(2));
        assertEquals("1", Attesting.text("select count(*) from idempotency_keys where scope = 'history'"));
        sql("delete from idempotency_keys where scope = 'history'");
    }

    private static void inTime(Runnable request) {
        var begin = Instant.now();
        request.run();
        var took = Duration.between(begin, Instant.now());
        assertTrue(took.compareTo(LONGEST) < 0, took.toString());
    }

    /** Of all of them the person has received 5,000. */
    private void distributions(UUID of, UUID manager, UUID person) throws SQLException {
        tenant = of;
        sql("""
                insert into distributions (id, tenant_id, kind, source, state, from_user_id, to_user_id, amount, description,
                       requested_by, requested_role, created_at, updated_at)
                select gen_random_uuid(), '%1$s', 'award', 'pool', 'COMPLETED', '%2$s',
                       case when i <= 5000 then '%3$s'::uuid else gen_random_uuid() end, 1, 'thank you', '%2$s', 'manager',
                       now(), now()
                from generate_series(1, %4$s) as i""".formatted(of, manager, person, MOVEMENTS));
    }

    private static int texts(UUID tenant, UUID person) {
        return Integer.parseInt(Attesting.text("select count(*) from distributions where description is not null"
                + " and tenant_id = '" + tenant + "' and to_user_id = '" + person + "'"));
    }

    private static void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = connection.createStatement()) {
            for (var statement : statements) {
                sql.execute(statement);
            }
        }
    }
}
