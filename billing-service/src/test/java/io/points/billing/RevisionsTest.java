package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Message;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.Sha256;
import io.points.testing.PointsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was issued stays, whatever is issued after it. */
@QuarkusTest
class RevisionsTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @Test
    void aReopenedMonthStillHasWhatWasIssued() {
        heard(allocated(tenant, 100, 1));
        close();
        var issued = forms(statement(""));
        reopen();

        statement("").then().body("state", equalTo("open")).body("revision", nullValue());
        assertEquals(issued, forms(statement("?revision=1")));
        period().body("state", equalTo("open")).body("revisions.revision", equalTo(List.of(1)));
    }

    @Test
    void theNewestNamesThoseThatItReplaces() {
        heard(allocated(tenant, 100, 1));
        close();
        var first = statement("");
        reopen();
        heard(new PointsAllocated(Movements.newId(), tenant, 40, "INR", "1.00", "PO-2", 140, 2));
        close();
        var second = statement("");

        assertNotEquals(first.asString(), second.asString());
        assertEquals(first.asString(), statement("?revision=1").asString());
        assertEquals(second.asString(), statement("?revision=2").asString());
        first.then().body("revision", equalTo(1)).body("replaces", equalTo(List.of()));
        second.then()
                .body("revision", equalTo(2))
                .body("closed_by", equalTo(anna.toString()))
                .body("replaces.revision", equalTo(List.of(1)))
                .body("replaces.sha256", equalTo(List.of(Sha256.hex(first.asByteArray()))))
                .body("replaces.closed_by", equalTo(List.of(anna.toString())))
                .body(
                        "replaces.closed_at",
                        equalTo(List.of(first.path("closed_at").toString())));
        period().body("revisions.revision", equalTo(List.of(1, 2)))
                .body(
                        "revisions.sha256",
                        equalTo(List.of(Sha256.hex(first.asByteArray()), Sha256.hex(second.asByteArray()))))
                .body("revisions[1].closed_at", equalTo(second.path("closed_at")))
                .body("steps[5].created_at", equalTo(second.path("closed_at")));
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/csv", "/spreadsheet", "/html"})
    void everyFormHasEveryRevision(String form) {
        heard(allocated(tenant, 100, 1));
        close();
        var first = get(form, "").asString();
        reopen();
        heard(allocated(tenant, 40, 2));
        close();

        var again = get(form, "?revision=1");
        assertEquals(first, again.asString());
        assertEquals(
                period().extract().path("revisions[0].sha256"),
                again.then().statusCode(200).extract().header("X-Statement-SHA256"));
        assertNotEquals(first, get(form, "").asString());
        assertEquals(get(form, "").asString(), get(form, "?revision=2").asString());
        if (again.contentType().startsWith("text/csv")) {
            assertEquals(
                    "attachment; filename=\"statement-" + tenant + "-2026-01-revision-1.csv\"",
                    again.header("Content-Disposition"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "9223372036854775807"})
    void aRevisionThatWasNeverIssuedIsNamed(String revision) {
        heard(allocated(tenant, 100, 1));
        for (var form : List.of("", "/csv", "/spreadsheet", "/html")) {
            unknown(get(form, "?revision=" + revision), "the month has none, as it was never closed");
        }
        close();
        unknown(get("", "?revision=" + revision), "the newest is 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revision=0",
                "revision=-1",
                "revision=abc",
                "revision=",
                "revision=1.0",
                "revision=9223372036854775808",
                "revision=1&revision=1"
            })
    void whatIsNoRevisionIsNamed(String query) {
        heard(allocated(tenant, 100, 1));
        close();
        for (var form : List.of("", "/csv", "/spreadsheet", "/html")) {
            get(form, "?" + query).then().statusCode(400).body("errors[0].field", equalTo("revision"));
        }
    }

    @Test
    void aManagerSeesTheRevisionsOfTheOwnTenantOnly() {
        heard(allocated(tenant, 100, 1));
        close();
        asManagerOf(tenant).get(path("", "?revision=1")).then().statusCode(200);
        var stranger = asManagerOf(UUID.randomUUID());
        var theirs =
                stranger.get(path("", "?revision=1")).then().statusCode(404).extract();
        assertEquals(
                theirs.asString(),
                asManagerOf(UUID.randomUUID())
                        .get(path("", "?revision=7"))
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString());
    }

    /** An older version, which may still run beside this one, writes neither revision nor closer into the document. */
    @Test
    void whatAnOlderVersionClosedIsARevisionToo() throws SQLException {
        heard(allocated(tenant, 100, 1));
        step(anna, tenant, JANUARY, "soft-close").then().statusCode(200);
        var older = statement("").asString().replace("\"state\":\"soft_closed\"", "\"state\":\"closed\"");
        insertClosed(tenant, 2, older);

        assertEquals(older, statement("").asString());
        assertEquals(older, statement("?revision=1").asString());
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));

        reopen();
        close();
        statement("")
                .then()
                .body("revision", equalTo(2))
                .body("replaces.sha256", equalTo(List.of(sha256(older))))
                .body("replaces.closed_by", equalTo(List.of(anna.toString())));
        assertEquals(older, statement("?revision=1").asString());
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    /** As they were stored, and what was made of them then. */
    @ParameterizedTest
    @ValueSource(strings = {"without-revision", "without-texts"})
    void monthsThatOlderVersionsClosedKeepTheirBytes(String name) throws Exception {
        heard(allocated(tenant, 100, 1));
        var document = ClosedFiles.text(name + ".json");
        insertClosed(tenant, 1, document);

        for (var query : List.of("", "?revision=1")) {
            assertArrayEquals(ClosedFiles.bytes(name + ".json"), ClosedFiles.get(path("", query)));
            assertArrayEquals(
                    ClosedFiles.bytes(name + ".csv"), get("/csv", query).asByteArray());
            assertArrayEquals(
                    ClosedFiles.bytes(name + ".html"), get("/html", query).asByteArray());
        }
        assertEquals(sha256(document), get("/csv", "?revision=1").header("X-Statement-SHA256"));

        reopen();
        close();
        statement("").then().body("revision", equalTo(2)).body("replaces.sha256", equalTo(List.of(sha256(document))));
        assertArrayEquals(ClosedFiles.bytes(name + ".json"), ClosedFiles.get(path("", "?revision=1")));
        assertTrue(get("/csv", "").asString().contains("\r\nreplaces,1," + sha256(document) + ","));
    }

    private void heard(Message message) {
        sendAt("2026-01-05T10:00:00Z", message);
        awaitHeard();
    }

    private void close() {
        step(anna, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(anna, tenant, JANUARY, "close").then().statusCode(200);
    }

    private void reopen() {
        step(anna, tenant, JANUARY, "reopen").then().statusCode(200);
        step(ben, tenant, JANUARY, "reopen/approve").then().statusCode(200);
    }

    private ValidatableResponse period() {
        return as("finance")
                .get("/api/billing/periods/" + tenant + "/" + JANUARY)
                .then()
                .statusCode(200);
    }

    private Response statement(String query) {
        return get("", query);
    }

    private Response get(String form, String query) {
        return as("finance").get(path(form, query));
    }

    private String path(String form, String query) {
        return "/api/billing/statements/" + tenant + "/" + JANUARY + form + query;
    }

    private static List<String> forms(Response json) {
        return List.of(json.asString(), json.header("X-Statement-SHA256"));
    }

    private static String sha256(String document) {
        return Sha256.hex(document.getBytes(StandardCharsets.UTF_8));
    }

    private static void unknown(Response answer, String why) {
        answer.then()
                .statusCode(404)
                .body("type", endsWith(":not-found"))
                .body("errors[0].field", equalTo("revision"))
                .body("errors[0].message", equalTo(why));
    }

    /** As an older version closes January: with this document. */
    private void insertClosed(UUID tenant, int step, String document) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var log = owner.prepareStatement("""
                        insert into period_log (tenant_id, billing_period, step, action, reason, created_by, created_at,
                                                statement, statement_sha256, turns)
                        values (?, '2026-01-01', ?, 'closed', 'month end', ?, now(), ?, ?, 0)
                        """);
                var close = owner.prepareStatement(
                        "update billing_tenants set closed_through = '2026-01-01' where tenant_id = ?")) {
            log.setObject(1, tenant);
            log.setInt(2, step);
            log.setObject(3, anna);
            log.setString(4, document);
            log.setString(5, sha256(document));
            log.executeUpdate();
            close.setObject(1, tenant);
            close.executeUpdate();
        }
    }
}
