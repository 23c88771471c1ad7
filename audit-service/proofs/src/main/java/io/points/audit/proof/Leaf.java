package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What of an audit record is sealed: everything that has a meaning, as text. The event's content is there by its digest
 * alone, so that a leaf holds ids only.
 *
 * @param eventId as 36 characters in lower case, like every id here
 * @param occurredAt see {@link #time}
 * @param dataDigest SHA-256 of the bytes of the event's content, as 64 hexadecimal digits in lower case
 */
public record Leaf(
        String eventId,
        String type,
        String source,
        String subject,
        String tenantId,
        @Nullable String actorId,
        @Nullable String actorRole,
        @Nullable String traceId,
        String occurredAt,
        String topic,
        String dataDigest) {

    private static final byte VERSION = 1;
    private static final int FIELDS = 11;
    private static final int NULL = -1;

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** A time as a leaf has it: RFC 3339, in UTC, with six digits of a second. */
    public static String time(Instant time) {
        return MICROSECONDS.format(time);
    }

    /**
     * The bytes that are hashed: a byte for the version of this layout, which is 1, then each field in the order of this
     * record: its length in bytes as a 32-bit integer, high byte first, and that many bytes of UTF-8. The length −1
     * stands for null. So no two records have the same bytes.
     */
    public byte[] content() {
        var fields = new byte[FIELDS][];
        fields[0] = eventId.getBytes(UTF_8);
        fields[1] = type.getBytes(UTF_8);
        fields[2] = source.getBytes(UTF_8);
        fields[3] = subject.getBytes(UTF_8);
        fields[4] = tenantId.getBytes(UTF_8);
        fields[5] = bytes(actorId);
        fields[6] = bytes(actorRole);
        fields[7] = bytes(traceId);
        fields[8] = occurredAt.getBytes(UTF_8);
        fields[9] = topic.getBytes(UTF_8);
        fields[10] = dataDigest.getBytes(UTF_8);
        int length = 1;
        for (var field : fields) {
            length += Integer.BYTES + (field == null ? 0 : field.length);
        }
        var content = ByteBuffer.allocate(length).put(VERSION);
        for (var field : fields) {
            if (field == null) {
                content.putInt(NULL);
            } else {
                content.putInt(field.length).put(field);
            }
        }
        return content.array();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
