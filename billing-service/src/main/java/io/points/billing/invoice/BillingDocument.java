package io.points.billing.invoice;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An invoice or a credit note. It never changes: what is wrong with it is corrected by another one.
 *
 * @param number in a series without gaps, such as {@code INV-2026-000001}
 * @param revision of the month's statement with which it was issued: 1, 2, …
 * @param totalMinor in the currency's minor unit: positive on an invoice, negative on a credit note
 * @param corrects numbers of the documents whose entries it takes back, in order; those that were issued before there were numbers
 *     are missing
 */
@Schema(name = "BillingDocument")
public record BillingDocument(
        @Schema(description = "In a series without gaps", examples = "INV-2026-000001")
        String number,

        @Schema(
                enumeration = {"invoice", "credit_note"},
                description = "An invoice has entries with a positive amount, a credit note those with a negative one")
        String kind,

        @Schema(description = "The revision of the month's statement with which it was issued")
        int revision,

        @Schema(description = "When the month was closed with it")
        Instant issuedAt,

        String currency,

        @Schema(description = "In the currency's minor unit: positive on an invoice, negative on a credit note")
        BigInteger totalMinor,

        @Schema(description = "The same amount as a decimal in the major unit", examples = "-8750.00")
        String total,

        @Schema(
                description =
                        "Numbers of the documents whose entries it takes back; those from before there were numbers are missing")
        List<String> corrects) {

    /** Which of the two. */
    public enum Kind {
        INVOICE("invoice"),
        CREDIT_NOTE("credit_note");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the tables and documents. */
        String word() {
            return word;
        }
    }
}
