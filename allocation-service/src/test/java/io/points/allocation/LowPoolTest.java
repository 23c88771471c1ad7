package io.points.allocation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.alert.AlertScan;
import io.points.contract.AlertEvent.BusinessAlertRaised;
import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolThresholdChanged;
import io.points.contract.Topic;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that is low or empty: told with the debit that makes it so, and once. Nobody scans here unless it is said. */
@AllocationServiceTest
class LowPoolTest {

    private static final String ROUTE = "/api/allocations/pool/low-at";

    @Inject
    AlertScan scan;

    private final TestKafka kafka = new TestKafka();
    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void theDebitThatTakesThePoolBelowItIsTold() {
        lowAt(500).statusCode(200).body("low_at", equalTo(500));
        debit(500);
        alerts("pool_low").body("items", empty());
        debit(1);
        alerts("pool_low")
                .body("items.state", equalTo(List.of("open")))
                .body("items[0].cause", equalTo("pool"))
                .body("items[0].figures", equalTo(Map.of("balance", 499, "low_at", 500)));
        debit(1);
        alerts("pool_low").body("items.state", equalTo(List.of("open")));
        assertEquals(1, raised().size());
    }

    /** One that goes up and down is told of once, until it holds a fifth more. */
    @Test
    void aPoolThatGoesUpAndDownIsToldOfOnce() {
        lowAt(500);
        var first = debit(600);
        refund(first);
        debit(600);
        alerts("pool_low").body("items.state", equalTo(List.of("open")));
        AllocationTest.allocate(tenant, 199).statusCode(201);
        lookAtAll();
        alerts("pool_low").body("items.state", equalTo(List.of("open")));
        AllocationTest.allocate(tenant, 1).statusCode(201);
        lookAtAll();
        alerts("pool_low").body("items.state", equalTo(List.of("over")));
        debit(101);
        alerts("pool_low").body("items.state", equalTo(List.of("open", "over")));
        assertEquals(2, raised().size());
    }

    @Test
    void manyDebitsAtOnceTellOfItOnce() {
        lowAt(500);
        for (int n = 0; n < 300; n++) {
            kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 3));
        }
        Awaitility.await()
                .until(() -> kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant)
                                .size()
                        == 300);
        alerts("pool_low").body("items.state", equalTo(List.of("open")));
        assertEquals(1, raised().size());
    }

    @Test
    void whereNobodyHasSaidSoAndNothingWasGivenNoPoolIsLow() {
        manager()
                .get(ROUTE)
                .then()
                .statusCode(200)
                .body("points", nullValue())
                .body("usual", equalTo(0))
                .body("low_at", equalTo(0));
        debit(1_000);
        alerts("pool_low").body("items", empty());
    }

    @Test
    void theScanKeepsWhatIsUsual() {
        debit(800);
        lookAtAll();
        manager().get(ROUTE).then().body("usual", equalTo(80)).body("low_at", equalTo(80));
        alerts("pool_low").body("items", empty());
        debit(121);
        alerts("pool_low").body("items[0].figures", equalTo(Map.of("balance", 79, "low_at", 80)));
        lowAt(50).body("points", equalTo(50)).body("low_at", equalTo(80));
        lowAt(90).body("low_at", equalTo(90));
    }

    @Test
    void whatAManagerSaysIsPublishedOnceAndIsOfTheirTenantAlone() {
        lowAt(500);
        lowAt(500);
        manager().body("{}").put(ROUTE).then().statusCode(200).body("points", nullValue());
        manager().body("{}").put(ROUTE).then().statusCode(200);
        var told = Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.POOL_EVENTS, PoolThresholdChanged.class, tenant),
                        found -> found.size() == 2);
        assertEquals(
                List.of(new PoolThresholdChanged(tenant, 1, 500L), new PoolThresholdChanged(tenant, 2, null)), told);
        var other = AllocationTest.register();
        as(other, "manager").get(ROUTE).then().statusCode(200).body("low_at", equalTo(0));
        as(UUID.randomUUID(), "manager").get(ROUTE).then().statusCode(404);
        as(UUID.randomUUID(), "manager").body("{}").put(ROUTE).then().statusCode(404);
    }

    @Test
    void aPoolThatHoldsTooLittleIsToldOfUntilPointsAreAllocated() {
        refused(1_001);
        refused(1_002);
        alerts("pool_empty")
                .body("items.state", equalTo(List.of("open")))
                .body("items[0].figures", equalTo(Map.of("balance", 1_000, "amount", 1_001)));
        lookAtAll();
        alerts("pool_empty").body("items.state", equalTo(List.of("open")));
        AllocationTest.allocate(tenant, 1).statusCode(201);
        alerts("pool_empty").body("items.state", equalTo(List.of("over")));
        refused(1_002);
        alerts("pool_empty").body("items.state", equalTo(List.of("open", "over")));
        assertEquals(2, raised().size());
    }

    private ValidatableResponse lowAt(long points) {
        return manager().body("{\"points\": " + points + "}").put(ROUTE).then().statusCode(200);
    }

    private UUID debit(long amount) {
        var award = UUID.randomUUID();
        kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, amount));
        Awaitility.await().until(() -> kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant).stream()
                .anyMatch(it -> it.distributionId().equals(award)));
        return award;
    }

    private void refund(UUID award) {
        kafka.send(new RefundPool(award, tenant));
        Awaitility.await().until(() -> kafka.messages(Topic.POOL_EVENTS, PoolRefunded.class, tenant).stream()
                .anyMatch(it -> it.distributionId().equals(award)));
    }

    private void refused(long amount) {
        var award = UUID.randomUUID();
        kafka.send(new DebitPool(award, tenant, DistributionKind.AWARD, amount));
        Awaitility.await().until(() -> kafka.messages(Topic.POOL_EVENTS, PoolDebitRefused.class, tenant).stream()
                .anyMatch(it -> it.distributionId().equals(award)));
    }

    private void lookAtAll() {
        Attesting.asSuperuser("allocation", "update alert_round set due_at = now()");
        scan.scan().await().indefinitely();
    }

    private ValidatableResponse alerts(String kind) {
        return manager().get("/api/allocations/alerts?kind=" + kind).then().statusCode(200);
    }

    private List<BusinessAlertRaised> raised() {
        return Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.ALLOCATION_ALERTS, BusinessAlertRaised.class, tenant),
                        found -> !found.isEmpty());
    }

    private RequestSpecification manager() {
        return as(tenant, "manager");
    }

    private static RequestSpecification as(UUID tenant, String role) {
        return given().auth().oauth2(Tokens.of(UUID.randomUUID(), tenant, role)).contentType("application/json");
    }
}
