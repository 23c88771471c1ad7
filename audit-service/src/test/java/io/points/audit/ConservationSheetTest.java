package io.points.audit;

import static io.points.testing.TestKafka.bytes;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.points.testing.Metrics;
import io.points.testing.PointsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

@QuarkusTest
class ConservationSheetTest extends AuditServiceTest {

    /** By these, messages number the entries of balances. */
    private static final Set<String> ENTRIES =
            Set.of("poolVersion", "walletEntry", "budgetEntry", "departmentEntry", "fromEntry", "toEntry");

    private static final Pattern SNAKE = Pattern.compile("_([a-z])");
    private static final Pattern CAMEL = Pattern.compile("[A-Z]");

    private final Story story = new Story(tenant);
    private final UUID d1 = UUID.randomUUID();
    private final UUID d2 = UUID.randomUUID();
    private final UUID d3 = UUID.randomUUID();

    @Test
    void aTenantThatWasOnlyRegisteredHasNothing() {
        send(new TenantRegistered(tenant, "INR", "1.00", 1));

        assertSheet(0, 0, 0, 0, 0, 0, true);
    }

    @Test
    void everyMovementFindsItsPlace() {
        send(wholeStory());

        assertSheet(50_000, 5_000, 30_580, 0, 9_690, 1_000, true);
        assertReservedAndExpired(3_000, 730);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfEventsAndRepeatsMakeNoDifference(long seed) {
        var events = new ArrayList<Runnable>();
        for (var message : wholeStory()) {
            var id = newId();
            events.addAll(List.of(() -> send(id, message), () -> send(id, message)));
        }
        Collections.shuffle(events, new Random(seed));
        events.forEach(Runnable::run);

        assertSheet(50_000, 5_000, 30_580, 0, 9_690, 1_000, true);
        assertReservedAndExpired(3_000, 730);
    }

    @Test
    void whatLeftThePoolAndHasNotArrivedIsInFlight() {
        send(story.allocated(100), story.debited(d1, 30), story.debited(d2, 20), story.awardedFromPool(d2, 20));

        assertSheet(100, 0, 50, 30, 0, 20, true);
    }

    @Test
    void whatLeftABudgetAndHasNotArrivedIsInFlight() {
        send(story.allocated(100), story.debited(d1, 30), story.delegated(d1, 30), story.budgetReturned(d2, 12));

        assertSheet(100, 0, 70, 12, 18, 0, true);
    }

    @Test
    void whatWasTakenBackAndHasNotArrivedIsInFlight() {
        send(story.allocated(100), story.debited(d1, 30), story.awardedFromPool(d1, 30));
        send(story.reversed(d2, PointsSource.POOL, 12), story.earnedReturned(d3, 5));

        assertSheet(100, 0, 70, 17, 0, 13, true);
    }

    @Test
    void whatWaitsForApprovalIsReservedUntilItIsReleased() {
        send(story.allocated(100), story.debited(d1, 30), story.delegated(d1, 30), story.debited(d2, 20));
        send(story.held(d2, PointsSource.POOL, 20), story.held(d3, PointsSource.BUDGET, 12));
        assertSheet(100, 0, 50, 0, 18, 0, true);
        assertReservedAndExpired(32, 0);

        send(story.released(d2, PointsSource.POOL, 20), story.released(d3, PointsSource.BUDGET, 12));
        assertSheet(100, 0, 50, 20, 30, 0, true);
        send(story.awardedFromPool(d2, 20), story.awardedFromBudget(d3, 12));
        assertSheet(100, 0, 50, 0, 18, 32, true);
        assertReservedAndExpired(0, 0);
    }

    @Test
    void whatWaitsBeforeItsDebitIsCutOff() {
        send(story.allocated(100));
        awaitPosted();
        send(story.held(d1, PointsSource.POOL, 30));
        assertSheet(100, 0, 100, 0, 0, 0, true);
        assertCut(1, 2, 30, 0);

        send(story.debited(d1, 30));
        assertSheet(100, 0, 70, 0, 0, 0, true);
        assertReservedAndExpired(30, 0);
    }

    /** Or the pool's points would seem to be there twice for a moment. */
    @Test
    void whatThePoolHasBeforeItLeftAWalletIsCutOff() {
        send(story.allocated(100), story.debited(d1, 30), story.awardedFromPool(d1, 30));
        awaitPosted();
        send(story.returned(d2, 12));
        assertSheet(100, 0, 70, 0, 0, 30, true);
        assertCut(3, 4, 12, 0);

        send(story.reversed(d2, PointsSource.POOL, 12));
        assertSheet(100, 0, 82, 0, 0, 18, true);
    }

    @Test
    void whatWasRefusedOrNeverDebitedMovesNothing() {
        send(story.allocated(100), story.refused(d1, 500), story.cancelled(d2, 0));

        assertSheet(100, 0, 100, 0, 0, 0, true);
    }

    @Test
    void aCreditBeforeItsDebitIsCutOffUntilTheDebitComes() {
        var allocated = story.allocated(100);
        var debited = story.debited(d1, 30);
        send(allocated);
        awaitPosted();
        send(story.awardedFromPool(d1, 30));
        assertSheet(100, 0, 100, 0, 0, 0, true);
        assertCut(1, 2, 30, 0);

        send(debited);

        assertSheet(100, 0, 70, 0, 0, 30, true);
        assertCut(3, 3, 0, 0);
    }

    @Test
    void aCreditWithoutItsOwnDebitIsSeenEvenWhenAnotherDistributionIsInFlight() {
        send(story.allocated(100), story.debited(d1, 30));
        awaitPosted();
        send(story.awardedFromPool(d2, 30));

        assertSheet(100, 0, 70, 30, 0, 0, true);
        assertCut(2, 3, 30, 0);
        awaitImbalance(30);

        send(story.debited(d2, 30));
        assertSheet(100, 0, 40, 30, 0, 30, true);
        awaitImbalance(0);
    }

    @Test
    void aDistributionThatIsCreditedAndRefundedIsSeen() {
        send(story.allocated(100), story.debited(d1, 30));
        awaitPosted();
        send(story.awardedFromPool(d1, 30));
        awaitPosted();
        send(story.refunded(d1, 30));

        assertSheet(100, 0, 70, 0, 0, 30, true);
        assertCut(3, 4, 30, 0);
        send(story.debited(d1, 30));
        awaitPosted();
    }

    @Test
    void aPoolMovementWhoseEventIsLostIsSeen() {
        var allocated = story.allocated(100);
        story.allocated(7);
        send(allocated);
        awaitPosted();
        send(story.clawedBack(10));

        assertSheet(100, 0, 100, 0, 0, 0, true);
        assertCut(1, 2, 0, 1);
    }

    @Test
    void aPoolThatStatesAnotherBalanceThanItsMovementsAddUpToIsOutOfBalance() {
        send(story.allocated(100));
        send(new PointsAllocated(UUID.randomUUID(), tenant, 5, "INR", "1.00", "PO-2", 106, 2));

        assertSheet(105, 0, 105, 0, 0, 0, false);
    }

    /** A cut is named by its place in the tree, so an answer for a time that is past never changes. */
    @Test
    void anEarlierTimeIsAnsweredFromAnEarlierCut() {
        send(story.allocated(100));
        assertSheet(100, 0, 100, 0, 0, 0, true);
        var first = sheet("");
        send(story.clawedBack(40));
        assertSheet(100, 40, 60, 0, 0, 0, true);

        var then = sheet("?at=" + first.getString("cut.sealed_at"));
        assertEquals(first.<Object>get("cut"), then.get("cut"));
        assertEquals(0, then.getInt("clawed_back"));
        assertEquals(2, then.getInt("newest.tree_size"));
        var before = sheet("?at=2020-01-01T00:00:00Z");
        assertEquals(0, before.getInt("cut.tree_size"));
        assertEquals(null, before.getString("cut.sealed_at"));
        assertEquals(0, before.getInt("allocated"));
        assertEquals(true, before.getBoolean("balanced"));
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        as("auditor")
                .get("/api/audit/conservation/" + tenant + "?at=yesterday")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("at"));
    }

