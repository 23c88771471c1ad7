package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.TenantRegistered;
import io.points.testing.Attesting;
import io.points.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RecordsListingTest extends AuditServiceTest {

    private final Story story = new Story(tenant);

    @Test
    void pagesShowEveryRecordOnceNewestFirst() {
        sendAllocations(7);

        var seen = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = page(cursor == null ? list() : list().queryParam("cursor", cursor));
            seen.addAll(page.getList("items.data.amount", Long.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), seen);
    }

    @Test
    void aPageThatHoldsAllHasNoNext() {
        sendAllocations(3);

        assertNull(page(list()).getString("next_cursor"));
    }

    @Test
    void recordsThatComeWhileSomebodyPagesDoNotShiftThePages() {
        sendAllocations(5);
        var first = page(list());
        send(story.allocated(6));
        awaitRecords();

        var second = page(list().queryParam("cursor", first.getString("next_cursor")));

        assertEquals(List.of(2L, 1L), second.getList("items.data.amount", Long.class));
    }

    @Test
    void typeFilters() {
        send(story.allocated(1), new TenantRegistered(tenant, "INR", "1.00", 1), story.allocated(2));
        awaitRecords();

        assertEquals(
                List.of(2L, 1L),
                page(list().queryParam("type", "PointsAllocated")).getList("items.data.amount", Long.class));
        assertEquals(List.of(), page(list().queryParam("type", "PointsPainted")).getList("items"));
    }

    @Test
    void whatHappenedToAnObjectIsFound() {
        sendAllocations(3);
        var records = records();
        String subject = records.getString("items[1].subject");

        var found = page(as("auditor").queryParam("subject", subject));
        assertEquals(List.of(records.getString("items[1].event_id")), found.getList("items.event_id"));
        assertEquals(
                List.of(), page(list().queryParam("subject", subject + "x")).getList("items"));
        assertEquals(
                List.of(),
                page(list().queryParam("subject", subject.toUpperCase(Locale.ROOT) + "%"))
                        .getList("items"));
    }

    @Test
    void whatSomebodyDidAndWhatCameOfARequestIsFound() {
        var actor = "o'neill-" + tenant;
        var trace = tenant.toString().replace("-", "");
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(
                    0,
                    AuditTables.recordedBy(tenant, i < 4 ? actor : null, i > 0 ? trace : null)
                            .toString());
        }

        var byActor = new ArrayList<String>();
        String cursor = null;
        do {
            var request = as("auditor").queryParam("actor_id", actor).queryParam("limit", 3);
            var page = page(cursor == null ? request : request.queryParam("cursor", cursor));
            byActor.addAll(page.getList("items.event_id", String.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        assertEquals(ids.subList(1, 5), byActor);
        assertEquals(
                ids.subList(0, 4),
                page(as("auditor").queryParam("trace_id", trace)).getList("items.event_id"));
        assertEquals(
                ids.subList(1, 4),
                page(as("auditor")
                                .queryParam("tenant_id", tenant)
                                .queryParam("trace_id", trace)
                                .queryParam("actor_id", actor))
                        .getList("items.event_id"));
    }

    /** What has an envelope is recorded, however long its subject is. */
    @Test
    void aSubjectThatNoIndexCouldHoldIsRecordedAllTheSame() {
        AuditTables.recordedOf(tenant, "x".repeat(9_000));
        assertEquals(1, records().getList("items").size());
    }

    @Test
    void oneRecordIsReadByItsEvent() {
        sendAllocations(2);
        var listed = records().<Object>getList("items");
        for (var record : listed) {
            var id = ((Map<?, ?>) record).get("event_id");
            assertEquals(
                    record,
                    as("auditor")
                            .get("/api/audit/records/" + id)
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .get());
        }
        as("auditor")
                .get("/api/audit/records/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    /** Among however many records. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hashtextextended(subject, 0) = hashtextextended('x', 0) and subject = 'x' | audit_log_by_subject",
                "hashtextextended(actor_id, 0) = hashtextextended('x', 0) and actor_id = 'x' | audit_log_by_actor",
                "trace_id = 'x' | audit_log_by_trace",
            },
            quoteCharacter = '"')
    void eachFilterHasItsIndex(String filter, String index) {
        var plan = Attesting.plan("select * from audit_log where " + filter + " order by sequence desc limit 51");
        assertTrue(plan.contains(index), plan);
        assertFalse(plan.contains("Sort"), plan);
    }

    @Test
    void fromIsInclusiveAndToExclusive() {
        sendAllocations(4);
        var times = records().getList("items.occurred_at", String.class);

        var page = page(list().queryParam("from", times.get(2)).queryParam("to", times.get(0)));

        assertEquals(times.subList(1, 3), page.getList("items.occurred_at", String.class));
    }

    @Test
    void withoutATenantItListsAll() {
        sendAllocations(1);
        kafka.send(new Story(UUID.randomUUID()).allocated(1));
        await().until(() ->
                page(as("auditor").queryParam("limit", 200)).getList("items.tenant_id", String.class).stream()
                                .distinct()
                                .count()
                        >= 2);

        var sequences = page(as("auditor").queryParam("limit", 200)).getList("items.sequence", Long.class);

        assertTrue(sequences.size() >= 2);
        assertEquals(sequences.stream().sorted(Comparator.reverseOrder()).toList(), sequences);
    }

    @ParameterizedTest
    @CsvSource({
        "tenant_id, x",
        "type, ' '",
        "limit, 0",
        "limit, 201",
        "from, yesterday",
        "to, 2026-11-23",
        "cursor, !",
        "cursor, x",
        "subject, ' '",
        "actor_id, ' '",
        "trace_id, 1",
    })
    void aWrongParameterIsNamed(String name, String value) {
        as("auditor")
                .queryParam(name, value)
                .get("/api/audit/records")
                .then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("type", equalTo("urn:points:problem:invalid-request"))
                .body("errors[0].field", equalTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "x", "9223372036854775808", "2026-11-23T00:00:00Z x"})
    void aCursorOfAnotherListIsNamed(String position) {
        aWrongParameterIsNamed("cursor", Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes()));
    }

    @Test
    void theCharacterThatPostgresCannotHoldIsNamed() {
        aWrongParameterIsNamed("type", "a\0b");
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutAuditor")
    void onlyAuditorsRead(String role) {
        as(role).get("/api/audit/records").then().statusCode(403);
    }

    @Test
    void nobodyReadsWithoutAValidToken() {
        RestAssured.get("/api/audit/records").then().statusCode(401);
        RestAssured.get("/api/audit/conservation/" + tenant).then().statusCode(401);
        var auditor = UUID.randomUUID();
        for (var token : List.of(
                Tokens.of(auditor, null, "another-api", Instant.now().plusSeconds(60), "auditor"),
                Tokens.of(auditor, null, "points-api", Instant.now().minusSeconds(3_600), "auditor"))) {
            RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .get("/api/audit/records")
                    .then()
                    .statusCode(401);
        }
    }

    private void sendAllocations(int count) {
        for (int amount = 1; amount <= count; amount++) {
            send(story.allocated(amount));
        }
        awaitRecords();
    }

    private RequestSpecification list() {
        return as("auditor").queryParam("tenant_id", tenant).queryParam("limit", 3);
    }

    private static JsonPath page(RequestSpecification request) {
        return request.get("/api/audit/records")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
