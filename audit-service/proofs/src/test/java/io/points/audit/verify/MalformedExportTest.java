package io.points.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.points.audit.Vectors;
import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportWriter;
import io.points.audit.proof.TestKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line that is none: the verdict says which, and what is wrong with it. */
class MalformedExportTest {

    private static final int SIZE = 3;

    private final SealedLog log = new SealedLog(new UUID(1, 1), TestKeys.of("points-test", 1), SIZE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]| not a JSON object",
                "\"record\"| not a JSON object",
                "nothing| not JSON",
                "{\"line\": \"end\", }| not JSON",
                "{\"line\": \"end\" \"note\": 1}| not JSON",
                "{\"line\": \"\\x\"}| not JSON",
                "{}| the field line is missing",
                "{\"line\": \"beginning\"}| there is no such line as beginning",
                "{\"line\": \"toString\"}| there is no such line as toString",
                "{\"line\": 7}| the field line is not a text",
                "{\"line\": null}| the field line is not a text",
                "{\"line\": \"end\", \"surprise\": 1}| there is no field surprise",
                "{\"line\": \"end\", \"note\": \"x\"}| the field note does not belong there",
                "{\"line\": \"checkpoint\"}| the field note is missing",
                "{\"line\": \"checkpoint\", \"note\": \"a\", \"note\": \"b\"}| the field note stands there twice",
                "{\"line\": \"tenant\", \"tenant_id\": \"x\", \"from_index\": -1, \"subtrees\": []}"
                        + "| the field from_index is not a whole number from 0 on",
                "{\"line\": \"tenant\", \"tenant_id\": \"x\", \"from_index\": 1.0, \"subtrees\": []}"
                        + "| the field from_index is not a whole number from 0 on",
                "{\"line\": \"tenant\", \"tenant_id\": \"x\", \"from_index\": 0, \"subtrees\": \"\"}"
                        + "| the field subtrees is not an array",
                "{\"line\": \"tenant\", \"tenant_id\": \"x\", \"from_index\": 0, \"subtrees\": [\"AAAA\"]}"
                        + "| the field subtrees is not a hash of 32 bytes in base 64",
                "{\"line\": \"tenant\", \"tenant_id\": \"x\", \"from_index\": 0, \"subtrees\": [1]}"
                        + "| the field subtrees is not a text",
            })
    void aLineThatIsNoneIsNamed(String line, String fault) throws IOException {
        var lines = export().split("\n");
        lines[2 + SIZE] = line;
        assertEquals(List.of("line " + (3 + SIZE) + ": " + fault), faults(String.join("\n", lines) + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"leaf_hash\":\"|\"leaf_hash\":\"!| the field leaf_hash is not a hash of 32 bytes in base 64",
                "\"type\":\"PointsAwarded\",||the field type is missing",
                "\"type\":\"PointsAwarded\"|\"type\":null|the field type is not a text",
                "\"actor_role\":\"manager\",||the field actor_role is missing",
                "\"actor_role\":\"manager\"|\"actor_role\":{}|the field actor_role is not a text",
                "\"index\":1,||the field index is missing",
                "\"index\":1|\"index\":99999999999999999999|not JSON",
            })
    void aRecordHasAllItsFields(String from, @Nullable String to, String fault) throws IOException {
        var lines = export().split("\n");
        var broken = lines[3].replace(from, to == null ? "" : to);
        assertNotEquals(lines[3], broken);
        lines[3] = broken;
        assertEquals(List.of("line 4: " + fault), faults(String.join("\n", lines) + "\n"));
    }

    private String export() {
        var lines = new ArrayList<ExportLine>();
        lines.add(new ExportLine.Opening(ExportLine.FORMAT, "2026-11-25T00:00:00Z"));
        lines.addAll(log.lines());
        lines.add(new ExportLine.End());
        return ExportWriter.write(lines);
    }

    private static List<String> faults(String export) throws IOException {
        return Vectors.verify(
                        export, List.of(), List.of(TestKeys.of("points-test", 1).verifier()), Scope.ALL)
                .faults();
    }
}
