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
record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body; missing if it is not JSON. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    String mediaType() {
        return headers.getOrDefault("content-type", "").split(";")[0].strip();
    }

    /** The fields that a problem names. */
    TreeSet<String> fieldsAtFault() {
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
