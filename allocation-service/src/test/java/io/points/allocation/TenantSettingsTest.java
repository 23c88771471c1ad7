package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By whose days a tenant's calendar goes. */
@AllocationServiceTest
class TenantSettingsTest {

    @Test
    void aTenantThatHasChosenNoneHasUtc() {
        read(AllocationTest.register())
                .header("ETag", "\"0\"")
                .body("revision", equalTo(0))
                .body("time_zone", equalTo("UTC"))
                .body("previous_time_zone", nullValue());
    }

    @Test
    void everyChangeIsToldOnceAndWhatIsNoChangeIsNot() {
        var tenant = AllocationTest.register();
        zone(tenant, "UTC").statusCode(200).body("revision", equalTo(0));
        zone(tenant, "Asia/Kolkata").statusCode(200).header("ETag", "\"1\"").body("previous_time_zone", nullValue());
        zone(tenant, "Asia/Kolkata").statusCode(200).body("revision", equalTo(1));
        zone(tenant, "America/Argentina/Buenos_Aires").statusCode(200);
        read(tenant)
                .body("revision", equalTo(2))
                .body("time_zone", equalTo("America/Argentina/Buenos_Aires"))
                .body("previous_time_zone", equalTo("Asia/Kolkata"));
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(
                            () -> kafka.messages(Topic.POOL_EVENTS, TenantSettingsChanged.class, tenant),
                            it -> it.size() == 2);
            assertEquals(
                    List.of(
                            new TenantSettingsChanged(tenant, 1, "Asia/Kolkata", null),
                            new TenantSettingsChanged(tenant, 2, "America/Argentina/Buenos_Aires", "Asia/Kolkata")),
                    told);
        }
    }

    @Test
    void whoeverHasSeenAnEarlierRevisionChangesNothing() {
        var tenant = AllocationTest.register();
        zone(tenant, "Asia/Kolkata", "\"1\"").statusCode(412).body("revision", equalTo(0));
        zone(tenant, "Asia/Kolkata", "\"0\"").statusCode(200);
        zone(tenant, "Europe/Paris", "\"0\"").statusCode(412).body("revision", equalTo(1));
        zone(tenant, "Europe/Paris", "Asia/Kolkata").statusCode(400).body("errors[0].field", equalTo("If-Match"));
        read(tenant).body("time_zone", equalTo("Asia/Kolkata"));
    }

    @Test
    void oneOfTwoAtOnceIsTooLate() {
        var tenant = AllocationTest.register();
        CompletableFuture<Integer> first;
        CompletableFuture<Integer> second;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            first = SideBySide.begin(
                    () -> zone(tenant, "Asia/Kolkata", "\"0\"").extract().statusCode());
            hold.awaitHit();
            second = SideBySide.begin(
                    () -> zone(tenant, "Europe/Paris", "\"0\"").extract().statusCode());
            Rivals.awaitBlocked();
        }
        assertEquals(
                List.of(200, 412),
                Stream.of(first, second).map(CompletableFuture::join).toList());
        read(tenant).body("time_zone", equalTo("Asia/Kolkata"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IST",
                "+05:30",
                "GMT0",
                "GMT",
                "Z",
                "utc",
                "asia/kolkata",
                "Asia/Nowhere",
                "Asia/",
                "Etc/GMT+5",
                "SystemV/EST5",
                "UTC+05:30",
                "Asia/Kolkata ",
                "💥/💥"
            })
    void whatIsNoRegionIsNamed(String zone) {
        var tenant = AllocationTest.register();
        zone(tenant, zone).statusCode(400).body("errors[0].field", equalTo("time_zone"));
        read(tenant).body("revision", equalTo(0));
    }

    @Test
    void anUnknownTenantHasNoSettings() {
        zone(UUID.randomUUID(), "UTC").statusCode(404);
        admin().get("/api/platform/tenants/" + UUID.randomUUID() + "/settings")
                .then()
                .statusCode(404);
    }

    static ValidatableResponse zone(UUID tenant, String zone) {
        return zone(tenant, zone, "*");
    }

    private static ValidatableResponse zone(UUID tenant, String zone, String ifMatch) {
        return admin().header("If-Match", ifMatch)
                .body("{\"time_zone\": \"%s\"}".formatted(zone))
                .put("/api/platform/tenants/" + tenant + "/settings")
                .then();
    }

    private static ValidatableResponse read(UUID tenant) {
        return admin().get("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .statusCode(200);
    }
}
