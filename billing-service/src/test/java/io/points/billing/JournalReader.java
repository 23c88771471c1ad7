package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.points.contract.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** An accountant who imports each batch once, and looks at what is in it. */
final class JournalReader {

    private final TreeMap<Long, String> files = new TreeMap<>();
    private final List<Map<String, String>> lines = new ArrayList<>();
    private long last;

    /** Begins behind what there is already. */
    static JournalReader fromNowOn() {
        var reader = new JournalReader();
        reader.readOn();
        reader.files.clear();
        reader.lines.clear();
        return reader;
    }

    /** Imports what is new, until nothing is. */
    JournalReader readOn() {
        while (readSome() > 0) {
            // Four batches at a time.
        }
        return this;
    }

    /** Imports what one list has, and gives how many batches that were. */
    int readSome() {
        var list = BillingServiceTest.as("finance")
                .queryParam("since", last)
                .get("/api/billing/journal/batches")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<Map<String, Object>> items = list.getList("items");
        for (var item : items) {
            long number = ((Number) item.get("number")).longValue();
            assertEquals(last + 1, number, "without gaps");
            take(number, item);
            last = number;
        }
        return items.size();
    }

    private void take(long number, Map<String, Object> item) {
        var answer = BillingServiceTest.as("finance").get(String.valueOf(item.get("file")));
        assertEquals(200, answer.statusCode());
        assertEquals("attachment; filename=\"journal-batch-" + number + ".csv\"", answer.header("Content-Disposition"));
        var bytes = answer.asByteArray();
        assertEquals(item.get("sha256"), Sha256.hex(bytes));
        assertEquals(item.get("sha256"), answer.header("X-Batch-SHA256"));
        files.put(number, answer.asString());
        var own = csv(answer.asString());
        assertEquals(item.get("lines"), own.size());
        var sums = new HashMap<String, BigInteger>();
        var debits = new TreeMap<String, BigDecimal>();
        for (var line : own) {
            assertEquals(String.valueOf(number), line.get("batch"));
            assertEquals(item.get("period"), line.get("billing_period"));
            assertTrue(line.get("posting_date").startsWith(line.get("billing_period") + "-"), line.toString());
            var amount = new BigInteger(line.get("amount_minor"));
            assertTrue(amount.signum() != 0, line.toString());
            sums.merge(line.get("entry_id"), amount, BigInteger::add);
            if (amount.signum() > 0) {
                debits.merge(line.get("currency"), new BigDecimal(line.get("amount")), BigDecimal::add);
            }
        }
        sums.forEach((entry, sum) -> assertEquals(BigInteger.ZERO, sum, entry));
        var totals = new TreeMap<String, BigDecimal>();
        BillingServiceTest.maps(item.get("totals"))
                .forEach(it -> totals.put(
                        String.valueOf(it.get("currency")), new BigDecimal(String.valueOf(it.get("debits")))));
        assertEquals(debits, totals);
        lines.addAll(own);
    }

    /** The files as they were when they were fetched. */
    Map<Long, String> files() {
        return files;
    }

    /** What was imported of a tenant. */
    List<Map<String, String>> linesOf(UUID tenant) {
        return lines.stream()
                .filter(it -> it.get("tenant_id").equals(tenant.toString()))
                .toList();
    }

    static List<Map<String, String>> csv(String text) {
        try {
            return new CsvMapper()
                    .readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .<Map<String, String>>readValues(text)
                    .readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
