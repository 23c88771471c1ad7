package io.points.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.source.file.FileSystemConfigSourceFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Environment variables that the libraries of a service read, by their own description of what can be configured. */
final class Documented {
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final String KAFKA = "KAFKA_";

    /** Where settings are read from files. */
    private static final String FILES = FileSystemConfigSourceFactory.SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS
            .replace('.', '_')
            .toUpperCase(Locale.ROOT);

    private static final List<Pattern> QUARKUS = quarkus();

    private Documented() {}

    /** Whether it is a setting that can be set when a service starts. */
    static boolean variable(String name) {
        if (name.startsWith(KAFKA)) {
            String key = name.substring(KAFKA.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            return ConsumerConfig.configNames().contains(key)
                    && ProducerConfig.configNames().contains(key);
        }
        return name.equals(FILES)
                || QUARKUS.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static List<Pattern> quarkus() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL model : Collections.list(Documented.class.getClassLoader().getResources(MODEL))) {
                try (InputStream text = model.openStream()) {
                    collect(new ObjectMapper().readTree(text), names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Two underscores around a name stand for a part that one chooses: a datasource, a key.
        return names.stream()
                .map(name -> Pattern.compile(name.replaceAll("__[A-Z_]+?_(?=_|$)", "_[A-Z]+")))
                .toList();
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.has("phase") && node.has("path")) {
            if ("RUN_TIME".equals(node.path("phase").asText())) {
                names.addAll(node.findValuesAsText("environmentVariable"));
            }
            return;
        }
        node.forEach(child -> collect(child, names));
    }
}
