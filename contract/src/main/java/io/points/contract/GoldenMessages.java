package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One example of each message, byte for byte as it goes over Kafka: for readers' own tests, and for the AsyncAPI document. */
public final class GoldenMessages {

    private GoldenMessages() {}

    /**
     * @param type simple name of the message's record
     * @throws IllegalArgumentException if there is no such message
     */
    public static String json(String type) {
        try (var in = GoldenMessages.class.getResourceAsStream("/golden/" + type + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no golden file for " + type);
            }
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message itself. */
    public static Message message(String type) {
        return read(type, json(type));
    }

    /** Which messages stand on which topic, found by making each of them. */
    public static Map<String, Set<String>> byTopic() {
        var byTopic = new TreeMap<String, Set<String>>();
        MessageJson.types().keySet().forEach(type -> {
            // What a message is about may decide where it goes.
            for (var account : Account.values()) {
                var json = json(type).replaceAll("\"account\":\"\\w+\"", "\"account\":\"" + account.word() + "\"");
                byTopic.computeIfAbsent(read(type, json).topic(), topic -> new TreeSet<>())
                        .add(type);
            }
        });
        return byTopic;
    }

    private static Message read(String type, String json) {
        try {
            return MessageJson.read(type, json.getBytes(UTF_8)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
