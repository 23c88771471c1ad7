package io.points.distribution.event;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.HintReader;
import io.points.testing.Metrics;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When pages are told to look again. */
@DistributionServiceTest
class EventTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    @TestHTTPResource("/")
    URI service;

    @Test
    void theManagerHearsOfAllThatPagesShow() {
        try (var given = Given.tenant();
                var manager = EventReader.of(service, given.tenant, given.manager, "manager")) {
            await().until(() -> manager.hints().size() == 1);
            assertEquals(
                    "{\"approvals\":\"0.0\",\"batches\":\"0\",\"distributions\":\"0\",\"feed\":\"0.0\",\"pool\":\"0\",\"wallet\":\"0\",\"wishes\":\"0\"}",
                    manager.hints().get(0));
            assertTrue(manager.lines().get(0).startsWith(":"), manager.lines()::toString);
            assertTrue(manager.lines().contains("event:changed"), manager.lines()::toString);
            allocated(given, 1);
            awaitHint(manager, "\"pool\"");
            awaitHint(manager, "\"feed\"");
            given.requestAward(5);
            awaitHint(manager, "\"distributions\"");
            given.requestBatch(5);
            awaitHint(manager, "\"batches\"");
        }
    }

    /** What waits for them to decide, and for whoever has asked what has become of it. */
    @Test
    void whoDecidesHearsOfWhatWaits() {
        try (var given = Given.tenant();
                var manager = EventReader.of(service, given.tenant, UUID.randomUUID(), "manager")) {
            await().until(() -> manager.hints().size() == 1);
            given.needsApprovalAbove(100, 2);
            var award = given.requestAward(101);
            given.poolDebits(award, DistributionKind.AWARD, 101);
            var none = awaitOther(manager, "approvals", "0.0");
            approve(given, award);
            var one = awaitOther(manager, "approvals", none);
            approve(given, award);
            assertEquals("0.0", awaitOther(manager, "approvals", one));
            given.proposedReversal(100);
            awaitOther(manager, "approvals", "0.0");

            var asker = UUID.randomUUID();
            try (var employee = EventReader.of(service, given.tenant, asker, "employee")) {
                await().until(() -> employee.hints().size() == 1);
                var wish = given.wish(5, asker);
                awaitOther(manager, "wishes", "0");
                var open = awaitOther(employee, "wishes", "0");
                given.asManager()
                        .body("{}")
                        .post("/api/wishes/" + wish + "/decline")
                        .then()
                        .statusCode(200);
                awaitOther(employee, "wishes", open);
                assertTrue(
                        employee.hints().stream().noneMatch(told -> told.contains("approvals")), "told of approvals");
            }
        }
    }

    private static void approve(Given given, UUID award) {
        given.as(UUID.randomUUID(), "manager")
                .post("/api/approvals/" + award + "/approve")
                .then()
                .statusCode(200);
    }

    /** The first of something that is said after what was said of it before. */
    private static String awaitOther(HintReader reader, String thing, String before) {
        return await().until(() -> last(reader, thing), told -> !told.equals(before));
    }

    private static String last(HintReader reader, String thing) {
        var told = "";
        for (var hint : reader.hints()) {
            told = new JsonObject(hint).getString(thing, told);
        }
        return told;
    }

    /** At least one of five tries, for the machine may be busy; the look itself is taken five times as often as by default. */
    @Test
    void anAllocationIsHeardOfWithinTwoSeconds() {
        try (var given = Given.tenant()) {
            var took = new ArrayList<Duration>();
            for (int version = 1; version <= 5 && took.stream().noneMatch(it -> it.compareTo(SOON) < 0); version++) {
                try (var manager = EventReader.of(service, given.tenant, given.manager, "manager")) {
                    await().until(() -> manager.hints().size() == 1);
                    var began = System.nanoTime();
                    allocated(given, version);
                    awaitHint(manager, "\"pool\"");
                    took.add(Duration.ofNanos(System.nanoTime() - began));
                }
            }
            assertTrue(took.stream().anyMatch(it -> it.compareTo(SOON) < 0), took::toString);
        }
    }

    @Test
    void leadsAndEmployeesHearOfTheirOwn() {
        try (var given = Given.tenant();
                var lead = EventReader.of(service, given.tenant, given.lead, "lead");
                var employee = EventReader.of(service, given.tenant, given.employee, "employee")) {
            await().until(() -> lead.hints().size() == 1 && employee.hints().size() == 1);
            given.budget(100);
            awaitHint(lead, "\"wallet\":\"budget.1.100\"");
            given.asLead()
                    .body(Given.award(given.employee, 80))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201);
            awaitHint(employee, "\"wallet\":\"earned.1.80\"");
            awaitHint(lead, "\"distributions\"");
            for (var told : lead.hints()) {
                assertFalse(told.contains("pool") || told.contains("batches"), told);
            }
            for (var told : employee.hints()) {
                assertFalse(told.contains("pool") || told.contains("batches") || told.contains("budget"), told);
            }
        }
    }

    @Test
    void nobodyHearsOfAnotherTenant() {
        try (var given = Given.tenant();
                var neighbour = Given.tenant();
                var next = EventReader.of(service, neighbour.tenant, neighbour.manager, "manager");
                var manager = EventReader.of(service, given.tenant, given.manager, "manager")) {
            await().until(() -> next.hints().size() == 1 && manager.hints().size() == 1);
            allocated(given, 1);
            given.requestAward(5);
            awaitHint(manager, "\"pool\"");
            awaitHint(manager, "\"distributions\"");
            allocated(neighbour, 7);
            awaitHint(next, "\"pool\":\"7.");
            assertTrue(
                    next.hints().stream().skip(1).noneMatch(told -> told.contains("distributions")),
                    next.hints()::toString);
            // The same person in a token of another tenant.
            var stranger = EventReader.now(service, neighbour.tenant, given.lead, "lead");
            given.budget(100);
            assertEquals(stranger, EventReader.now(service, neighbour.tenant, given.lead, "lead"));
        }
    }

    @Test
    void whatThereIsIsTheSameUntilItChanges() {
        try (var given = Given.tenant()) {
            var before = EventReader.now(service, given.tenant, given.manager, "manager");
            assertEquals(before, EventReader.now(service, given.tenant, given.manager, "manager"));
            given.requestAward(5);
            assertNotEquals(before, EventReader.now(service, given.tenant, given.manager, "manager"));
        }
    }

    @Test
    void aStreamEndsWithItsToken() {
        try (var given = Given.tenant();
                var manager = EventReader.until(
                        Instant.now().plusSeconds(2), service, given.tenant, given.manager, "manager")) {
            await().until(() -> manager.hints().size() == 1);
            assertFalse(manager.hasEnded());
            await().atMost(Duration.ofSeconds(5)).until(manager::hasEnded);
        }
    }

    @Test
    void aCallerHasEightStreamsWhichTakeNoPlaceOfARequest() {
        var streams = new ArrayList<HintReader>();
        try (var given = Given.tenant()) {
            var before = new AtomicInteger();
            for (int i = 0; i < 8; i++) {
                var stream = EventReader.of(service, given.tenant, given.manager, "manager");
                streams.add(stream);
                await().until(() -> !stream.lines().isEmpty());
                before.incrementAndGet();
            }
            assertTrue(Metrics.sum("points_http_event_streams") >= before.get());
            await().until(() -> Metrics.sum("points_http_open_requests") == 0);
            given.asManager()
                    .get("/api/events")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("type", endsWith("too-many-requests"));
            assertFalse(
                    EventReader.now(service, given.tenant, given.lead, "lead").isEmpty());
            streams.remove(0).close();
            await().until(() -> !EventReader.now(service, given.tenant, given.manager, "manager")
                    .isEmpty());
        } finally {
            streams.forEach(HintReader::close);
        }
    }

    @Test
    void theTimeIsANumberOfSeconds() {
        try (var given = Given.tenant()) {
            for (var wrong :
                    Map.of("-1", "", "601", "", "1.0", "", "soon", "", "٣", "").keySet()) {
                given.asManager()
                        .queryParam("seconds", wrong)
                        .get("/api/events")
                        .then()
                        .statusCode(400)
                        .body("errors[0].field", endsWith("seconds"));
            }
        }
    }

    @Test
    void whoAsksForTheHeadAloneIsAnsweredAtOnce() {
        try (var given = Given.tenant()) {
            given.asManager().head("/api/events").then().statusCode(200).header("Cache-Control", "no-store");
            // Its place is given back.
            await().until(() -> Metrics.sum("points_http_event_streams") == 0);
        }
    }

    private static void allocated(Given given, long version) {
        given.kafka.send(new PointsAllocated(
                UUID.randomUUID(), given.tenant, 10, "INR", "1.00", "Invoice", 1_000 + version, version));
    }

    private static void awaitHint(HintReader reader, String hint) {
        await().until(() -> reader.hints().stream().skip(1).anyMatch(told -> told.contains(hint)));
    }
}
