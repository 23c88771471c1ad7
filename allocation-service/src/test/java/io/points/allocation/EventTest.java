package io.points.allocation;

import static io.points.allocation.AllocationTest.ADMIN;
import static io.points.allocation.AllocationTest.admin;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.web.caller.Role;
import io.points.testing.Attesting;
import io.points.testing.HintReader;
import io.points.testing.Metrics;
import io.points.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the platform admin's pages are told to look again. */
@AllocationServiceTest
class EventTest {

    private static final String PATH = "/api/platform/events";

    @TestHTTPResource("/")
    URI service;

    private static String token() {
        return Tokens.of(ADMIN, (UUID) null, Role.PLATFORM_ADMIN);
    }

    private HintReader watch(UUID... tenants) {
        return new HintReader(service.resolve(PATH + of(tenants)), token());
    }

    private String now(UUID... tenants) {
        return HintReader.now(service.resolve(PATH + of(tenants) + "&seconds=0"), token());
    }

    private static String of(UUID... tenants) {
        return tenants.length == 0
                ? "?"
                : Stream.of(tenants).map(UUID::toString).collect(Collectors.joining(",", "?tenants=", ""));
    }

    /** Other tests read whole lists. */
    @AfterEach
    void deleteAlerts() {
        Attesting.asSuperuser(
                "allocation",
                "delete from business_alerts where kind = 'large_clawback' and figures->>'of_event_test' = '1'");
    }

    private static UUID raise(UUID tenant) {
        var alert = UUID.randomUUID();
        Attesting.asSuperuser("allocation", """
                insert into business_alerts (id, tenant_id, kind, cause, figures, state, raised_at)
                values ('%s', '%s', 'large_clawback', '%s', '{"of_event_test": 1}', 'open', now())
                """.formatted(alert, tenant, alert));
        return alert;
    }

    private static void awaitHint(HintReader reader, String hint) {
        await().until(() -> reader.hints().stream().skip(1).anyMatch(told -> told.contains(hint)));
    }

    @Test
    void theAdminHearsOfAlertsAdjustmentsProposalsAndTheTenantsOnThePage() {
        var tenant = AllocationTest.register();
        var other = AllocationTest.register();
        try (var admin = watch(tenant)) {
            await().until(() -> admin.hints().size() == 1);
            var first = admin.hints().get(0);
            assertTrue(
                    first.contains("\"alerts\":")
                            && first.contains("\"adjustments\":")
                            && first.contains("\"proposals\":"),
                    first);
            assertTrue(first.contains("\"tenant:" + tenant + "\":"), first);
            assertTrue(admin.lines().contains("event:changed"), admin.lines()::toString);
            AllocationTest.allocate(other, 10).statusCode(201);
            AllocationTest.allocate(tenant, 1_000).statusCode(201);
            awaitHint(admin, "\"tenant:" + tenant + "\":\"1.1000.active.");
            admin().body("{\"reason\": \"unpaid\"}")
                    .post("/api/platform/tenants/" + tenant + "/suspend")
                    .then()
                    .statusCode(200);
            awaitHint(admin, ".suspended.");
            AdjustmentTest.propose(tenant, 0);
            awaitHint(admin, "\"adjustments\"");
            PointsRequestTest.ask(tenant, 7);
            awaitHint(admin, "\"proposals\"");
            raise(tenant);
            awaitHint(admin, "\"alerts\"");
            assertTrue(admin.hints().stream().noneMatch(told -> told.contains(other.toString())));
        }
    }

    @Test
    void anAlertThatIsSettledIsHeardOfHoweverOldItIs() {
        var tenant = AllocationTest.register();
        var alert = raise(tenant);
        Attesting.asSuperuser("allocation", """
                insert into business_alerts (id, tenant_id, kind, cause, figures, state, over_at, raised_at)
                select ('ffffffff-ffff-7fff-bfff-' || lpad(newer::text, 12, '0'))::uuid, '%s', 'large_clawback', 'newer',
                       '{"of_event_test": 1}', 'over', now(), now()
                from generate_series(1, 12) newer
                """.formatted(tenant));
        var before = now();
        admin().post("/api/platform/alerts/" + alert + "/acknowledge").then().statusCode(200);
        assertNotEquals(before, now());
    }

    @Test
    void whatThereIsIsTheSameUntilItChanges() {
        var tenant = AllocationTest.register();
        var before = now(tenant);
        assertEquals(before, now(tenant));
        AllocationTest.allocate(tenant, 5).statusCode(201);
        assertNotEquals(before, now(tenant));
    }

    @Test
    void aTenantThatIsNotThereYetMayBeWatched() {
        var tenant = UUID.randomUUID();
        try (var admin = watch(tenant)) {
            await().until(() -> admin.hints().size() == 1);
            assertTrue(admin.hints().get(0).contains("\"tenant:" + tenant + "\":\"0\""), admin.hints()::toString);
            AllocationTest.register(tenant);
            awaitHint(admin, "\"tenant:" + tenant + "\":\"0.0.active.");
        }
    }

    @Test
    void aStreamEndsWithItsToken() {
        var expiry = Instant.now().plusSeconds(2);
        var token = Tokens.of(ADMIN, (String) null, "points-api", expiry, Role.PLATFORM_ADMIN);
        try (var admin = new HintReader(service.resolve(PATH), token)) {
            await().until(() -> admin.hints().size() == 1);
            assertFalse(admin.hasEnded());
            await().atMost(Duration.ofSeconds(5)).until(admin::hasEnded);
        }
    }

    @Test
    void anAdminHasEightStreamsWhichTakeNoPlaceOfARequest() {
        var streams = new ArrayList<HintReader>();
        try {
            for (int i = 0; i < 8; i++) {
                var stream = watch();
                streams.add(stream);
                await().until(() -> !stream.lines().isEmpty());
            }
            assertTrue(Metrics.sum("points_http_event_streams") >= 8);
            await().until(() -> Metrics.sum("points_http_open_requests") == 0);
            admin().get(PATH)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("type", endsWith("too-many-requests"));
            streams.remove(0).close();
            await().until(() -> !now().isEmpty());
        } finally {
            streams.forEach(HintReader::close);
            await().until(() -> Metrics.sum("points_http_event_streams") == 0);
        }
    }

    @Test
    void whatIsNoListOfIdsIsRefusedByName() {
        var id = UUID.randomUUID().toString();
        var tooMany =
                Stream.generate(UUID::randomUUID).limit(51).map(UUID::toString).collect(Collectors.joining(","));
        for (var wrong : List.of("", ",", id + ",", id + ";" + id, "💥", "%", "' or '1'='1", "\u202e" + id, tooMany)) {
            admin().queryParam("tenants", wrong)
                    .queryParam("seconds", "0")
                    .get(PATH)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("tenants"));
        }
        admin().queryParam("seconds", "601")
                .get(PATH)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("seconds"));
    }
}
