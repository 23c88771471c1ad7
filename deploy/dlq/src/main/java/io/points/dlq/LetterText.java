package io.points.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/** Letters of one queue, as people and as programs read them. */
final class LetterText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 500;

    private final String queue;

    LetterText(String queue) {
        this.queue = queue;
    }

    /** For a terminal; a long value is shortened. */
    String lines(Letter letter, boolean replayed) {
        StringBuilder lines = new StringBuilder();
        lines.append(
                "offset %s   %s   %s%n".formatted(letter.offset(), letter.time(), replayed ? "replayed" : "waiting"));
        line(lines, "reason", letter.reason());
        line(lines, "origin", letter.origin().map(Letter.Origin::toString).orElse("unknown"));
        line(lines, "attempt", Long.toString(letter.attempt()));
        line(lines, "key", key(letter));
        letter.originalHeaders()
                .filter(header -> header.key().startsWith("ce_"))
                .forEach(header -> line(lines, header.key(), value(header)));
        line(lines, "length", letter.length() + " bytes" + (letter.isCut() ? ", cut at " + letter.value().length : ""));
        line(lines, "sha256", letter.sha256().orElse("unknown"));
        line(lines, "value", utf8(letter).orElseGet(() -> "hex " + hex(letter)));
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append("  %-16s %s%n".formatted(Visible.text(name, LONGEST), Visible.text(value, LONGEST)));
    }

    /** One line with all that is kept. */
    String json(Letter letter, boolean replayed) {
        ObjectNode node = JSON.createObjectNode();
        node.put("queue", queue);
        node.put("offset", letter.offset());
        node.put("time", letter.time().toString());
        node.put("replayed", replayed);
        node.put("reason", letter.reason());
        node.put("attempt", letter.attempt());
        letter.origin().ifPresent(origin -> node.putObject("origin")
                .put("topic", origin.topic())
                .put("partition", origin.partition())
                .put("offset", origin.offset()));
        node.put("key", key(letter));
        ObjectNode headers = node.putObject("headers");
        letter.originalHeaders().forEach(header -> headers.put(header.key(), value(header)));
        node.put("value_length", letter.length());
        node.put("value_sha256", letter.sha256().orElse(null));
        node.put("value_cut", letter.isCut());
        utf8(letter).ifPresentOrElse(text -> node.put("value", text), () -> node.put("value_hex", hex(letter)));
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    private static String key(Letter letter) {
        return letter.key() == null ? "" : new String(letter.key(), UTF_8);
    }

    private static String value(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static String hex(Letter letter) {
        return HexFormat.of().formatHex(letter.value());
    }

    /** The value, if it is valid UTF-8; the cut may have gone through its last character. */
    private static Optional<String> utf8(Letter letter) {
        CharBuffer text = CharBuffer.allocate(letter.value().length);
        boolean isWrong = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(letter.value()), text, !letter.isCut())
                .isError();
        return isWrong ? Optional.empty() : Optional.of(text.flip().toString());
    }
}
