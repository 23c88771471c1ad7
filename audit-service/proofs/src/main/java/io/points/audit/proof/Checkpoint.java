package io.points.audit.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a tenant's tree at one moment. Whoever keeps one can tell later whether anything that it covers was
 * changed. Its {@link #text} is a checkpoint as C2SP's {@code tlog-checkpoint} describes it.
 *
 * @param size leaves of the tree
 * @param root the tree's root, 32 bytes
 * @param time when it was made, to the microsecond
 */
public record Checkpoint(UUID tenantId, long size, byte[] root, Instant time) {

    private static final String ORIGIN = "points.audit/";
    private static final String TIME = "time ";
    private static final int LINES = 4;

    /** The lines that are signed, each with its line feed: origin, size, root in base 64, time. */
    public String text() {
        return ORIGIN
                + tenantId
                + '\n'
                + size
                + '\n'
                + Base64.getEncoder().encodeToString(root)
                + '\n'
                + TIME
                + Leaf.time(time)
                + '\n';
    }

    /**
     * Reads what {@link #text} gives, and nothing else.
     *
     * @throws IllegalArgumentException if it is anything else; the text says which line is at fault
     */
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
            throw new IllegalArgumentException("a checkpoint has " + LINES + " lines before its signatures");
        }
        try {
            var checkpoint = new Checkpoint(
                    UUID.fromString(after(ORIGIN, lines[0])),
                    Long.parseLong(lines[1]),
                    Base64.getDecoder().decode(lines[2]),
                    Instant.parse(after(TIME, lines[3])));
            // Each of these readers takes more than one text for the same value.
            if (checkpoint.size >= 0
                    && checkpoint.root.length == TreeHasher.LENGTH
                    && checkpoint.text().equals(text)) {
                return checkpoint;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("not a checkpoint: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("not a checkpoint: its size, root or time is not written as it should be");
    }

    private static String after(String start, String line) {
        if (!line.startsWith(start)) {
            throw new IllegalArgumentException("a line does not begin with \"" + start + "\"");
        }
        return line.substring(start.length());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint it
                && tenantId.equals(it.tenantId)
                && size == it.size
                && Arrays.equals(root, it.root)
                && time.equals(it.time);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, size, Arrays.hashCode(root), time);
    }
}
