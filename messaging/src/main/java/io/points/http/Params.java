package io.points.http;

import io.points.messaging.Ids;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads path and query parameters. A wrong one is a 400 that names it. */
public final class Params {

    /** What is said of whatever should be an id. */
    public static final String NOT_AN_ID = "must be a UUID, and not the nil UUID";

    /** A month from 1970 on, as {@code 2026-01}. */
    public static final String MONTH = "^(19[7-9]\\d|[2-9]\\d{3})-(0[1-9]|1[0-2])$";

    /** The years in which an RFC 3339 time may lie. */
    public static final String TIME = "^(19[7-9]\\d|[2-9]\\d{3})-";

    private Params() {}

    /** The id of something, so not the nil UUID. */
    public static UUID uuid(String name, @Nullable String text) {
        var id = text == null ? null : Ids.parse(text);
        if (id == null) {
            throw Problem.badRequest(name, NOT_AN_ID).exception();
        }
        return id;
    }

    public static @Nullable UUID optionalUuid(String name, @Nullable String text) {
        return text == null ? null : uuid(name, text);
    }

    /** A tenant's id, or the nil UUID, under which auditors find what concerns the platform itself. */
    public static UUID tenantOrPlatform(String name, @Nullable String text) {
        var id = text == null ? null : Ids.parseOrNil(text);
        if (id == null) {
            throw Problem.badRequest(name, "must be a UUID").exception();
        }
        return id;
    }

    public static @Nullable UUID optionalTenantOrPlatform(String name, @Nullable String text) {
        return text == null ? null : tenantOrPlatform(name, text);
    }

    /** True or false; false if it is absent. */
    public static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw Problem.badRequest(name, "must be true or false").exception();
    }

    public static @Nullable Instant optionalTime(String name, @Nullable String text) {
        return text == null ? null : time(name, text);
    }

    /** A time of RFC 3339 from 1970 to 9999; what lies far beyond, a database makes "infinity" without a word. */
    public static Instant time(String name, String text) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.ofEpochSecond(253_402_300_799L))) {
                throw Problem.badRequest(name, "must lie between the years 1970 and 9999")
                        .exception();
            }
            return time;
        } catch (DateTimeParseException e) {
            throw Problem.badRequest(name, "must be an RFC 3339 time such as 2026-11-23T00:00:00Z")
                    .exception();
        }
    }

    /** A whole number of at least {@code least}. */
    public static @Nullable Long optionalNumber(String name, @Nullable String text, long least) {
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, for both faults at once.
        }
        throw Problem.badRequest(name, "must be a whole number from " + least + " on")
                .exception();
    }

    /** One of an enum's constants, written in lower case. */
    public static <E extends Enum<E>> @Nullable E optionalWord(String name, @Nullable String text, Class<E> words) {
        if (text == null) {
            return null;
        }
        for (var word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
                return word;
            }
        }
        var known = java.util.Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
        throw Problem.badRequest(name, "must be one of " + String.join(", ", known))
                .exception();
    }
}
