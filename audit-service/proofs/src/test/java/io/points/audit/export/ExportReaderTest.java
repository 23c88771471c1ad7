package io.points.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.audit.proof.Leaf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportReaderTest {

    private static final byte[] HASH = new byte[32];
    private static final Leaf LEAF = new Leaf("e", "t", "so", "su", "ten", null, null, "trace", "at", "on", "digest");
    private static final String DATA = "{\"a\": \"\u00fc\\u0041\\\"\ud83d\ude00\",\n\t\"n\": 1.10}";

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var text = ExportWriter.write(List.of(
                new ExportLine.Opening(ExportLine.FORMAT, "now"),
                new ExportLine.Tenant("ten", 3, List.of(HASH, HASH)),
                new ExportLine.Sealed(3, HASH, LEAF, DATA),
                new ExportLine.Unsealed(LEAF, DATA),
                new ExportLine.Closing("a\nnote\n"),
                new ExportLine.End()));

        assertEquals(6, text.lines().count());
        try (var reader = reader(text)) {
            assertEquals(new ExportLine.Opening(ExportLine.FORMAT, "now"), reader.next());
            var tenant = assertInstanceOf(ExportLine.Tenant.class, reader.next());
            assertEquals("ten", tenant.tenantId());
            assertEquals(3, tenant.fromIndex());
            assertEquals(2, tenant.subtrees().size());
            var sealed = assertInstanceOf(ExportLine.Sealed.class, reader.next());
            assertEquals(3, sealed.index());
            assertArrayEquals(HASH, sealed.leafHash());
            assertEquals(LEAF, sealed.leaf());
            assertEquals(DATA, sealed.data());
            assertEquals(new ExportLine.Unsealed(LEAF, DATA), reader.next());
            assertEquals(new ExportLine.Closing("a\nnote\n"), reader.next());
            assertEquals(new ExportLine.End(), reader.next());
            assertNull(reader.next());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7| not a JSON object",
                "[]| not a JSON object",
                "{| not JSON",
                "{\"line\": \"end\", }| not JSON",
                "{}| the field line is missing",
                "{\"line\": \"beginning\"}| there is no such line as beginning",
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
    void anythingElseIsNamed(String line, String fault) throws IOException {
        try (var reader = reader(ExportWriter.write(List.of(new ExportLine.End())) + line + "\n")) {
            reader.next();
            var malformed = assertThrows(ExportReader.Malformed.class, reader::next);
            assertEquals(fault, malformed.getMessage().replaceFirst("line \\d+: ", ""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"leaf_hash\":\"AAAA|\"leaf_hash\":\"!AAA| the field leaf_hash is not a hash of 32 bytes in base 64",
                "\"event_id\":\"e\",||the field event_id is missing",
                "\"event_id\":\"e\"|\"event_id\":null|the field event_id is not a text",
                "\"actor_id\":null,||the field actor_id is missing",
                "\"actor_id\":null|\"actor_id\":{}|the field actor_id is not a text",
                "\"index\":3,||the field index is missing",
                "\"index\":3|\"index\":99999999999999999999|not JSON",
            })
    void aRecordHasAllItsFields(String from, @Nullable String to, String fault) throws IOException {
        var whole = ExportWriter.write(List.of(new ExportLine.Sealed(3, HASH, LEAF, DATA)));
        var broken = whole.replace(from, to == null ? "" : to);
        try (var reader = reader(broken)) {
            var malformed = assertThrows(ExportReader.Malformed.class, reader::next);
            assertEquals("line 1: " + fault, malformed.getMessage());
        }
    }

    private static ExportReader reader(String text) throws IOException {
        return new ExportReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
