package io.points.platform.web.openapi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Calls a page of something by what stands on it: {@code MemberPage}. */
final class PageNames {

    private PageNames() {}

    static void give(OpenAPI document) {
        var components = document.getComponents();
        var names = new HashMap<String, String>();
        components.getSchemas().forEach((name, schema) -> {
            var properties = schema.getProperties();
            if (properties != null && properties.keySet().containsAll(Set.of("items", "next_cursor"))) {
                names.put(name, Refs.name(properties.get("items").getItems().getRef()) + "Page");
            }
        });
        var schemas = new java.util.TreeMap<String, Schema>();
        components.getSchemas().forEach((name, schema) -> schemas.put(names.getOrDefault(name, name), schema));
        components.setSchemas(schemas);
        Refs.each(document, schema -> rename(schema, names));
    }

    private static void rename(Schema schema, Map<String, String> names) {
        if (schema.getRef() != null) {
            var name = names.get(Refs.name(schema.getRef()));
            if (name != null) {
                schema.setRef(Refs.to(name));
            }
        }
    }
}
