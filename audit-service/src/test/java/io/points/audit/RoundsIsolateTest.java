package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.testing.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a round cannot handle harms its own tenant at most: all others are sealed, posted and compared, the gauge and the table
 * say so, and it is tried again. And a guard that sees nothing move says for how long.
 */
@QuarkusTest
class RoundsIsolateTest extends AuditServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UUID other = UUID.randomUUID();
    private final Story story = new Story(tenant);

    /** Other tests find gauges as if these tenants had never been. */
    @AfterEach
    void forget() {
        AuditTables.asSuperuser(
                "delete from audit_quarantine where tenant_id in ('" + tenant + "', '" + other + "')",
                "delete from audit_unposted where tenant_id = '" + tenant + "'",
                "delete from audit_attestations where tenant_id = '" + tenant + "'",
                "delete from audit_unsealed using audit_log where audit_log.sequence = audit_unsealed.sequence"
                        + " and tenant_id = '" + tenant + "'",
                "delete from audit_unsealed_held where tenant_id = '" + tenant + "'",
                "delete from audit_transit where tenant_id = '" + tenant + "'",
                "delete from audit_books where tenant_id = '" + tenant + "'");
    }

    /** In the tables of before it was turned away at the door. */
    @Test
    void aSubjectThatNoIndexHoldsIsPostedUnderItsDigest() {
        send(story.allocated(100));
        awaitPosted();
        // Text that does not compress: an index row holds a third of a page.
        AuditTables.record(tenant, Topic.POOL_EVENTS, "PoolDebited", """
                {"debit_id": "' || (select string_agg(md5(i::text), '') from generate_series(1, 280) i) || '",
                 "amount": 30, "balance_after": 70, "pool_version": 2}""");
        AuditTables.awaitSealed(tenant);
        AuditTables.awaitPosted(tenant);

        as("auditor")
                .get("/api/audit/conservation/" + tenant)
                .then()
                .body("pool", equalTo(70), "in_flight", equalTo(30), "balanced", equalTo(true));
        assertOthersAreCompared();
    }

    @Test
    void sumsBeyondALongStopOneTenantsBooksAloneUntilTheyCanBeKeptAgain() {
        send(story.allocated(100));
        awaitPosted();
        double before = shown("points_audit_broken_books");
        AuditTables.asSuperuser(
                "update audit_books set allocated = 9223372036854775800 where tenant_id = '" + tenant + "'");
        send(story.allocated(1000));
        awaitSealed();
        awaitQuarantine("posting", true);

        assertOthersAreCompared();
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_broken_books") == before + 1);
        assertEquals(
                List.of("java.lang.ArithmeticException: long overflow"),
                AuditTables.column(
                        "select reason from audit_quarantine where work = 'posting' and tenant_id = '" + tenant + "'"));

        AuditTables.asSuperuser(
                "update audit_books set allocated = 100 where tenant_id = '" + tenant + "'",
                "update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'");
        awaitQuarantine("posting", false);
        AuditTables.awaitPosted(tenant);
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_broken_books") == before);
        as("auditor").get("/api/audit/conservation/" + tenant).then().body("allocated", equalTo(1100));
    }

    @Test
    void aBalanceThatCannotBeComparedKeepsNoOtherFromBeingCompared() {
        send(story.allocated(100), attested(tenant, 1, 100, 100));
        awaitPosted();
        awaitCompared(tenant);
        double before = shown("points_audit_broken_comparisons");
        AuditTables.asSuperuser(
                "update audit_balances set balance = 9223372036854775807 where tenant_id = '" + tenant + "'");
        send(attested(tenant, 1, -2, 100));
        awaitQuarantine("comparison", true);

        assertOthersAreCompared();
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_broken_comparisons") == before + 1);

        AuditTables.asSuperuser(
                "update audit_balances set balance = 100 where tenant_id = '" + tenant + "'",
                "update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'");
        awaitQuarantine("comparison", false);
        awaitCompared(tenant);
        assertEquals(1, alertsOf(tenant));
    }

    /** As a balance of a very long history does: its time limit is one more failure that passes. */
    @Test
    void aBalanceWhoseComparisonFailsInPassingKeepsNoOtherFromBeingCompared() {
        AuditTables.asSuperuser(
                """
                create function takes_too_long() returns trigger language plpgsql as
                $$ begin raise exception 'canceling statement' using errcode = 'query_canceled'; end $$
                """,
                "create trigger takes_too_long before insert or update on audit_balances for each row when (new.tenant_id = '"
                        + tenant + "') execute function takes_too_long()");
        try {
            send(story.allocated(100), attested(tenant, 1, 100, 100));
            awaitPosted();
            assertOthersAreCompared();
            assertEquals(
                    List.of("1", "0"),
                    AuditTables.column("select count(*) from audit_attestations where tenant_id = '" + tenant
                            + "' union all select count(*) from audit_quarantine where tenant_id = '" + tenant + "'"));
        } finally {
            AuditTables.asSuperuser("drop trigger takes_too_long on audit_balances", "drop function takes_too_long()");
        }
        awaitCompared(tenant);
    }

    /** A round ends after three; the next one goes past them. */
    @Test
    void manyBalancesWhoseComparisonFailsInPassingKeepNoOtherFromBeingCompared() {
        var before = Stream.generate(() -> new UUID(0, UUID.randomUUID().getLeastSignificantBits()))
                .limit(5)
                .toList();
        AuditTables.asSuperuser(
                """
                create function takes_too_long() returns trigger language plpgsql as
                $$ begin raise exception 'canceling statement' using errcode = 'query_canceled'; end $$
                """,
                "create trigger takes_too_long before insert or update on audit_balances for each row"
                        + " when (new.tenant_id < '00000000-0000-0001-0000-000000000000') execute function takes_too_long()");
        try {
            for (var one : before) {
                kafka.send(new Story(one).allocated(100));
                kafka.send(attested(one, 1, 100, 100));
            }
            before.forEach(AuditTables::awaitSealed);
            before.forEach(AuditTables::awaitPosted);
            assertOthersAreCompared();
        } finally {
            AuditTables.asSuperuser("drop trigger takes_too_long on audit_balances", "drop function takes_too_long()");
        }
        before.forEach(RoundsIsolateTest::awaitCompared);
    }

    @Test
    void aRecordThatCannotBeSealedKeepsNoOtherFromBeingSealed() {
        double before = shown("points_audit_broken_trees");
        AuditTables.asSuperuser("alter table audit_log alter topic drop not null");
        AuditTables.recordUnder(tenant, "null", "PoolPainted", "{}");
        awaitQuarantine("sealing", true);

        assertOthersAreCompared();
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_broken_trees") == before + 1);

        AuditTables.asSuperuser(
                "update audit_log set topic = 'allocation.pool.events.v1' where tenant_id = '" + tenant + "'",
                "alter table audit_log alter topic set not null",
                "update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'");
        awaitQuarantine("sealing", false);
        AuditTables.awaitSealed(tenant);
    }

    /** Beyond what every reader can hold, and beyond what the comparison reckons with. */
    @Test
    void anAbsurdBalanceIsReportedAndNotPassedOver() {
        send(story.allocated(100), attested(tenant, 1, Long.MAX_VALUE, 100));
        awaitPosted();
        awaitCompared(tenant);
        assertEquals(1, alertsOf(tenant));
        AuditTables.asSuperuser("delete from audit_balances where tenant_id = '" + tenant + "'");
    }

    /** A pool's event that names a version which never comes: forged, or the ones before it are lost. */
    @Test
    void aCutThatStandsStillGrowsOldAndIsNotCalledBalanced() {
        send(story.allocated(100));
        awaitPosted();
        sheet().body("balanced", equalTo(true), "cut.stale_seconds", equalTo(0));
        send(new PoolDebited(UUID.randomUUID(), tenant, DistributionKind.AWARD, 1_000_000, 7, 9_000));
        awaitPosted();
        sheet().body("cut.tree_size", equalTo(1), "balanced", equalTo(true));
        AuditTables.asSuperuser("update audit_checkpoint_log set signed_at = signed_at - interval '20 minutes'"
                + " where tree_size > 1 and tenant_id = '" + tenant + "'");

        sheet().body("cut.tree_size", equalTo(1), "balanced", equalTo(false))
                .body("cut.stale_seconds", greaterThanOrEqualTo(1200));
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_cut_age_seconds") >= 1200);
    }

    /** Its number is taken already, so no entry seems to be missing. */
    @Test
    void aForgedEntryOfThePoolMakesItsBooksUnbalanced() {
        double before = shown("points_audit_unbalanced_books");
        send(story.allocated(100));
        awaitPosted();
        send(new PoolDebited(UUID.randomUUID(), tenant, DistributionKind.AWARD, 40, 60, 1));
        awaitPosted();

        sheet().body("cut.tree_size", equalTo(2), "balanced", equalTo(false));
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_unbalanced_books") == before + 1);
    }

    @Test
    void whatIsUnderWayForTooLongIsSeenInBothDirections() {
        send(story.allocated(100), story.debited(UUID.randomUUID(), 30));
        var early = new Story(other);
        kafka.send(early.awardedFromPool(UUID.randomUUID(), 7));
        awaitPosted();
        AuditTables.awaitSealed(other);
        AuditTables.awaitPosted(other);
        AuditTables.asSuperuser(
                "update audit_transit set since = now() - interval '2 hours' where tenant_id = '" + tenant + "'",
                "update audit_transit set since = now() - interval '3 hours' where tenant_id = '" + other + "'");

        await().atMost(PATIENCE).until(() -> age("credit") >= 7200 && age("debit") >= 10_800);
        AuditTables.asSuperuser("delete from audit_transit where tenant_id = '" + other + "'");
    }

    /** Under the stack of the services, half a megabyte, a loop that nested its turns would not come back from these. */
    /** However many there are: nobody else's turn may read past them. */
    @Test
    void whatWaitsOfATenantThatIsLeftOutWaitsApart() throws SQLException {
        AuditTables.asSuperuser("insert into audit_quarantine (work, tenant_id, since, failures, reason, retry_at)"
                + " values ('sealing', '" + tenant + "', now(), 1, 'a test', 'infinity')");
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_audit_broken_trees") > 0);
        try (var owner = AuditTables.owner()) {
            AuditTables.insert(owner, tenant, 2_500);
            AuditTables.insert(owner, other, 3);
        }
        AuditTables.awaitSealed(other);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertEquals(
                        List.of("2500"),
                        AuditTables.column(
                                "select count(*) from audit_unsealed_held where tenant_id = '" + tenant + "'")));
        assertEquals(
                List.of("0"),
                AuditTables.column("select count(*) from audit_leaf_log where tenant_id = '" + tenant + "'"));

        AuditTables.asSuperuser("update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'");
        AuditTables.awaitSealed(tenant);
        awaitQuarantine("sealing", false);
        assertEquals(List.of("0"), AuditTables.column("select count(*) from audit_unsealed_held"));
    }

    @Test
    void aBacklogOfSealsIsPostedInOneGo() {
        int seals = Integer.getInteger("points.seals", 1_500);
        send(story.allocated(100));
        awaitPosted();
        AuditTables.asSuperuser(
                "insert into audit_checkpoint_log select tenant_id, tree_size + i, root_hash, note, signed_at"
                        + " from audit_checkpoint_log, generate_series(1, " + seals + ") i where tenant_id = '" + tenant
                        + "'",
                "insert into audit_unposted select tenant_id, tree_size from audit_checkpoint_log"
                        + " where tree_size > 1 and tenant_id = '" + tenant + "'");
        var behind = UUID.fromString("ffffffff" + other.toString().substring(8));
        kafka.send(new Story(behind).allocated(1));
        await().atMost(PATIENCE)
                .until(() -> AuditTables.column("select count(*) from audit_books where tenant_id = '" + behind + "'")
                        .equals(List.of("1")));
        assertNotEquals(
                List.of("0"),
                AuditTables.column("select count(*) from audit_unposted where tenant_id = '" + tenant + "'"),
                "tenants take turns");
        await().atMost(Duration.ofSeconds(60 + seals / 100))
                .until(() -> AuditTables.column("select tree_size from audit_books where tenant_id = '" + tenant + "'")
                        .equals(List.of(Integer.toString(seals + 1))));
        AuditTables.asSuperuser(
                "delete from audit_checkpoint_log where tree_size > 1 and tenant_id = '" + tenant + "'",
                "delete from audit_cuts where tree_size > 1 and tenant_id = '" + tenant + "'");
        assertOthersAreCompared();
    }

    private ValidatableResponse sheet() {
        return as("auditor").get("/api/audit/conservation/" + tenant).then().statusCode(200);
    }

    /** What the gauge shows once it is shown: for a moment it is not if the database was too busy to be asked. */
    private static double shown(String gauge) {
        await().atMost(PATIENCE).until(() -> !Double.isNaN(Metrics.sum(gauge)));
        return Metrics.sum(gauge);
    }

    private static double age(String missing) {
        return Metrics.sum("points_audit_transit_oldest_age_seconds", Map.of("missing", missing))
                .orElse(Double.NaN);
    }

    /** Somebody gave another tenant's pool 500 points by SQL: that is noticed. */
    private void assertOthersAreCompared() {
        kafka.send(new Story(other).allocated(100));
        kafka.send(attested(other, 1, 600, 100));
        await().atMost(PATIENCE)
                .until(() -> AuditTables.column("select count(*) from audit_log where tenant_id = '" + other + "'")
                        .equals(List.of("2")));
        AuditTables.awaitSealed(other);
        AuditTables.awaitPosted(other);
        awaitCompared(other);
        assertEquals(1, alertsOf(other));
        await().atMost(PATIENCE).until(() -> Metrics.sum("points_ledger_imbalance") >= 500);
        AuditTables.asSuperuser("delete from audit_balances where tenant_id = '" + other + "'");
    }

    private static BalanceAttested attested(UUID of, long number, long stored, long sum) {
        return new BalanceAttested(of, Account.POOL, List.of(new AttestedBalance(of, number, stored, sum)));
    }

    /** What still waits to be compared does not count as what was. */
    private static void awaitCompared(UUID of) {
        await().atMost(PATIENCE)
                .until(() -> AuditTables.column("select (select count(*) from audit_attestations where tenant_id = '"
                                + of + "') = 0 and (select count(*) from audit_balances where tenant_id = '" + of
                                + "') = 1")
                        .equals(List.of("t")));
    }

    private void awaitQuarantine(String work, boolean there) {
        await().atMost(PATIENCE)
                .until(() -> AuditTables.column("select count(*) > 0 from audit_quarantine where work = '" + work
                                + "' and tenant_id = '" + tenant + "'")
                        .equals(List.of(there ? "t" : "f")));
    }

    private static int alertsOf(UUID of) {
        return as("auditor")
                .queryParam("tenant_id", of)
                .get("/api/audit/alerts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items")
                .size();
    }
}
