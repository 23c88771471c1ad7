package io.points.audit;

import static io.points.testing.TestKafka.bytes;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.messaging.Envelope;
import io.points.messaging.Headers;
import io.points.messaging.contract.Message;
import io.points.messaging.contract.MessageJson;
import io.points.messaging.contract.PoolEvent.TenantRegistered;
import io.points.messaging.contract.Topic;
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
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

@QuarkusTest
class ConservationSheetTest extends AuditServiceTest {

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

        assertSheet(50_000, 5_000, 34_150, 0, 9_650, 1_200, true);
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

        assertSheet(50_000, 5_000, 34_150, 0, 9_650, 1_200, true);
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
    void whatWasRefusedOrNeverDebitedMovesNothing() {
        send(story.allocated(100), story.refused(d1, 500), story.cancelled(d2, 0));

        assertSheet(100, 0, 100, 0, 0, 0, true);
    }

    @Test
    void aCreditBeforeItsDebitIsOutOfBalanceUntilTheDebitComes() {
        var allocated = story.allocated(100);
        var debited = story.debited(d1, 30);
        send(allocated, story.awardedFromPool(d1, 30));
        assertSheet(100, 0, 100, 0, 0, 30, false);

        send(debited);

        assertSheet(100, 0, 70, 0, 0, 30, true);
    }

    @Test
    void aCreditWithoutItsOwnDebitIsSeenEvenWhenAnotherDistributionIsInFlight() {
        send(story.allocated(100), story.debited(d1, 30), story.awardedFromPool(d2, 30));

        assertSheet(100, 0, 70, 30, 0, 30, false);
    }

    @Test
    void aDistributionThatIsCreditedAndRefundedIsSeen() {
        send(story.allocated(100), story.debited(d1, 30), story.awardedFromPool(d1, 30), story.refunded(d1, 30));

        assertSheet(100, 0, 100, 0, 0, 30, false);
    }

    @Test
    void aPoolMovementWhoseEventIsLostIsSeen() {
        var allocated = story.allocated(100);
        story.allocated(7);
        send(allocated, story.clawedBack(10));

        assertSheet(100, 10, 90, 0, 0, 0, false);
    }

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
        sendAs("PoolPainted", Topic.POOL_EVENTS, "{\"amount\": 7}");
        send(story.allocated(1));
        awaitCount(12);

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
                .filter(type -> components(type).contains("balanceAfter"))
                .forEach(type ->
                        moving.add((components(type).contains("poolVersion") ? Topic.POOL_EVENTS : Topic.WALLET_EVENTS)
                                + " " + type));
        assertFalse(moving.isEmpty());
        assertEquals(moving, known);
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
        };
    }

    private void sendAs(String type, String topic, String content) {
        var envelope = new Envelope(
                newId(), type, "test", UUID.randomUUID().toString(), Instant.now(), tenant, null, null, null);
        kafka.send(topic, tenant.toString(), Headers.write(envelope), bytes(content));
    }

    private void awaitCount(int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> records().getList("items").size() == count);
    }

    private void assertSheet(
            long allocated, long clawedBack, long pool, long inFlight, long budgets, long earned, boolean balanced) {
        awaitRecords();
        var sheet = sheet();
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

    private JsonPath sheet() {
        return as("auditor")
                .get("/api/audit/conservation/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
