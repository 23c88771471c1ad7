package io.points.distribution.wallet;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tables;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The day until which earned points can be used is given when they are credited, and stands in the wallet. */
@DistributionServiceTest
class DatedPointsTest {

    @Test
    void withoutAPolicyNothingIsDated() {
        try (var given = Given.tenant()) {
            award(given, 100);
            assertEquals("100 null null null null", wallet(given));
            assertEquals(List.of("100 null null"), entries(given));
            assertNull(told(given).get(0).expiresOn());
        }
    }

    @Test
    void aPolicyBindsTheNextAwardAndReachesNoEarlierOne() {
        try (var given = Given.tenant()) {
            award(given, 5);
            policy(given, "{\"after\": \"P90D\"}");
            award(given, 100);
            policy(given, "{\"after\": \"P60D\"}");
            award(given, 30);
            policy(given, "{\"after\": \"P90D\"}");
            award(given, 1);
            policy(given, null);
            award(given, 7);
            var days = creditDays(given, "UTC");
            var late = days.get(1).plusDays(90);
            var soon = days.get(2).plusDays(60);
            assertEquals("143 {%s,%s} {30,101} null %s".formatted(soon, late, soon), wallet(given));
            assertEquals(
                    List.of(
                            "5 null null",
                            "100 {%s} {100}".formatted(late),
                            "30 {%s} {30}".formatted(soon),
                            "1 {%s} {1}".formatted(late),
                            "7 null null"),
                    entries(given));
            assertEquals(
                    Arrays.asList(null, late, soon, late, null),
                    told(given).stream().map(PointsAwarded::expiresOn).toList());
        }
    }

