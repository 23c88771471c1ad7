package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.points.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What kustomize makes of a folder, as it would be applied. */
final class Manifests {
    static final List<String> OVERLAYS = List.of("dev", "prod");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, Manifests> RENDERED = new LinkedHashMap<>();

    private final List<JsonNode> all;

    private Manifests(List<JsonNode> all) {
        this.all = all;
    }

    /** Of an overlay, or of one folder in it such as {@code prod/audit-service}. */
    static synchronized Manifests of(String overlay) {
        return RENDERED.computeIfAbsent(overlay, Manifests::render);
    }

    private static Manifests render(String overlay) {
        return rendered("overlays/" + overlay);
    }

    /** What is made of any folder of {@code deploy/kubernetes}, now. */
    static Manifests rendered(String folder) {
        Tool.Result result = Tool.KUBECTL.run(Project.MANIFESTS, "kustomize", folder);
        assertEquals(0, result.exitCode(), result.output());
        return new Manifests(parse(result.output()));
    }

    /** The documents of a YAML text. */
    static List<JsonNode> parse(String text) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> all() {
        return all;
    }

    List<JsonNode> all(String kind) {
        return all.stream().filter(one -> kind.equals(kind(one))).toList();
    }

    JsonNode one(String kind, String name) {
        List<JsonNode> found =
                all(kind).stream().filter(one -> name.equals(name(one))).toList();
        assertEquals(1, found.size(), kind + " " + name);
        return found.get(0);
    }

    /** The Job that migrates a service's database, whose name ends with the version that it migrates to. */
    JsonNode migration(Service service) {
        List<JsonNode> found = all("Job").stream()
                .filter(job -> name(job).startsWith(service.database() + "-migration-"))
                .toList();
        assertEquals(1, found.size(), service.database());
        return found.get(0);
    }

    /** The names of all of a kind. */
    List<String> names(String kind) {
        return all(kind).stream().map(Manifests::name).sorted().toList();
    }

    static String kind(JsonNode one) {
        return one.path("kind").asText();
    }

    static String name(JsonNode one) {
        return one.path("metadata").path("name").asText();
    }

    /** As somebody would say which one it is. */
    static String title(JsonNode one) {
        return kind(one) + " " + name(one);
    }

    /** What stands in an array or object, one after another. */
    static Stream<JsonNode> each(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
