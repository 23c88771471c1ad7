package io.points.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportWriter;
import io.points.audit.proof.SigningKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast a file is verified, on a machine that does nothing else: on request alone, with {@code -Dpoints.pace=true}. */
@EnabledIfSystemProperty(named = "points.pace", matches = "true")
class PaceTest {

    private static final int TENANTS = 10;
    private static final int RECORDS = 40_000;
    private static final double TARGET = 100_000;

    @TempDir
    Path folder;

    @Test
    void hundredThousandRecordsAreVerifiedInASecond() throws IOException {
        var key = SigningKey.generate("points-test");
        var export = folder.resolve("export.ndjson");
        try (var out = Files.newBufferedWriter(export, UTF_8)) {
            out.write(ExportWriter.write(List.of(new ExportLine.Opening(ExportLine.FORMAT, "now"))));
            for (int i = 1; i <= TENANTS; i++) {
                var log = new SealedLog(new UUID(1, i), key, 0);
                for (int j = 0; j < RECORDS; j++) {
                    log.add(
                            ("{\"distribution_id\":\"%s\",\"tenant_id\":\"%s\",\"source\":\"pool\",\"from_user_id\":\"%s\","
                                            + "\"to_user_id\":\"%s\",\"amount\":%s,\"entry_number\":%s,\"balance_after\":%s}")
                                    .formatted(new UUID(8, j), log.tenant, new UUID(9, 1), new UUID(9, j), j, j, j));
                }
                out.write(ExportWriter.write(log.lines()));
            }
            out.write(ExportWriter.write(List.of(new ExportLine.End())));
        }
        long began = System.nanoTime();
        Verdict verdict;
        try (var in = new BufferedInputStream(Files.newInputStream(export), 1 << 20)) {
            verdict = new Verification(List.of(), List.of(key.verifier()), Scope.ALL).verify(in);
        }
        double pace = verdict.records() / ((System.nanoTime() - began) / 1e9);
        System.out.printf(
                Locale.ROOT,
                "Verified %,d records of %,d MB at %,.0f records/s%n",
                verdict.records(),
                Files.size(export) / 1_000_000,
                pace);
        assertTrue(verdict.isGood(), verdict.faults().toString());
        assertTrue(pace >= TARGET, () -> String.format(Locale.ROOT, "at only %,.0f records/s", pace));
    }
}
