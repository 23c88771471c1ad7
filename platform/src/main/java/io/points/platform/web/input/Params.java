package io.points.platform.web.input;

import io.points.contract.Ids;
import io.points.platform.web.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads path and query parameters. A wrong one is a 400 that names it. */
public final class Params {

    /** What is said of whatever should be an id. */
    public static final String NOT_AN_ID = "must be a UUID, and not the nil UUID";

    /** A month from 1970 on, as {@code 2026-01}. */
    public static final String MONTH = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])$";

    /** A calendar date as RFC 3339 has it. */
    public static final String DAY = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    /** What is said of whatever should be a date. */
    public static final String NOT_A_DAY = "must be a date such as 2026-12-31";

    /**
     * An RFC 3339 time of the years 1970 to 9999, without leap seconds; what lies far beyond, a database makes "infinity" without a
     * word.
     */
    public static final String TIME =
            "^(19[7-9][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,9})?"
                    + "([Zz]|[+-](0[0-9]|1[0-7]):[0-5][0-9])$";

    private static final Pattern TIMES = Pattern.compile(TIME);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final Pattern NUMBERS = Pattern.compile("0|-?[1-9][0-9]{0,18}");

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

    /**
     * Ids parted by commas, each once; none if it is absent. The nil UUID may be among them: nothing has it.
     *
     * @param most that there may be
     */
    public static Set<UUID> optionalUuids(String name, @Nullable String text, int most) {
        var found = new LinkedHashSet<UUID>();
        if (text != null) {
            var ids = text.split(",", -1);
            if (ids.length > most) {
                throw Problem.badRequest(name, "must be at most " + most + " ids")
                        .exception();
            }
            for (var id : ids) {
                found.add(tenantOrPlatform(name, id));
            }
        }
        return found;
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

    /** True or false; null if it is absent. */
    public static @Nullable Boolean optionalFlag(String name, @Nullable String text) {
        return text == null ? null : flag(name, text);
    }

    /** Text to search for, as {@link PlainText} has it. */
    public static @Nullable String optionalText(String name, @Nullable String text, int max) {
        var fault = PlainText.Validator.fault(text, false, max);
        if (fault != null) {
            throw Problem.badRequest(name, fault).exception();
        }
        return text;
    }

    /** A date as {@link #DAY} has it. */
    public static LocalDate day(String name, String text) {
        try {
            if (text.matches(DAY)) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            // The 30th of February: said below.
        }
        throw Problem.badRequest(name, NOT_A_DAY).exception();
    }

    public static @Nullable Instant optionalTime(String name, @Nullable String text) {
        return text == null ? null : time(name, text);
    }

    /** A time as {@link #TIME} has it. Its offset can lead a few hours beyond the last year, whose end it is then. */
    public static Instant time(String name, String text) {
        try {
            if (TIMES.matcher(text).matches()) {
                var time = OffsetDateTime.parse(text).toInstant();
                return time.isAfter(LAST) ? LAST : time;
            }
        } catch (DateTimeParseException e) {
            // The 30th of February: said below.
        }
        throw Problem.badRequest(name, "must be an RFC 3339 time from 1970 to 9999, such as 2026-11-23T00:00:00Z")
                .exception();
    }

    /** A whole number of at least {@code least}. */
    public static @Nullable Long optionalNumber(String name, @Nullable String text, long least) {
        if (text == null) {
            return null;
        }
        var number = number(text, least, Long.MAX_VALUE);
        if (number == null) {
            throw Problem.badRequest(name, "must be a whole number, " + least + " or more")
                    .exception();
        }
        return number;
    }

    /** A whole number in ASCII digits, as JSON has it; null if the text is none, or none from {@code least} to {@code most}. */
    public static @Nullable Long number(String text, long least, long most) {
        if (!NUMBERS.matcher(text).matches()) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Some of an enum's constants, written in lower case and parted by commas; none if it is absent. */
    public static <E extends Enum<E>> Set<E> optionalWords(String name, @Nullable String text, Class<E> words) {
        var found = EnumSet.noneOf(words);
        if (text != null) {
            for (var word : text.split(",", -1)) {
                found.add(optionalWord(name, word, words));
            }
        }
        return found;
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
