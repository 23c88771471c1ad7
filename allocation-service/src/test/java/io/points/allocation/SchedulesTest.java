package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Ids;
import io.points.contract.PoolEvent.ScheduleChanged;
import io.points.contract.ScheduleState;
import io.points.contract.Topic;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How schedules are made, changed and read. What they run is tested by {@link ScheduleRunsTest}. */
@AllocationServiceTest
class SchedulesTest {

    private static final String MONTHLY = """
            "name": "Monthly refill", "mode": "add", "amount": 500, "currency": "INR", "reference_note": "Contract 7, {period}",
            "every": "month", "day": "1", "at": "00:05", "catch_up": "all"
            """;

    @Test
    void aScheduleStartsWithTheFirstPeriodThatFallsDueFromNowOn() {
        var tenant = AllocationTest.register();
        var answer = post("{\"tenant_id\": \"%s\", \"what\": \"allocate\", %s}".formatted(tenant, MONTHLY))
                .statusCode(201)
                .header("Location", containsString("/api/platform/schedules/"))
                .body("tenant_id", equalTo(tenant.toString()))
                .body("revision", equalTo(1))
                .body("state", equalTo("active"))
                .body("what", equalTo("allocate"))
                .body("day", equalTo("1"))
                .body("at", equalTo("00:05"))
                .body("ends_on", nullValue())
                .body("created_by", equalTo(AllocationTest.ADMIN.toString()))
                .extract()
                .jsonPath();
        var due = Instant.parse(answer.getString("next_due_at"));
        var day = LocalDate.ofInstant(due, ZoneOffset.UTC);
        assertEquals(1, day.getDayOfMonth());
        assertTrue(due.isAfter(Instant.now()), due.toString());
        assertEquals(day.toString().substring(0, 7), answer.getString("next_period"));
        var preview = preview(UUID.fromString(answer.getString("schedule_id")), 3);
        assertEquals(
                List.of(
                        day.toString(),
                        day.plusMonths(1).toString(),
                        day.plusMonths(2).toString()),
                preview.stream()
                        .map(it -> it.dueAt().toString().substring(0, 10))
                        .toList());
    }

    @Test
    void itGoesByTheDaysOfItsTenantAndFollowsThem() {
        var tenant = AllocationTest.register();
        TenantSettingsTest.zone(tenant, "Asia/Kolkata").statusCode(200);
        var id = make(tenant);
        assertTrue(read(id).getString("next_due_at").endsWith("T18:35:00Z"), read(id).getString("next_due_at"));
        var before = read(id).getString("next_period");
        TenantSettingsTest.zone(tenant, "Asia/Tokyo").statusCode(200);
        assertTrue(read(id).getString("next_due_at").endsWith("T15:05:00Z"), read(id).getString("next_due_at"));
        assertEquals(before, read(id).getString("next_period"));
        assertEquals(1, read(id).getInt("revision"));
    }

