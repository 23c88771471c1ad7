package io.points.console;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the build has bundled: each file's name has a hash of what is in it. */
final class Bundle {
    private final JsonObject outputs;

    /** @param list the list that the build has made */
    Bundle(String list) {
        outputs = new JsonObject(text(list)).getJsonObject("outputs");
    }

    /**
     * The name of the file that was made of a source.
     *
     * @throws IllegalStateException if it is not in the bundle
     */
    String file(String source) {
        return outputs.stream()
                .filter(output -> source.equals(((JsonObject) output.getValue()).getString("entryPoint")))
                .map(output -> output.getKey().substring(output.getKey().lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(source + " is not bundled"));
    }

    static String text(String name) {
        try (InputStream file = Bundle.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
