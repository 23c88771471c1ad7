package io.points.platform.web.openapi;

import java.util.Locale;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Enums that say their word stand in lower case wherever they are read and written. */
final class EnumSchemas {

    private static final String WORD = "word";

    private final Classes classes;

    EnumSchemas(Classes classes) {
        this.classes = classes;
    }

    void complete(OpenAPI document) {
        document.getComponents().getSchemas().forEach((name, schema) -> {
            if (schema.getEnumeration() != null
                    && classes.enumOf(name)
                            .filter(it -> it.method(WORD) != null)
                            .isPresent()) {
                inLowerCase(schema);
            }
        });
    }

    private static void inLowerCase(Schema schema) {
        schema.setEnumeration(schema.getEnumeration().stream()
                .<Object>map(word -> word.toString().toLowerCase(Locale.ROOT))
                .toList());
    }
}
