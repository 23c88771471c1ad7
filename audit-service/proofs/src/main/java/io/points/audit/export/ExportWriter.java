package io.points.audit.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.points.audit.proof.Leaf;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/** Writes lines of an export. */
public final class ExportWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private ExportWriter() {}

    /** The lines as text, each with its line feed. */
    public static String write(List<? extends ExportLine> lines) {
        var text = new StringWriter(lines.size() * 1_024);
        try (var json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (var line : lines) {
                json.writeStartObject();
                write(json, line);
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Text could not be written to memory", e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, ExportLine line) throws IOException {
        if (line instanceof ExportLine.Sealed sealed) {
            put(json, Field.LINE, "record");
            json.writeNumberField(Field.INDEX.text(), sealed.index());
            put(json, Field.LEAF_HASH, base64(sealed.leafHash()));
            write(json, sealed.leaf(), sealed.data());
        } else if (line instanceof ExportLine.Unsealed unsealed) {
            put(json, Field.LINE, "unsealed");
            write(json, unsealed.leaf(), unsealed.data());
        } else if (line instanceof ExportLine.Tenant tenant) {
            put(json, Field.LINE, "tenant");
            put(json, Field.TENANT_ID, tenant.tenantId());
            json.writeNumberField(Field.FROM_INDEX.text(), tenant.fromIndex());
            json.writeArrayFieldStart(Field.SUBTREES.text());
            for (var subtree : tenant.subtrees()) {
                json.writeString(base64(subtree));
            }
            json.writeEndArray();
        } else if (line instanceof ExportLine.Closing closing) {
            put(json, Field.LINE, "checkpoint");
            put(json, Field.NOTE, closing.note());
        } else if (line instanceof ExportLine.Opening opening) {
            put(json, Field.LINE, "export");
            put(json, Field.FORMAT, opening.format());
            put(json, Field.EXPORTED_AT, opening.exportedAt());
        } else {
            put(json, Field.LINE, "end");
        }
    }

    private static void write(JsonGenerator json, Leaf leaf, String data) throws IOException {
        put(json, Field.EVENT_ID, leaf.eventId());
        put(json, Field.TYPE, leaf.type());
        put(json, Field.SOURCE, leaf.source());
        put(json, Field.SUBJECT, leaf.subject());
        put(json, Field.TENANT_ID, leaf.tenantId());
        json.writeStringField(Field.ACTOR_ID.text(), leaf.actorId());
        json.writeStringField(Field.ACTOR_ROLE.text(), leaf.actorRole());
        json.writeStringField(Field.TRACE_ID.text(), leaf.traceId());
        put(json, Field.OCCURRED_AT, leaf.occurredAt());
        put(json, Field.TOPIC, leaf.topic());
        put(json, Field.DATA_DIGEST, leaf.dataDigest());
        put(json, Field.DATA, data);
    }

    private static void put(JsonGenerator json, Field field, String value) throws IOException {
        json.writeStringField(field.text(), value);
    }

    private static String base64(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }
}
