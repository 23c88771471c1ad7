package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read a statement, and in which form. */
@QuarkusTest
class StatementsTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";
    private static final String FORMULA = "=HYPERLINK(\"http://example.com\")";

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "text/csv, text/csv",
        "text/html, text/html",
        "*/*, application/json",
        "'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', text/html",
        "'application/json;q=0.5, text/csv', text/csv",
    })
    void theFormIsTheOneThatIsAccepted(String accept, String type) {
        bought("Invoice 1");

        var answer =
                as("finance").accept(accept).get(path()).then().statusCode(200).contentType(startsWith(type));

        assertEquals("Accept", answer.extract().header("Vary"));
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "csv, text/csv", "spreadsheet, text/csv", "html, text/html"})
    void theFormCanBeAskedForInTheQuery(String format, String type) {
        bought("Invoice 1");

        as("finance")
                .queryParam("format", format)
                .get(path())
                .then()
                .statusCode(200)
                .contentType(startsWith(type));
    }

    @Test
    void aFormThatThereIsNotIsNotAcceptable() {
        bought("Invoice 1");

        as("finance").accept("application/pdf").get(path()).then().statusCode(406);
    }

    @Test
    void theJsonShowsTheMonth() {
        bought("Invoice 1");

        statement(tenant, JANUARY)
                .then()
                .statusCode(200)
                .body("tenant_id", equalTo(tenant.toString()))
                .body("period", equalTo(JANUARY))
                .body("from", equalTo("2026-01-01T00:00:00Z"))
                .body("to", equalTo("2026-02-01T00:00:00Z"))
                .body("state", equalTo("open"))
                .body("pool.opening", equalTo(0))
                .body("pool.allocated", equalTo(100))
                .body("pool.allocated_text", equalTo("100"))
                .body("pool.closing", equalTo(100))
                .body("roll_forward[0].movement", equalTo("opening"))
                .body("closing.prepaid", equalTo(100))
                .body("billed[0].currency_exponent", equalTo(2))
                .body("billed[0].total", equalTo("100.00"))
                .body("billed[0].purchases", equalTo("100.00"))
                .body("billed[0].credits", equalTo("0.00"))
                .body("billed[0].adjustments", equalTo("0.00"))
                .body("billed[0].corrections", equalTo("0.00"))
                .body("entries[0].reference", equalTo("Invoice 1"));
    }

    @Test
    void theSpreadsheetIsADownloadThatRunsNothing() {
        bought(FORMULA);

        for (var path : List.of(path(), "/api/billing/journal/" + JANUARY + ".csv")) {
            var csv = as("finance")
                    .queryParam("format", "spreadsheet")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/csv"))
                    .extract()
                    .asString();
            assertTrue(csv.contains(",\"'=HYPERLINK(\"\"http://example.com\"\")\""), csv);
        }
    }

    /** What was written is what is read: 8 of 750 entries did not match topic and JSON any more. */
    @ParameterizedTest
    @ValueSource(strings = {"", "csv"})
    void theCsvForProgramsHasEveryTextAsItIs(String format) {
        bought(FORMULA);

        for (var path : List.of(path(), "/api/billing/journal/" + JANUARY + ".csv")) {
            var request = as("finance").accept("text/csv");
            var csv = (format.isEmpty() ? request : request.queryParam("format", format))
                    .get(path)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertTrue(csv.contains(",\"=HYPERLINK(\"\"http://example.com\"\")\""), csv);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "spreadsheet"})
    void aTableIsADownload(String format) {
        bought("Invoice 1");

        as("finance")
                .queryParam("format", format)
                .get(path())
                .then()
                .header("Content-Disposition", "attachment; filename=\"statement-" + tenant + "-2026-01.csv\"");
        as("finance")
                .queryParam("format", format)
                .get("/api/billing/journal/" + JANUARY + ".csv")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"journal-2026-01.csv\"");
    }

    @Test
    void thePageRunsNothing() {
        bought("<b>Invoice</b>");

        var page = as("finance").accept("text/html").get(path()).then();

        page.header("Content-Security-Policy", containsString("default-src 'none'"));
        assertTrue(page.extract().asString().contains("&lt;b&gt;Invoice&lt;/b&gt;"));
    }

    @Test
    void aManagerSeesTheOwnStatementOnly() {
        bought("Invoice 1");
        var another = UUID.randomUUID();

        asManagerOf(tenant).get(path()).then().statusCode(200).body("pool.allocated", equalTo(100));
        var theirs = notFound(asManagerOf(another).get(path()).then());
        var nobodys = notFound(asManagerOf(another)
                .get("/api/billing/statements/" + UUID.randomUUID() + "/" + JANUARY)
                .then());
        var ownButUnheardOf = notFound(asManagerOf(another)
                .get("/api/billing/statements/" + another + "/" + JANUARY)
                .then());
        assertEquals(nobodys, theirs);
        assertEquals(nobodys, ownButUnheardOf);
    }

    /** To check a month's end, and to change nothing of it. */
    @Test
    void anAuditorSeesStatementsMonthsAndReconciliation() {
        bought("Invoice 1");

        for (var form : List.of("", "/csv", "/spreadsheet", "/html")) {
            assertEquals(
                    as("finance").get(path() + form).asString(),
                    as("auditor")
                            .get(path() + form)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString());
        }
        for (var same :
                List.of("/api/billing/periods/" + tenant + "/" + JANUARY, "/api/billing/reconciliation/" + tenant)) {
            assertEquals(
                    as("finance").get(same).asString(),
                    as("auditor").get(same).then().statusCode(200).extract().asString());
        }
        for (var step :
                List.of("soft-close", "close", "reopen", "reopen/approve", "reopen/reject", "reopen/withdraw")) {
            as("auditor")
                    .contentType("application/json")
                    .body("{\"reason\": \"month end\"}")
                    .post("/api/billing/periods/" + tenant + "/" + JANUARY + "/" + step)
                    .then()
                    .statusCode(403);
        }
        as("auditor").get("/api/billing/entries?tenant_id=" + tenant).then().statusCode(403);
    }

    @Test
    void aManagerWithoutATenantSeesNothing() {
        bought("Invoice 1");

        as("manager").get(path()).then().statusCode(403).body("type", equalTo("urn:points:problem:no-tenant"));
    }

    @Test
    void aManagerSeesNothingElse() {
        bought("Invoice 1");

        for (var other : new String[] {
            "/api/billing/journal/2026-01.csv",
            "/api/billing/journal/batches",
            "/api/billing/journal/batches/1.csv",
            "/api/billing/reconciliation/" + tenant,
            "/api/billing/periods/" + tenant + "/" + JANUARY,
            "/api/billing/entries?tenant_id=" + tenant
        }) {
            asManagerOf(tenant).get(other).then().statusCode(403);
        }
    }

    @Test
    void aTenantThatNobodyHasHeardOfHasNoStatement() {
        notFound(statement(UUID.randomUUID(), JANUARY).then());
        as("finance")
                .get("/api/billing/reconciliation/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"2026-13", "2026", "january"})
    void whatIsNoMonthIsNamed(String period) {
        statement(tenant, period).then().statusCode(400).body("errors[0].field", equalTo("period"));
    }

    private void bought(String note) {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, "1.00", "INR", note, 1));
        awaitEntry(1);
    }

    private String path() {
        return "/api/billing/statements/" + tenant + "/" + JANUARY;
    }

    private static String notFound(ValidatableResponse answer) {
        return answer.statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"))
                .extract()
                .asString();
    }
}
