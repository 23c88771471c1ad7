package io.points.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids of what the system makes. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long LOW_62_BITS = 0x3fff_ffff_ffff_ffffL;

    /**
     * The nil UUID (RFC 9562, 5.9). As a tenant it means the platform, as anything else nothing at all; so whoever may
     * choose an id may not choose this one.
     */
    public static final UUID NIL = new UUID(0, 0);

    private static final Pattern TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private Ids() {}

    /**
     * The id that a text from outside names: the 36 characters of RFC 9562, for {@link UUID#fromString} takes 1-1-1-1-1 too.
     * Null for anything else, {@link #NIL} included.
     */
    public static @Nullable UUID parse(String text) {
        var id = parseOrNil(text);
        return NIL.equals(id) ? null : id;
    }

    /** As {@link #parse}, where {@link #NIL} has a meaning. */
    public static @Nullable UUID parseOrNil(String text) {
        return TEXT.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    /** A new UUID version 7 (RFC 9562, 5.7): sorts by time to the millisecond, which keeps index pages warm. */
    public static UUID next(Instant now) {
        return new UUID(
                now.toEpochMilli() << 16 | 0x7000L | RANDOM.nextInt(0x1000), VARIANT | RANDOM.nextLong() & LOW_62_BITS);
    }

    /** Not above any id that is made at that moment, to the millisecond, or later; above all that were made before. */
    public static UUID first(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }

    /** When an id was made, to the millisecond; of a derived one, when that was made which it comes from. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /**
     * The id of what happens to {@code cause} at a moment: always the same for the same three, so that what is done again is
     * recognised. Sorts by that moment, to the millisecond; all else of it is a digest.
     */
    public static UUID at(Instant moment, UUID cause, String name) {
        var digest = digest(cause, name);
        return new UUID(
                moment.toEpochMilli() << 16 | 0x7000L | digest.getLong() & 0xfff,
                VARIANT | digest.getLong() & LOW_62_BITS);
    }

    /**
     * The id of a message that {@code cause} leads to: always the same for the same two, so that a repeat is
     * recognised wherever it comes from. Keeps the cause's upper half, and with it its place in time; the lower half is
     * a digest, unique to 62 bits within one cause's upper half.
     */
    public static UUID derive(UUID cause, String name) {
        return new UUID(
                cause.getMostSignificantBits(), VARIANT | digest(cause, name).getLong() & LOW_62_BITS);
    }

    private static ByteBuffer digest(UUID cause, String name) {
        var key = ByteBuffer.allocate(16)
                .putLong(cause.getMostSignificantBits())
                .putLong(cause.getLeastSignificantBits())
                .array();
        return ByteBuffer.wrap(Sha256.of(key, name.getBytes(StandardCharsets.UTF_8)));
    }
}