    @Test
    void anAwardFromABudgetAndThoseOfABatchAreDatedAlike() {
        try (var given = Given.tenant()) {
            policy(given, "{\"after\": \"P90D\"}");
            given.budget(50);
            given.asLead()
                    .body(Given.award(given.employee, 20))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201);
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 3L, other, 4L));
            given.poolDebitsBatch(batch, 7);
            given.awaitBatch(batch, "COMPLETED");
            var day = creditDays(given, "UTC").get(0).plusDays(90);
            assertEquals("23 {%s} {23} null %s".formatted(day, day), wallet(given));
            assertEquals(List.of("4", "23"), column(given, """
                            select sum_of(lot_points) from wallets where tenant_id = '%s' and kind = 'earned' order by 1"""));
        }
    }

    /** Of the award of 90 days its own day goes; the award of 60 days stays as it was. */
    @Test
    void aReversalTakesTheDayThatItsAwardHadBeenGiven() {
        try (var given = Given.tenant()) {
            policy(given, "{\"after\": \"P60D\"}");
            award(given, 30);
            policy(given, "{\"after\": \"P90D\"}");
            award(given, 100);
            policy(given, null);
            award(given, 7);
            var soon = creditDays(given, "UTC").get(0).plusDays(60);
            var late = creditDays(given, "UTC").get(1).plusDays(90);
            given.asManager()
                    .header("Prefer", "respond-async")
                    .body("{\"reason\": \"Wrong person\"}")
                    .post("/api/allocations/distributions/" + told(given).get(1).distributionId() + "/reverse")
                    .then()
                    .statusCode(202);
            assertEquals("37 {%s} {30} null %s".formatted(soon, soon), wallet(given));
            assertEquals("-100 {%s} {100}".formatted(late), entries(given).get(3));
        }
    }

    /** At each moment it is another day in one of these zones than in UTC. */
    @Test
    void theDayOfTheCreditIsThatOfTheTenantsZone() {
        for (var zone : List.of("Pacific/Kiritimati", "Pacific/Pago_Pago")) {
            try (var given = Given.tenant()) {
                policy(given, "{\"after\": \"P90D\"}");
                zone(given, 1, zone);
                award(given, 100);
                var day = creditDays(given, zone).get(0).plusDays(90);
                assertEquals(day, told(given).get(0).expiresOn());
            }
        }
    }

    @Test
    void ofATenantsZonesTheNewestCountsAndOneThatDoesNotExistIsADeadLetter() {
        try (var given = Given.tenant()) {
            given.kafka.send(new TenantSettingsChanged(given.tenant, 4, "Atlantis/Poseidonis", null));
            zone(given, 3, "Asia/Kolkata");
            given.kafka.send(new TenantSettingsChanged(given.tenant, 2, "Europe/Berlin", null));
            award(given, 1);
            assertEquals(
                    List.of("Asia/Kolkata"), column(given, "select time_zone from policies where tenant_id = '%s'"));
            given.asManager().get("/api/policy").then().body("revision", equalTo(0));
        }
    }

    /** What was never there is taken from what lapses last, so that nobody loses what lapses first. */
    @Test
    void anAdjustmentLeavesNoMoreDatedThanThereIs() {
        try (var given = Given.tenant()) {
            award(given, 10);
            policy(given, "{\"after\": \"P90D\"}");
            award(given, 100);
            policy(given, "{\"after\": \"P60D\"}");
            award(given, 30);
            var days = creditDays(given, "UTC");
            var soon = days.get(2).plusDays(60);
            var late = days.get(1).plusDays(90);
            adjust(given, -25);
            assertEquals("115 {%s,%s} {30,85} null %s".formatted(soon, late, soon), wallet(given));
            assertEquals("-25 {%s} {15}".formatted(late), entries(given).get(3));
            adjust(given, -100);
            assertEquals("15 {%s} {15} null %s".formatted(soon, soon), wallet(given));
            adjust(given, 4);
            assertEquals("19 {%s} {15} null %s".formatted(soon, soon), wallet(given));
        }
    }

    @Test
    void moreIsNeverDatedThanThereIsWhoeverWritesIt() {
        try (var given = Given.tenant()) {
            policy(given, "{\"after\": \"P90D\"}");
            award(given, 100);
            for (var change : List.of(
                    "balance = 99",
                    "lot_points = '{101}'",
                    "lot_points = null",
                    "lot_points = '{50,50}'",
                    "next_expiry = next_expiry + 1")) {
                var sql = "update wallets set " + change + " where tenant_id = '" + given.tenant
                        + "' and kind = 'earned'";
                assertThrows(
                        IllegalStateException.class,
                        () -> Tables.asApp(
                                connection -> connection.createStatement().execute(sql)),
                        change);
            }
        }
    }

    static void policy(Given given, String expires) {
        given.asManager()
                .body("{\"earned\": {\"expires\": %s}}".formatted(expires))
                .put("/api/policy")
                .then()
                .statusCode(200);
    }

    static void award(Given given, long points) {
        var award = given.requestAward(points);
        given.poolDebits(award, DistributionKind.AWARD, points);
        given.awaitState(award, "COMPLETED");
    }

    private static void zone(Given given, long revision, String zone) {
        given.kafka.send(new TenantSettingsChanged(given.tenant, revision, zone, null));
        Awaitility.await().until(() -> column(given, "select time_zone from policies where tenant_id = '%s'")
                .equals(List.of(zone)));
    }

    private static void adjust(Given given, long points) {
        String id = given.as(UUID.randomUUID(), "platform-admin")
                .body("""
                        {"tenant_id": "%s", "user_id": "%s", "account": "earned", "amount": %s, "reason": "alert 7"}""".formatted(given.tenant, given.employee, points))
                .post("/api/platform/adjustments/wallets")
                .then()
                .statusCode(200)
                .extract()
                .path("adjustment_id");
        given.as(UUID.randomUUID(), "platform-admin")
                .post("/api/platform/adjustments/wallets/" + id + "/approve")
                .then()
                .statusCode(200);
    }

    /** In the order of the entries. */
    private static List<PointsAwarded> told(Given given) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, PointsAwarded.class, given.tenant),
                        told -> told.size() >= entries(given).size());
    }

    private static String wallet(Given given) {
        return column(given, """
                select concat_ws(' ', balance, coalesce(lot_dates::text, 'null'), coalesce(lot_points::text, 'null'),
                       coalesce(lot_origins::text, 'null'), coalesce(next_expiry::text, 'null'))
                from wallets where tenant_id = '%s' and kind = 'earned' and user_id = '""" + given.employee + "'").get(0);
    }

    private static List<String> entries(Given given) {
        return column(given, """
                select concat_ws(' ', amount, coalesce(lot_dates::text, 'null'), coalesce(lot_points::text, 'null'))
                from wallet_ledger where tenant_id = '%s' and kind = 'earned' and user_id = '""" + given.employee + "' order by entry_number");
    }

    /** On which days the entries were made, in a zone. */
    private static List<LocalDate> creditDays(Given given, String zone) {
        return column(
                        given,
                        "select (created_at at time zone '" + zone + "')::date from wallet_ledger"
                                + " where tenant_id = '%s' and kind = 'earned' and user_id = '" + given.employee
                                + "' order by entry_number")
                .stream()
                .map(LocalDate::parse)
                .toList();
    }

    private static List<String> column(Given given, String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
