package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.points.testing.Checkout;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/billing.md tells an accountant to do with a batch comes to the figures that it shows. */
class JournalImportTest {

    private static final Path DOCUMENT = Checkout.file("docs/billing.md");

    private static final Map<String, BigDecimal> BALANCES = Map.of(
            "accounts-receivable", new BigDecimal("-1250.00"),
            "customer-prepayments", new BigDecimal("1250.00"));

    @TempDir
    Path folder;

    @Test
    void theLinesComeToTheBalances() throws IOException {
        var balances = new TreeMap<String, BigDecimal>();
        try (var lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(DocumentedExamplesTest.batch().csv())) {
            lines.forEachRemaining(
                    line -> balances.merge(line.get("account"), new BigDecimal(line.get("amount")), BigDecimal::add));
        }
        assertEquals(BALANCES, balances);
    }

    @Test
    void hledgerImportsThem() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "hledger is not on the PATH: not imported");
        Files.writeString(
                folder.resolve("journal-batch-42.csv"),
                DocumentedExamplesTest.batch().csv());
        Files.writeString(folder.resolve("points.rules"), block("points.rules"));

        assertEquals(
                """
                "account","balance"
                "accounts-receivable","-1250.00 INR"
                "customer-prepayments","1250.00 INR"
                "total","0"
                """,
                run("hledger", "-f", "journal-batch-42.csv", "--rules-file", "points.rules", "balance", "-O", "csv"));
        assertEquals(
                3,
                run("hledger", "-f", "journal-batch-42.csv", "--rules-file", "points.rules", "print", "acct:receivable")
                        .lines()
                        .filter(it -> it.startsWith("2026-01-"))
                        .count());
    }

    /** The block of the document whose first line names that file. */
    private static String block(String name) throws IOException {
        var text = Files.readString(DOCUMENT);
        int begin = text.indexOf("```\n# " + name);
        assertTrue(begin >= 0, DOCUMENT + " has no " + name);
        return text.substring(begin + 4, text.indexOf("```\n", begin + 4));
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(it -> Files.isExecutable(Path.of(it, "hledger")));
    }

    private String run(String... command) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
