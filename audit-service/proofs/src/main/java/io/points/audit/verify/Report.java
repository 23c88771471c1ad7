package io.points.audit.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;

/**
 * A verdict for people and for programs.
 *
 * @param seconds how long it took
 * @param withoutCheckpoints true if there was nothing from outside to compare with
 */
record Report(Verdict verdict, double seconds, boolean withoutCheckpoints) {

    private static final String WARNING =
            "No checkpoint from outside was given, so a log that was cut or rewritten as a whole and sealed anew would look good.";

    String text() {
        var text = new StringBuilder();
        for (var fault : verdict.faults()) {
            text.append("BAD  ").append(fault).append('\n');
        }
        for (var tenant : verdict.tenants()) {
            var fault = tenant.fault();
            if (fault == null) {
                text.append("ok   tenant %s: records %s to %s; %s%s\n"
                        .formatted(
                                tenant.tenantId(),
                                tenant.fromIndex(),
                                tenant.size() - 1,
                                checkpoints("saved checkpoints that fit", tenant.checked()),
                                tenant.uncovered().isEmpty()
                                        ? ""
                                        : checkpoints("; outside of the export", tenant.uncovered())));
            } else {
                text.append("BAD  tenant %s: index %s: %s\n".formatted(tenant.tenantId(), fault.index(), fault.why()));
            }
        }
        if (withoutCheckpoints) {
            text.append("NOTE ").append(WARNING).append('\n');
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%s: %,d records of %d tenants in %.1f s (%,.0f records/s)%n",
                        verdict.isGood() ? "OK" : "NOT OK",
                        verdict.records(),
                        verdict.tenants().size(),
                        seconds,
                        verdict.records() / seconds))
                .toString();
    }

    /** How many there are, and of trees of how many records: a size alone reads as a count. */
    private static String checkpoints(String what, Collection<Long> sizes) {
        return sizes.isEmpty()
                ? what + ": 0"
                : what + ": " + sizes.size() + ", of "
                        + String.join(", ", sizes.stream().map(String::valueOf).toList()) + " records";
    }

    String json() {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("ok", verdict.isGood());
            json.writeNumberField("records", verdict.records());
            json.writeNumberField("seconds", seconds);
            json.writeArrayFieldStart("faults");
            for (var fault : verdict.faults()) {
                json.writeString(fault);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tenants");
            for (var tenant : verdict.tenants()) {
                write(json, tenant);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("warnings");
            if (withoutCheckpoints) {
                json.writeString(WARNING);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Text could not be written to memory", e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Verdict.OfTenant tenant) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant_id", tenant.tenantId().toString());
        json.writeNumberField("from_index", tenant.fromIndex());
        json.writeNumberField("size", tenant.size());
        write(json, "checkpoints_that_fit", tenant.checked());
        write(json, "checkpoints_outside", tenant.uncovered());
        var fault = tenant.fault();
        if (fault != null) {
            json.writeObjectFieldStart("first_fault");
            json.writeNumberField("index", fault.index());
            json.writeStringField("why", fault.why());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Collection<Long> sizes) throws IOException {
        json.writeArrayFieldStart(name);
        for (var size : sizes) {
            json.writeNumber(size);
        }
        json.writeEndArray();
    }
}
