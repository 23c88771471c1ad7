package io.points.distribution.closing;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Account;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.DistributionKind;
import io.points.contract.LapseReason;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.Message;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.contract.ReturnOrigin;
import io.points.contract.Settlement;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class ClosingTest {

    private static final LocalDate LONG_OVER = LocalDate.now(ZoneOffset.UTC).minusDays(3);

    private final UUID closing = UUID.randomUUID();

    private TenantClosing begins(Given given) {
        return begins(given, LocalDate.of(2999, 1, 31), Settlement.EXPIRE);
    }

    private TenantClosing begins(Given given, LocalDate earnedUntil, Settlement earnedThen) {
        return new TenantClosing(
                given.tenant, 2, closing, earnedUntil, Settlement.CREDIT, earnedThen, UUID.randomUUID());
    }

    @Test
    void budgetsGoBackAndItIsToldOnceThePoolHasThem() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.kafka.send(begins(given));
            var back = awaitReturns(given, 1).get(0);
            assertEquals(500, back.amount());
            assertEquals(0, given.budgetOf(given.lead));
            given.distribution(back.distributionId())
                    .body("state", equalTo("RETURNING"))
                    .body("from_user_id", equalTo(given.lead.toString()))
                    .body("description", equalTo("The company is being closed"));
            arrives(given, back);
            assertEquals(500, awaitRecalled(given).amount());
            // Telling it again begins nothing again.
            given.kafka.send(begins(given));
            given.kafka.send(new TenantClosed(given.tenant, 3, closing));
            awaitStatus(given, "closed");
            assertEquals(List.of(BudgetReturned.class, BudgetsRecalled.class), told(given));
            assertEquals(1, stored("tenant_id = '%s' and stage = 'waiting'".formatted(given.tenant)));
        }
    }

    @Test
    void whatIsUnderWayEndsFirst() {
        try (var given = Given.tenant()) {
            var delegation = given.requestDelegation(70);
            var award = given.requestAward(30);
            given.kafka.send(begins(given));
            awaitStatus(given, "closing");
            // The pool had given both before it was told.
            given.poolDebits(delegation, DistributionKind.DELEGATION, 70);
            arrives(given, awaitReturns(given, 1).get(0));
            given.poolDebits(award, DistributionKind.AWARD, 30);
            assertEquals(70, awaitRecalled(given).amount());
            var told = told(given);
            assertEquals(BudgetsRecalled.class, told.get(told.size() - 1));
            assertEquals(1, told.stream().filter(PointsAwarded.class::equals).count());
        }
    }

    @Test
    void nothingIsGivenFromABudget() {
        try (var given = Given.tenant()) {
            given.requestAward(5);
            given.budget(500);
            given.kafka.send(begins(given));
            awaitStatus(given, "closing");
            given.asLead().get("/api/allocations/giving").then().body("level", equalTo("none"));
            refused(given, "TENANT_CLOSING", "tenant-closing");
            given.kafka.send(new TenantClosed(given.tenant, 3, closing));
            awaitStatus(given, "closed");
            refused(given, "TENANT_CLOSED", "tenant-closed");
        }
    }

    @Test
    void calledOffItGoesNoFurther() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.kafka.send(begins(given));
            var back = awaitReturns(given, 1).get(0);
            given.kafka.send(new TenantClosingCalledOff(given.tenant, 3, closing));
            arrives(given, back);
            awaitStatus(given, "active");
            assertEquals(1, stored("closing_id = '%s' and stage = 'called_off'".formatted(closing)));
            given.budget(20);
            assertEquals(20, given.budgetOf(given.lead));
            assertEquals(
                    0,
                    told(given).stream().filter(BudgetsRecalled.class::equals).count());
        }
    }

    @Test
    void manyBudgetsGoBackSliceBySlice() {
        try (var given = Given.tenant()) {
            int leads = 401;
            Tables.asApp(connection -> {
                try (var sql = connection.createStatement()) {
                    return sql.execute("insert into wallets (tenant_id, user_id, kind, balance) select '" + given.tenant
                            + "', gen_random_uuid(), 'budget', 3 from generate_series(1, " + leads + ")");
                }
            });
            given.kafka.send(begins(given));
            awaitReturns(given, leads).forEach(back -> arrives(given, back));
            assertEquals(3 * leads, awaitRecalled(given).amount());
            assertEquals(leads, awaitReturns(given, leads).size());
        }
    }

    @Test
    void afterTheirDayEarnedPointsLapseWithWhateverDayTheyHave() {
        try (var given = Given.tenant()) {
            given.budget(500);
            given.awardedFromPool(30);
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(40);
            given.kafka.send(begins(given, LONG_OVER, Settlement.EXPIRE));
            arrives(given, awaitReturns(given, 1).get(0));
            assertEquals(70, awaitClosed(given).amount());
            assertEquals(0, given.earnedBy(given.employee));
            var lapse = given.kafka
                    .messages(Topic.WALLET_EVENTS, PointsExpired.class, given.tenant)
                    .get(0);
            assertEquals(
                    new PointsExpired(
                            lapse.distributionId(),
                            given.tenant,
                            given.employee,
                            Account.EARNED,
                            LapseReason.CLOSED,
                            null,
                            70,
                            3,
                            0),
                    lapse);
            assertEquals(
                    List.of(BudgetReturned.class, BudgetsRecalled.class, PointsExpired.class, WalletsClosed.class),
                    told(given).stream().filter(it -> it != PointsAwarded.class).toList());
            assertEquals(1, stored("closing_id = '%s' and stage = 'done' and emptied = 70".formatted(closing)));
            given.asEmployee()
                    .get("/api/wallets/me")
                    .then()
                    .body("entries[0].cause", equalTo("expiry"))
                    .body("earned_until", nullValue())
                    .body("expiring", empty());
        }
    }

    @Test
    void creditedOnesGoBackToThePoolAndItIsToldOnceThePoolHasThem() {
        try (var given = Given.tenant()) {
            given.awardedFromPool(30);
            given.kafka.send(begins(given, LONG_OVER, Settlement.CREDIT));
            var back = awaitReturns(given, 1).get(0);
            assertEquals(
                    new ReturnToPool(back.distributionId(), given.tenant, given.employee, 30, null, ReturnOrigin.LAPSE),
                    back);
            assertEquals(0, given.earnedBy(given.employee));
            given.distribution(back.distributionId())
                    .body("kind", equalTo("lapse"))
                    .body("state", equalTo("RETURNING"))
                    .body("from_user_id", equalTo(given.employee.toString()))
                    .body("description", equalTo("The company is closed"));
            assertEquals(1, stored("closing_id = '%s' and stage = 'emptying'".formatted(closing)));
            arrives(given, back);
            assertEquals(30, awaitClosed(given).amount());
            given.distribution(back.distributionId()).body("state", equalTo("COMPLETED"));
            assertEquals(List.of(PointsAwarded.class, BudgetsRecalled.class, WalletsClosed.class), told(given));
        }
    }

    @Test
    void untilTheirDayIsOverEarnedPointsStay() {
        try (var given = Given.tenant()) {
            given.awardedFromPool(30);
            // Nowhere on earth is this day over.
            given.kafka.send(begins(given, LocalDate.now(ZoneOffset.UTC).plusDays(1), Settlement.EXPIRE));
            awaitRecalled(given);
            given.asEmployee()
                    .get("/api/wallets/me")
                    .then()
                    .body(
                            "earned_until",
                            equalTo(LocalDate.now(ZoneOffset.UTC).plusDays(1).toString()));
            // Whoever is seen to as well is seen to meanwhile.
            try (var other = Given.tenant()) {
                other.awardedFromPool(5);
                other.kafka.send(new TenantClosing(
                        other.tenant,
                        2,
                        UUID.randomUUID(),
                        LONG_OVER,
                        Settlement.CREDIT,
                        Settlement.EXPIRE,
                        UUID.randomUUID()));
                awaitClosed(other);
            }
            assertEquals(30, given.earnedBy(given.employee));
            assertEquals(1, stored("closing_id = '%s' and stage = 'waiting'".formatted(closing)));
        }
    }

    @Test
    void manyWalletsAreEmptiedSliceBySlice() {
        try (var given = Given.tenant()) {
            int members = 401;
            Tables.asApp(connection -> {
                try (var sql = connection.createStatement()) {
                    return sql.execute("insert into wallets (tenant_id, user_id, kind, balance) select '" + given.tenant
                            + "', gen_random_uuid(), 'earned', 3 from generate_series(1, " + members + ")");
                }
            });
            given.kafka.send(begins(given, LONG_OVER, Settlement.EXPIRE));
            assertEquals(3 * members, awaitClosed(given).amount());
            assertEquals(
                    members,
                    given.kafka
                            .messages(Topic.WALLET_EVENTS, PointsExpired.class, given.tenant)
                            .size());
        }
    }

    private static void refused(Given given, String reason, String problem) {
        given.asLead()
                .body(Given.award(given.employee, 1))
                .post("/api/allocations/award-points")
                .then()
                .statusCode(409)
                .body("reason", equalTo(reason))
                .body("type", equalTo("urn:points:problem:" + problem));
    }

    private static void arrives(Given given, ReturnToPool back) {
        given.kafka.send(new PointsReturned(back.distributionId(), given.tenant, back.amount(), 1_000, 3));
    }

    /** Each as one is erased, and told of at the end, once. */
    @Test
    void whatIsKnownOfItsPeopleIsDeletedOnceItIsAskedFor() {
        try (var given = Given.tenant()) {
            var asha = given.named("Asha", "employee", true, "asha@example.com");
            var ravi = given.named("Ravi", "lead", true, "ravi@example.com");
            given.awardedFromPool(10);
            var asked = new PeopleErasureRequested(given.tenant, closing);
            // Not of a tenant whose wallets are not closed.
            given.kafka.send(asked);
            given.kafka.send(begins(given, LocalDate.now().minusDays(2), Settlement.EXPIRE));
            awaitClosed(given);
            given.kafka.send(new TenantClosed(given.tenant, 3, closing));
            awaitStatus(given, "closed");
            assertEquals(
                    0,
                    given.kafka
                            .messages(Topic.WALLET_EVENTS, PeopleErased.class, given.tenant)
                            .size());
            given.asManager().get("/api/members/" + asha).then().body("display_name", equalTo("Asha"));

            given.kafka.send(asked);
            given.kafka.send(asked);
            var erased = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.WALLET_EVENTS, PeopleErased.class, given.tenant),
                            found -> !found.isEmpty());
            for (var member : List.of(asha, ravi)) {
                given.asManager()
                        .get("/api/members/" + member)
                        .then()
                        .statusCode(200)
                        .body("display_name", nullValue())
                        .body("email", nullValue());
            }
            var told = given.kafka.messages(Topic.WALLET_EVENTS, PersonalDataErased.class, given.tenant);
            assertEquals(erased.get(0).members(), told.size());
            assertTrue(told.size() >= 4);
            given.kafka.send(asked);
            awaitStatus(given, "closed");
            assertEquals(
                    List.of(new PeopleErased(closing, given.tenant, told.size())),
                    given.kafka.messages(Topic.WALLET_EVENTS, PeopleErased.class, given.tenant));
        }
    }

    private static List<ReturnToPool> awaitReturns(Given given, int many) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant),
                        found -> found.size() >= many);
    }

    private static BudgetsRecalled awaitRecalled(Given given) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, BudgetsRecalled.class, given.tenant),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static WalletsClosed awaitClosed(Given given) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, WalletsClosed.class, given.tenant),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static void awaitStatus(Given given, String status) {
        Awaitility.await()
                .untilAsserted(() ->
                        given.asManager().get("/api/allocations/pool").then().body("status", equalTo(status)));
    }

    /** What of the tenant's points was told in which order, but for what was asked for. */
    private static List<Class<? extends Message>> told(Given given) {
        return given.kafka.read(Topic.WALLET_EVENTS).stream()
                .map(TestKafka::message)
                .filter(message -> message.tenantId().equals(given.tenant))
                .flatMap(message -> Stream.of(
                                BudgetReturned.class,
                                BudgetsRecalled.class,
                                PointsAwarded.class,
                                PointsExpired.class,
                                WalletsClosed.class)
                        .filter(type -> type.isInstance(message)))
                .<Class<? extends Message>>map(type -> type)
                .toList();
    }

    private static long stored(String condition) {
        return Tables.asApp(
                connection -> Tables.number(connection, "select count(*) from tenant_closings where " + condition));
    }
}
