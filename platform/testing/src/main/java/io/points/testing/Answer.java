package io.points.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a service answered.
 *
 * @param headers by lower-case name
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body; missing if it is not JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    public String mediaType() {
        return headers.getOrDefault("content-type", "").split(";")[0].strip();
    }

    /** What stands between commas in a header; empty if there is none. */
    public TreeSet<String> list(String header) {
        var words = new TreeSet<String>();
        for (var word : headers.getOrDefault(header, "").split(",")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /** The fields that a problem names. */
    public TreeSet<String> fieldsAtFault() {
        var fields = new TreeSet<String>();
        json().path("errors").forEach(error -> fields.add(error.path("field").asText()));
        return fields;
    }

    @Override
    public String toString() {
        var text = text();
        return status + " " + mediaType() + " " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