    @Test
    void everyChangeIsToldOnceAndWhatIsNoChangeIsNot() {
        var tenant = AllocationTest.register();
        var id = make(tenant);
        put(id, MONTHLY).statusCode(200).header("ETag", "\"1\"");
        put(id, MONTHLY.replace("500", "600"))
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("amount", equalTo(600));
        move(id, "pause").statusCode(200).body("state", equalTo("paused")).body("next_due_at", nullValue());
        move(id, "pause").statusCode(200).body("revision", equalTo(3));
        move(id, "resume").statusCode(200).body("state", equalTo("active"));
        move(id, "end").statusCode(200).body("state", equalTo("ended")).body("next_period", nullValue());
        move(id, "end").statusCode(200).body("revision", equalTo(5));
        for (var step : List.of("pause", "resume")) {
            move(id, step).statusCode(409).body("type", equalTo("urn:points:problem:schedule-ended"));
        }
        put(id, MONTHLY).statusCode(409).body("type", equalTo("urn:points:problem:schedule-ended"));
        assertEquals(List.of(), preview(id, 6));
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(
                            () -> kafka.messages(Topic.POOL_EVENTS, ScheduleChanged.class, tenant),
                            it -> it.size() == 5);
            assertEquals(
                    List.of(
                            ScheduleState.ACTIVE,
                            ScheduleState.ACTIVE,
                            ScheduleState.PAUSED,
                            ScheduleState.ACTIVE,
                            ScheduleState.ENDED),
                    told.stream().map(ScheduleChanged::state).toList());
            assertEquals(
                    List.of(1L, 2L, 3L, 4L, 5L),
                    told.stream().map(ScheduleChanged::revision).toList());
        }
        assertEquals(
                List.of("500", "600", "600", "600", "600"),
                Tables.asOwner(connection -> Tables.column(
                        connection,
                        "select amount::text from schedule_logs where schedule_id = '%s' order by revision"
                                .formatted(id))));
    }

    @Test
    void aTimeThatIsNoneNamesItsField() {
        var tenant = AllocationTest.register();
        var body = MONTHLY.replace("\"at\": \"00:05\"", "\"at\": \"00:05\", \"expires\": {\"after\": \"90 days\"}");
        post("{\"tenant_id\": \"%s\", %s}".formatted(tenant, body))
                .statusCode(400)
                .body("errors.field", contains("expires.after"));
        put(make(tenant), body).statusCode(400).body("errors.field", contains("expires.after"));
    }

    @Test
    void whoeverHasSeenAnEarlierRevisionChangesNothing() {
        var id = make(AllocationTest.register());
        admin().header("If-Match", "\"2\"")
                .body("{%s}".formatted(MONTHLY.replace("500", "600")))
                .put("/api/platform/schedules/" + id)
                .then()
                .statusCode(412)
                .body("revision", equalTo(1));
        assertEquals(500, read(id).getInt("amount"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"day\": \"1\" | \"day\": \"32\" | day",
                "\"day\": \"1\" | \"day\": null | day",
                "\"every\": \"month\", \"day\": \"1\" | \"every\": \"week\", \"day\": \"0\" | day",
                "\"every\": \"month\" | \"every\": \"day\" | day",
                "\"every\": \"month\", \"day\": \"1\" | \"every\": \"year\", \"day\": \"02-30\" | day",
                "\"at\": \"00:05\" | \"at\": \"24:00\" | at",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"starts_on\": \"2020-01-01\" | starts_on",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"starts_on\": \"2999-01-01\" | starts_on",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"ends_on\": \"2020-01-01\" | ends_on",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"expires\": {} | expires",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"expires\": {\"never\": false} | expires",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"expires\": {\"never\": true, \"end_of_period\": true} | expires",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"expires\": {\"never\": true, \"after\": \"P90D\"} | expires",
                "\"at\": \"00:05\" | \"at\": \"00:05\", \"expires\": {\"end_of_period\": true, \"round\": \"day\"} | expires",
                "\"currency\": \"INR\" | \"currency\": \"EUR\" | currency"
            })
    void whatNoScheduleCanBeIsNamed(String right, String wrong, String field) {
        var tenant = AllocationTest.register();
        var body = MONTHLY.replace(right, wrong);
        assertFalse(body.equals(MONTHLY), right);
        var type = "urn:points:problem:" + (field.equals("currency") ? "currency-mismatch" : "invalid-schedule");
        post("{\"tenant_id\": \"%s\", %s}".formatted(tenant, body))
                .statusCode(422)
                .body("type", equalTo(type))
                .body("errors", hasSize(1))
                .body("errors[0].field", equalTo(field));
        var id = make(tenant);
        put(id, body).statusCode(422).body("type", equalTo(type)).body("errors[0].field", equalTo(field));
        assertEquals(1, read(id).getInt("revision"));
        assertEquals(List.of(id.toString()), ids("?tenant_id=" + tenant));
    }

    @Test
    void aScheduleThatWouldNeverRunIsNotMade() {
        var tenant = AllocationTest.register();
        var today = LocalDate.now(ZoneOffset.UTC);
        var never = MONTHLY.replace(
                        "\"day\": \"1\"",
                        "\"day\": \"%s\"".formatted(today.minusDays(1).getDayOfMonth()))
                .replace("\"at\"", "\"ends_on\": \"%s\", \"at\"".formatted(today.plusDays(1)));
        post("{\"tenant_id\": \"%s\", %s}".formatted(tenant, never))
                .statusCode(422)
                .body("errors[0].field", equalTo("ends_on"));
    }

    @Test
    void ofAnUnknownTenantOrScheduleThereIsNothing() {
        post("{\"tenant_id\": \"%s\", %s}".formatted(UUID.randomUUID(), MONTHLY))
                .statusCode(404)
                .body("errors[0].field", equalTo("tenant_id"));
        var unknown = UUID.randomUUID();
        put(unknown, MONTHLY).statusCode(404);
        for (var step : List.of("pause", "resume", "end", "preview", "runs/2026-11/retry")) {
            move(unknown, step).statusCode(404);
        }
        for (var route : List.of("", "/runs")) {
            admin().get("/api/platform/schedules/" + unknown + route).then().statusCode(404);
        }
        move(make(AllocationTest.register()), "runs/2026-11/retry").statusCode(404);
    }

    @Test
    void theyAreListedByTenantAndState() {
        var tenant = AllocationTest.register();
        var made = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            made.add(0, make(tenant).toString());
        }
        move(UUID.fromString(made.get(1)), "pause").statusCode(200);
        assertEquals(made, ids("?tenant_id=" + tenant));
        assertEquals(List.of(made.get(1)), ids("?state=paused&tenant_id=" + tenant));
        assertEquals(List.of(made.get(0), made.get(2)), ids("?state=active&tenant_id=" + tenant));
        assertEquals(made.get(0), ids("?limit=1").get(0));
        assertEquals(made.get(1), ids("?limit=1&state=paused").get(0));
        var first = admin().get("/api/platform/schedules?limit=2&tenant_id=" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(made.subList(0, 2), first.getList("items.schedule_id"));
        assertEquals(
                made.subList(2, 3), ids("?limit=2&tenant_id=" + tenant + "&cursor=" + first.getString("next_cursor")));
    }

    /** A period that falls due. */
    record Due(String period, Instant dueAt) {
        UUID idFor(UUID schedule) {
            return Ids.at(dueAt, schedule, period);
        }
    }

    static UUID make(UUID tenant) {
        return make(tenant, MONTHLY);
    }

    /** With one thing other than that it allocates 500 points on the 1st of each month. */
    static UUID makeWith(UUID tenant, String right, String other) {
        var body = MONTHLY.replace(right, other);
        assertFalse(body.equals(MONTHLY), right);
        return make(tenant, body);
    }

    private static UUID make(UUID tenant, String body) {
        return UUID.fromString(post("{\"tenant_id\": \"%s\", %s}".formatted(tenant, body))
                .statusCode(201)
                .extract()
                .path("schedule_id"));
    }

    static ValidatableResponse putWith(UUID id, String right, String other) {
        var body = MONTHLY.replace(right, other);
        assertFalse(body.equals(MONTHLY), right);
        return put(id, body);
    }

    private static ValidatableResponse post(String body) {
        return admin().body(body).post("/api/platform/schedules").then();
    }

    private static ValidatableResponse put(UUID id, String body) {
        return admin().body("{%s}".formatted(body))
                .put("/api/platform/schedules/" + id)
                .then();
    }

    static ValidatableResponse move(UUID id, String step) {
        return admin().post("/api/platform/schedules/%s/%s".formatted(id, step)).then();
    }

    static JsonPath read(UUID id) {
        return admin().get("/api/platform/schedules/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static List<Due> preview(UUID id, int periods) {
        var answer =
                move(id, "preview?periods=" + periods).statusCode(200).extract().jsonPath();
        var labels = answer.<String>getList("items.period");
        var times = answer.<String>getList("items.due_at");
        var found = new ArrayList<Due>();
        for (int i = 0; i < labels.size(); i++) {
            found.add(new Due(labels.get(i), Instant.parse(times.get(i))));
        }
        return found;
    }

    private static List<String> ids(String query) {
        return admin().get("/api/platform/schedules" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.schedule_id");
    }
}
