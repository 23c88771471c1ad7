package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.points.billing.entry.EntryView;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocusTest {

    /** What chapter 3 of the specification calls mandatory. */
    private static final List<String> MANDATORY = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    @Test
    void everyMandatoryColumnIsThere() {
        var columns = List.of(Focus.header().strip().split(","));

        assertTrue(columns.containsAll(MANDATORY), columns.toString());
        columns.stream()
                .filter(it -> !MANDATORY.contains(it))
                .forEach(it -> assertTrue(
                        List.of("ChargeFrequency", "ContractedUnitPrice", "InvoiceId", "ServiceSubcategory")
                                        .contains(it)
                                || it.matches("x_([A-Z][a-z]+)+"),
                        it));
    }

    @Test
    void aPurchaseCoversLaterUse() throws IOException {
        var row = row(Examples.purchase(1, 3, "0.005", "INR"));

        assertEquals("0.02", row.get("BilledCost"));
        assertEquals("0.0", row.get("EffectiveCost"));
        assertEquals("0.015", row.get("ContractedCost"));
        assertEquals("0.015", row.get("ListCost"));
        assertEquals("3.0", row.get("PricingQuantity"));
        assertEquals("0.005", row.get("ContractedUnitPrice"));
        assertEquals("2", row.get("x_AmountMinor"));
        assertEquals("INV-2026-000007", row.get("InvoiceId"));
        assertEquals("INV-1", row.get("x_InvoiceReference"));
        assertEquals("Invoice #1", row.get("ChargeDescription"));
        assertEquals("", row.get("ChargeClass"));
        assertEquals("Triton Energy", row.get("BillingAccountName"));
        assertEquals("2026-01-01T00:00:00Z", row.get("BillingPeriodStart"));
        assertEquals("2026-02-01T00:00:00Z", row.get("BillingPeriodEnd"));
        assertEquals("2026-01-15T00:00:00Z", row.get("ChargePeriodStart"));
        assertEquals("2026-01-16T00:00:00Z", row.get("ChargePeriodEnd"));
        assertEquals("2026-01-15T10:00:00Z", row.get("x_OccurredAt"));
        for (var who : List.of("InvoiceIssuerName", "ProviderName", "PublisherName")) {
            assertEquals("Acme, Inc.", row.get(who));
        }
    }

    @Test
    void aCreditGivesBackWhatHadNoEffectYet() throws IOException {
        var row = row(Examples.credit(2, 40, "1.25", "INR", "Correction"));

        assertEquals("Credit", row.get("ChargeCategory"));
        assertEquals("Correction", row.get("ChargeClass"));
        assertEquals("-50.00", row.get("BilledCost"));
        assertEquals("0.0", row.get("EffectiveCost"));
        assertEquals("-40.0", row.get("PricingQuantity"));
    }

    @Test
    void anAdjustmentIsEffectiveAtOnce() throws IOException {
        var row = row(Examples.entry(3, "Adjustment", null, -40, "1.25", "INR", "unknown"));

        assertEquals("-50.00", row.get("BilledCost"));
        assertEquals("-50.00", row.get("EffectiveCost"));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 1.5, 150.0, 150.0", "KWD, 0.0125, 1.250, 1.2500", "EUR, 2, 200.00, 200.0"})
    void everyNumberHasADecimalPlace(String currency, String price, String billed, String contracted)
            throws IOException {
        var row = row(Examples.purchase(1, 100, price, currency));

        assertEquals(billed, row.get("BilledCost"));
        assertEquals(contracted, row.get("ContractedCost"));
        assertEquals(
                new BigDecimal(price),
                new BigDecimal(row.get("ContractedUnitPrice")).setScale(new BigDecimal(price).scale()));
        assertTrue(row.get("ContractedUnitPrice").contains("."));
    }

    @Test
    void aTextIsAsItIs() {
        var rows = Focus.rows(List.of(new Focus.Charge(
                Examples.entry(1, "Purchase", null, 1, "1", "INR", "=SUM(A1), \"x\""), null, null, "=issuer")));

        assertTrue(rows.contains(",\"=SUM(A1), \"\"x\"\"\","), rows);
        assertTrue(rows.contains(",=issuer,=issuer,=issuer,"), rows);
    }

    @Test
    void whatIsOnNoDocumentHasNoInvoice() {
        var rows = Focus.rows(List.of(new Focus.Charge(Examples.purchase(1, 3, "1.00", "INR"), null, null, "Acme")));

        assertTrue(rows.contains(",1.00,,Acme,Acme,Acme,"), rows);
    }

    @Test
    void noEntryIsNoLine() {
        assertEquals("", Focus.rows(List.of()));
    }

    private static Map<String, String> row(EntryView entry) throws IOException {
        try (var rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(Focus.header()
                        + Focus.rows(
                                List.of(new Focus.Charge(entry, "Triton Energy", "INV-2026-000007", "Acme, Inc."))))) {
            return rows.next();
        }
    }
}