    /** Of a type that is known, it is a dead letter; of another, a record all the same. */
    @Test
    void contentThatIsNoMovementCountsForNothing() {
        send(story.allocated(100));
        for (var content : List.of(
                "{}",
                "{\"amount\": \"7\"}",
                "{\"amount\": 1.5}",
                "{\"amount\": -7}",
                "{\"amount\": 1e300}",
                "{\"amount\": null}",
                "{\"amount\": {\"amount\": 7}}")) {
            sendAs("PointsAllocated", Topic.POOL_EVENTS, content);
        }
        sendAs("PointsAllocated", Topic.WALLET_EVENTS, "{\"amount\": 7}");
        sendAs("PointsAwarded", Topic.WALLET_EVENTS, "{\"amount\": 7, \"source\": \"thin air\"}");
        sendAs("WalletPainted", Topic.WALLET_EVENTS, "{\"amount\": 7}");
        sendAs("PoolPainted", Topic.POOL_EVENTS, "{\"amount\": 7}");
        send(story.allocated(1));
        // What was sent before them to their topics has been read by then.
        await().atMost(Duration.ofSeconds(20)).until(() -> records().getList("items.type", String.class).stream()
                .sorted()
                .toList()
                .equals(List.of("PointsAllocated", "PointsAllocated", "PoolPainted", "WalletPainted")));

        assertSheet(101, 0, 101, 0, 0, 0, true);
    }

