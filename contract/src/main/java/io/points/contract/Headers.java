package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0, Kafka protocol binding, binary content mode: attributes are headers with the prefix {@code ce_}. */
public final class Headers {

    public static final String TYPE = "ce_type";

    /** W3C Trace Context: the step of the trace that sent the record. What began it stands in {@code ce_traceparent}. */
    public static final String TRACEPARENT = "traceparent";

    private static final int LONGEST_HEADER = 500;
    private static final Instant YEAR_10000 = Instant.ofEpochSecond(253_402_300_800L);

    private Headers() {}

    /** A record whose headers do not make an envelope. The text names the header. */
    public static final class Unreadable extends Exception {
        public Unreadable(String message) {
            super(message);
        }
    }

    public static org.apache.kafka.common.header.Headers write(Envelope envelope) {
        return write(envelope, envelope.traceparent());
    }

    /** @param step the step of the trace that sends the record */
    public static org.apache.kafka.common.header.Headers write(Envelope envelope, @Nullable String step) {
        var headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", envelope.id().toString());
        put(headers, TYPE, envelope.type());
        put(headers, "ce_source", envelope.source());
        put(headers, "ce_subject", envelope.subject());
        put(headers, "ce_time", envelope.time().toString());
        put(headers, "ce_tenantid", envelope.tenantId().toString());
        put(headers, "ce_actorid", envelope.actorId());
        put(headers, "ce_actorrole", envelope.actorRole());
        put(headers, "ce_traceparent", envelope.traceparent());
        put(headers, TRACEPARENT, step);
        put(headers, "content-type", "application/json");
        return headers;
    }

    public static Envelope read(org.apache.kafka.common.header.Headers headers) throws Unreadable {
        if (!"1.0".equals(required(headers, "ce_specversion"))) {
            throw new Unreadable("header ce_specversion is not 1.0");
        }
        return new Envelope(
                uuid(headers, "ce_id"),
                required(headers, TYPE),
                required(headers, "ce_source"),
                required(headers, "ce_subject"),
                time(headers),
                uuid(headers, "ce_tenantid"),
                optional(headers, "ce_actorid"),
                optional(headers, "ce_actorrole"),
                traceparent(headers));
    }

    /** Who knows of Trace Context alone sends no other. */
    private static @Nullable String traceparent(org.apache.kafka.common.header.Headers headers) throws Unreadable {
        var began = optional(headers, "ce_traceparent");
        return began == null ? optional(headers, TRACEPARENT) : began;
    }

    private static void put(RecordHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }

    private static @Nullable String optional(org.apache.kafka.common.header.Headers headers, String name)
            throws Unreadable {
        var header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        var value = new String(header.value(), UTF_8);
        if (value.length() > LONGEST_HEADER || value.indexOf('\0') >= 0) {
            throw new Unreadable(
                    "header " + name + " is longer than " + LONGEST_HEADER + " characters or holds U+0000");
        }
        return value;
    }

    /** A header's text, or null; of a record whose headers have been read. */
    public static @Nullable String text(org.apache.kafka.common.header.Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static String required(org.apache.kafka.common.header.Headers headers, String name) throws Unreadable {
        var value = optional(headers, name);
        if (value == null || value.isBlank()) {
            throw new Unreadable("header " + name + " is missing");
        }
        return value;
    }

    private static UUID uuid(org.apache.kafka.common.header.Headers headers, String name) throws Unreadable {
        var value = required(headers, name);
        try {
            var uuid = UUID.fromString(value);
            // Java takes 1-1-1-1-1 for a UUID too.
            if (uuid.toString().equalsIgnoreCase(value)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // Said below, for both faults at once.
        }
        throw new Unreadable("header " + name + " is not a UUID");
    }

    private static Instant time(org.apache.kafka.common.header.Headers headers) throws Unreadable {
        try {
            var time = Instant.parse(required(headers, "ce_time"));
            // RFC 3339 ends with the year 9999; far beyond it a database makes it "infinity" without a word.
            if (time.isBefore(Instant.EPOCH) || !time.isBefore(YEAR_10000)) {
                throw new Unreadable("header ce_time does not lie between the years 1970 and 9999");
            }
            return time;
        } catch (DateTimeException e) {
            throw new Unreadable("header ce_time is not an RFC 3339 time");
        }
    }
}
