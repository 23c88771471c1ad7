package io.points.billing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.PointsAllocated;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A month that is closed has an invoice and a credit note, numbered without gaps, and what it has got is never taken back silently. */
@QuarkusTest
class InvoicesTest extends LateEntriesScenario {

    @Test
    void aMonthHasAnInvoiceAndACreditNoteThatNamesIt() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        takenBack("2026-01-06T10:00:00Z", 30, 2);
        awaitHeard();
        statement(tenant, JANUARY).then().body("documents", equalTo(null));
        close(JANUARY);

        var january = statement(tenant, JANUARY);
        january.then()
                .body("documents", hasSize(2))
                .body("documents.kind", equalTo(List.of("invoice", "credit_note")))
                .body("documents.total", equalTo(List.of("100.00", "-30.00")))
                .body("documents.revision", equalTo(List.of(1, 1)))
                .body("documents[0].number", matchesRegex("INV-2\\d{3}-\\d{6}"))
                .body("documents[1].number", matchesRegex("CN-2\\d{3}-\\d{6}"))
                .body("documents[0].corrects", empty())
                .body("documents[0].issued_at", equalTo(january.path("closed_at")));
        assertEquals(
                List.of(january.jsonPath().getString("documents[0].number")),
                january.jsonPath().getList("documents[1].corrects"));
        for (var form : List.of("csv", "html")) {
            var text = as("finance")
                    .get("/api/billing/statements/" + tenant + "/" + JANUARY + "/" + form)
                    .asString();
            for (var number : january.jsonPath().getList("documents.number", String.class)) {
                assertTrue(text.contains(number), text);
            }
        }
        assertReconciled();
    }

    @Test
    void aCreditOfAnEarlierMonthNamesTheInvoiceOfThatMonth() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        takenBack("2026-02-06T10:00:00Z", 30, 2);
        awaitHeard();
        close(JANUARY);
        close(FEBRUARY);

        var february = documents(FEBRUARY);
        assertEquals(List.of("credit_note"), february.getList("documents.kind"));
        assertEquals(
                List.of(documents(JANUARY).getString("documents[0].number")),
                february.getList("documents[0].corrects"));
    }

    @Test
    void aMonthWithoutAnAmountHasNoDocument() {
        sendAt(
                "2026-01-05T10:00:00Z",
                new PointsAllocated(Movements.newId(), tenant, 100, "INR", "0", "a present", 100, 1));
        awaitHeard();
        close(JANUARY);
        close(FEBRUARY);

        statement(tenant, JANUARY).then().body("documents", empty());
        statement(tenant, FEBRUARY).then().body("documents", empty());
        assertReconciled();
    }

    /** The invoice stays; what was added has one of its own. */
    @Test
    void aLaterRevisionInvoicesWhatIsNew() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        awaitHeard();
        close(JANUARY);
        var first = documents(JANUARY).getMap("documents[0]");
        reopen(JANUARY);
        bought("2026-01-07T10:00:00Z", 40, 2);
        takenBack("2026-01-08T10:00:00Z", 50, 3);
        awaitHeard();
        close(JANUARY);

        var second = documents(JANUARY);
        assertEquals(first, second.getMap("documents[0]"));
        assertEquals(List.of("invoice", "invoice", "credit_note"), second.getList("documents.kind"));
        assertEquals(List.of(1, 2, 2), second.getList("documents.revision"));
        assertEquals(List.of("100.00", "40.00", "-50.00"), second.getList("documents.total"));
        assertEquals(second.getList("documents.number").subList(0, 2), second.getList("documents[2].corrects"));
        assertComesToTheTotal(second);
        assertReconciled();
        reopen(JANUARY);
        close(JANUARY);
        assertEquals(second.getList("documents"), documents(JANUARY).getList("documents"), "nothing is new");
    }

    @Test
    void whatIsMovedOutOfAnInvoicedMonthIsCreditedThereAndInvoicedInItsOwn() {
        closedWithLateEntries();
        close(FEBRUARY);
        var issued = documents(FEBRUARY);
        assertEquals(List.of("40.00", "-50.00"), issued.getList("documents.total"));
        reopen(FEBRUARY);
        reopen(JANUARY);
        move(JANUARY, null).then().statusCode(200);
        close(JANUARY);
        close(FEBRUARY);

        var january = documents(JANUARY);
        assertEquals(List.of("100.00", "40.00", "-50.00"), january.getList("documents.total"));
        assertEquals(january.getList("documents.number").subList(0, 2), january.getList("documents[2].corrects"));
        var february = documents(FEBRUARY);
        assertEquals(List.of("40.00", "-50.00", "50.00", "-40.00"), february.getList("documents.total"));
        assertEquals(
                List.of(
                        List.of(issued.getString("documents[1].number")),
                        List.of(issued.getString("documents[0].number"))),
                february.getList("documents.corrects").subList(2, 4));
        assertComesToTheTotal(january);
        assertComesToTheTotal(february);
        assertReconciled();
    }

    @Test
    void whatWasMovedBeforeItWasInvoicedIsInvoicedOnce() {
        closedWithLateEntries();
        reopen(JANUARY);
        move(JANUARY, null).then().statusCode(200);
        close(JANUARY);
        close(FEBRUARY);

        assertEquals(List.of(), documents(FEBRUARY).getList("documents"));
        assertEquals(List.of("100.00", "40.00", "-50.00"), documents(JANUARY).getList("documents.total"));
        assertReconciled();
    }

    @Test
    void pointsThatAreKeptAreABalanceInMoney() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        takenBack("2026-02-06T10:00:00Z", 30, 2);
        awaitHeard();

        assertEquals(List.of("0.00"), documents(JANUARY).getList("prepayments.opening"));
        assertEquals(List.of("100.00"), documents(JANUARY).getList("prepayments.closing"));
        assertEquals(List.of("100.00"), documents(FEBRUARY).getList("prepayments.opening"));
        assertEquals(List.of("70.00"), documents(FEBRUARY).getList("prepayments.closing"));
        assertTrue(documents(JANUARY).getString("tax_note").contains("multi-purpose vouchers"));
    }

    /** Closings of several tenants take numbers at once, and one of them is interrupted. */
    @Test
    void numbersHaveNoGapsAndNoTwins() {
        var tenants = IntStream.range(0, 6).mapToObj(i -> UUID.randomUUID()).toList();
        tenants.forEach(it -> sendAt("2026-01-05T10:00:00Z", Movements.allocated(it, 100, 1)));
        awaitHeard();
        tenants.forEach(it -> step(anna, it, JANUARY, "soft-close").then().statusCode(200));
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            SideBySide.begin(() -> step(anna, tenants.get(0), JANUARY, "close").statusCode());
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        var closings = tenants.stream()
                .map(it -> SideBySide.begin(() -> await().atMost(Duration.ofSeconds(20))
                        .until(() -> step(anna, it, JANUARY, "close").statusCode(), status -> status == 200)))
                .toList();
        closings.forEach(it -> assertEquals(200, it.join()));

        var numbers = tenants.stream()
                .flatMap(it -> statement(it, JANUARY).jsonPath().getList("documents.number", String.class).stream())
                .toList();
        assertEquals(6, numbers.stream().distinct().count());
        assertEquals(6, numbers.size());
        assertEquals(List.of("0"), Tables.asOwner(connection -> Tables.column(connection, """
                        select count(*) from document_series s
                        where s.last <> (select count(*) from billing_document_log d
                                         where d.number like s.series || '-' || s.year || '-%')
                           or s.last <> (select coalesce(max(split_part(d.number, '-', 3)::bigint), 0) from billing_document_log d
                                         where d.number like s.series || '-' || s.year || '-%')
                        """)));
    }

    private JsonPath documents(String month) {
        return statement(tenant, month).jsonPath();
    }

    private static void assertComesToTheTotal(JsonPath statement) {
        assertEquals(
                new BigDecimal(statement.getString("billed[0].total")),
                statement.getList("documents.total", String.class).stream()
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .setScale(2));
    }
}
