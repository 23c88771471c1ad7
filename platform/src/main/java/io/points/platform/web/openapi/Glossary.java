package io.points.platform.web.openapi;

import java.util.Properties;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jspecify.annotations.Nullable;

/**
 * One sentence for each field, by its name, for a name means the same in all documents. Where it means something narrower, the
 * schema's name stands before it. A description in the code wins.
 */
final class Glossary {

    static final Glossary READ = new Glossary(Resources.properties("glossary.properties"));

    private final Properties sentences;

    private Glossary(Properties sentences) {
        this.sentences = sentences;
    }

    void describe(OpenAPI document) {
        document.getComponents().getSchemas().forEach((name, schema) -> {
            if (schema.getDescription() == null) {
                schema.setDescription(sentences.getProperty(name));
            }
            Refs.orEmpty(schema.getProperties()).forEach((field, property) -> {
                if (property.getDescription() == null) {
                    property.setDescription(sentence(name, field));
                }
            });
        });
    }

    private @Nullable String sentence(String schema, String field) {
        return sentences.getProperty(schema + "." + field, sentences.getProperty(field));
    }
}
