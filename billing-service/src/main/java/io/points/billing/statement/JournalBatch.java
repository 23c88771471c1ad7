package io.points.billing.statement;

import io.points.billing.Period;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A batch of the journal, as it is listed. */
@Schema(name = "JournalBatch")
record JournalBatch(
        @Schema(description = "1, 2, … without gaps", minimum = "1", maximum = "9007199254740991", examples = "42")
        long number,

        @Schema(description = "The month (UTC) to which all of its lines belong", examples = "2026-01")
        String period,

        @Schema(description = "When it was made") Instant madeAt,

        @Schema(description = "How many lines it has: two for each entry")
        int lines,

        @Schema(description = "What is debited in each currency, and credited as well")
        List<JournalTotal> totals,

        @Schema(
                description = "SHA-256 of its file",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256,

        @Schema(
                description = "Where its file is: a route relative to this service",
                examples = "/api/billing/journal/batches/42.csv")
        String file) {

    /** The total of a currency. */
    @Schema(name = "JournalTotal")
    record JournalTotal(
            String currency,

            @Schema(description = "Decimal in the currency's major unit", examples = "16250.00")
            String debits) {}

    static JournalBatch of(Row row) {
        long number = row.getLong("number");
        var currencies = row.getArrayOfStrings("currencies");
        var debits = row.getArrayOfStrings("debits");
        var totals = new ArrayList<JournalTotal>();
        for (int i = 0; i < currencies.length; i++) {
            totals.add(new JournalTotal(currencies[i], debits[i]));
        }
        return new JournalBatch(
                number,
                Period.of(row.getLocalDate("billing_period")).toString(),
                row.getOffsetDateTime("made_at").toInstant(),
                2 * row.getInteger("entries"),
                totals,
                row.getString("content_sha256"),
                JournalBatchResource.ROOT + "/" + number + ".csv");
    }
}