    @Test
    void tenantsAreAddedUpApart() {
        var other = new Story(UUID.randomUUID());
        kafka.send(other.allocated(1_000));
        send(story.allocated(5));

        assertSheet(5, 0, 5, 0, 0, 0, true);
    }

    @Test
    void aTenantThatNoEventNamesIsNotFound() {
        as("auditor")
                .get("/api/audit/conservation/" + tenant)
                .then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"))
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    @Test
    void aTenantIdThatIsNoneIsNamed() {
        as("auditor")
                .get("/api/audit/conservation/triton")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tenant_id"));
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutAuditor")
    void onlyAuditorsRead(String role) {
        as(role).get("/api/audit/conservation/" + tenant).then().statusCode(403);
    }

    /** Every message that states a balance has moved points, so the sheet must know it by its type, topic and field. */
    @Test
    void theSheetKnowsEveryMessageThatMovesPoints() throws SQLException {
        var known = new TreeSet<String>();
        try (var database =
                        new Driver().connect(PointsTestResource.surroundings().appJdbcUrl(), new Properties());
                var rows = database.createStatement().executeQuery("select topic, type, field from points_effects")) {
            while (rows.next()) {
                var type = rows.getString("type");
                assertTrue(
                        components(type).contains(rows.getString("field")), () -> type + " has no such field any more");
                known.add(rows.getString("topic") + " " + type);
            }
        }

        var moving = new TreeSet<String>();
        MessageJson.types().keySet().stream()
                .filter(ConservationSheetTest::tellsABalance)
                .forEach(type ->
                        moving.add((components(type).contains("poolVersion") ? Topic.POOL_EVENTS : Topic.WALLET_EVENTS)
                                + " " + type));
        assertFalse(moving.isEmpty());
        var adjusting =
                AuditTables.column("select distinct topic || ' ' || type from entries_of_events where sign = 0");
        assertEquals(2, adjusting.size());
        adjusting.forEach(it -> assertTrue(moving.remove(it), it));
        assertEquals(moving, known);
    }

    private static boolean tellsABalance(String type) {
        return components(type).stream().anyMatch(List.of("balanceAfter", "budgetBalanceAfter")::contains);
    }

    /** Every message that names an entry must be known as one, by its type, topic and fields. */
    @Test
    void everyEntryThatAMessageNamesIsCompared() {
        var known = new TreeSet<String>();
        for (var line :
                AuditTables.column("select concat_ws(' ', type, number, holder, amount) from entries_of_events")) {
            var words = List.of(line.split(" "));
            var type = words.get(0);
            words.subList(1, words.size())
                    .forEach(field -> assertTrue(components(type).contains(camel(field)), type + " has no " + field));
            known.add(type + " " + words.get(1));
        }
        var named = new TreeSet<String>();
        MessageJson.types().keySet().stream()
                .filter(type -> tellsABalance(type) || components(type).contains("fromEntry"))
                .forEach(type -> components(type).stream()
                        .filter(ENTRIES::contains)
                        .forEach(field -> named.add(type + " " + snake(field))));
        assertEquals(named, known);
    }

    private static String camel(String field) {
        return SNAKE.matcher(field).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static String snake(String component) {
        return CAMEL.matcher(component).replaceAll(match -> "_" + match.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void anAdjustmentMovesNothingAndMakesUpForWhatNobodyTold() {
        send(story.allocated(100));
        awaitPosted();
        var admin = UUID.randomUUID();
        send(new PoolAdjusted(UUID.randomUUID(), tenant, -500, "alert 7", admin, UUID.randomUUID(), 100, 3));

        assertSheet(100, 0, 100, 0, 0, 0, true);
        assertCut(2, 2, 0, 0);
    }

    private static List<String> components(String type) {
        return Arrays.stream(MessageJson.types().get(type).getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** Delegation, awards of both kinds, a cancelled, a compensated and a refused one, a return, a clawback. */
    private Message[] wholeStory() {
        var cancelled = UUID.randomUUID();
        var compensated = UUID.randomUUID();
        var decided = UUID.randomUUID();
        var toPool = UUID.randomUUID();
        var lapsed = UUID.randomUUID();
        return new Message[] {
            new TenantRegistered(tenant, "INR", "1.00", 1),
            story.allocated(50_000),
            story.debited(d1, 10_000),
            story.delegated(d1, 10_000),
            story.debited(d2, 1_000),
            story.awardedFromPool(d2, 1_000),
            story.awardedFromBudget(UUID.randomUUID(), 200),
            story.debited(cancelled, 70),
            story.cancelled(cancelled, 70),
            story.debited(compensated, 80),
            story.refunded(compensated, 80),
            story.refused(UUID.randomUUID(), 1_000_000),
            story.budgetReturned(d3, 150),
            story.returned(d3, 150),
            story.clawedBack(5_000),
            story.reserved(UUID.randomUUID(), 3_000),
            story.reserved(decided, 500),
            story.released(decided, 500),
            story.expired(700),
            story.reversed(toPool, PointsSource.POOL, 100),
            story.returned(toPool, 100),
            story.reversed(UUID.randomUUID(), PointsSource.BUDGET, 50),
            story.earnedReturned(lapsed, 30),
            story.returned(lapsed, 30),
            story.expired(Account.EARNED, 20),
            story.expired(Account.BUDGET, 10),
        };
    }

    private void assertReservedAndExpired(long reserved, long expired) {
        var sheet = sheet("");
        assertEquals(List.of(reserved, expired), List.of(sheet.getLong("reserved"), sheet.getLong("expired")));
    }

    private void sendAs(String type, String topic, String content) {
        var envelope = new Envelope(
                newId(), type, "test", UUID.randomUUID().toString(), Instant.now(), tenant, null, null, null);
        kafka.send(topic, tenant.toString(), Headers.write(envelope), bytes(content));
    }

    private void assertSheet(
            long allocated, long clawedBack, long pool, long inFlight, long budgets, long earned, boolean balanced) {
        awaitPosted();
        var sheet = sheet("");
        assertEquals(tenant.toString(), sheet.getString("tenant_id"));
        assertEquals(
                List.of(allocated, clawedBack, pool, inFlight, budgets, earned, balanced),
                List.of(
                        sheet.getLong("allocated"),
                        sheet.getLong("clawed_back"),
                        sheet.getLong("pool"),
                        sheet.getLong("in_flight"),
                        sheet.getLong("budget_wallets"),
                        sheet.getLong("earned_wallets"),
                        sheet.getBoolean("balanced")));
    }

    private void assertCut(long size, long newest, long creditedEarly, long missingPoolEntries) {
        var sheet = sheet("");
        assertEquals(
                List.of(size, newest, creditedEarly, missingPoolEntries),
                List.of(
                        sheet.getLong("cut.tree_size"),
                        sheet.getLong("newest.tree_size"),
                        sheet.getLong("newest.credited_early"),
                        sheet.getLong("newest.missing_pool_entries")));
    }

    private void awaitImbalance(long points) {
        await().atMost(Duration.ofSeconds(20)).until(() -> imbalance() == leftByOthers() + points);
    }

    /** What other tests left out of balance, whether the gauge counts it already or only when it has waited long enough. */
    private long leftByOthers() {
        return Long.parseLong(AuditTables.column("""
                        select coalesce((select sum(greatest(abs(stored_difference), abs(sum_difference))) from audit_balances), 0)
                               + coalesce((select sum(-points) from audit_transit
                                           where points < 0 and tenant_id <> '%s'), 0)
                        """.formatted(tenant)).get(0));
    }

    /** Not shown for a moment if the database was too busy to be asked. */
    private static double imbalance() {
        return Metrics.sum("points_ledger_imbalance");
    }

    private JsonPath sheet(String query) {
        return as("auditor")
                .get("/api/audit/conservation/" + tenant + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
