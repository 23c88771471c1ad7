package io.points.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads path and query parameters. A wrong one is a 400 that names it. */
public final class Params {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private Params() {}

    public static UUID uuid(String name, @Nullable String text) {
        if (text == null || !isUuid(text)) {
            throw Problem.badRequest(name, "must be a UUID").exception();
        }
        return UUID.fromString(text);
    }

    /** Stricter than {@link UUID#fromString}, which takes 1-1-1-1-1 for one. */
    public static boolean isUuid(String text) {
        return UUID_TEXT.matcher(text).matches();
    }

    public static @Nullable UUID optionalUuid(String name, @Nullable String text) {
        return text == null ? null : uuid(name, text);
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
