package io.points.platform.web.openapi;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Takes out the responses, headers and schemas that no operation leads to. */
final class Unused {

    private final Components components;
    private final Set<String> responses = new HashSet<>();
    private final Set<String> headers = new HashSet<>();
    private final Set<String> schemas = new HashSet<>();

    private Unused(Components components) {
        this.components = components;
    }

    static void remove(OpenAPI document) {
        var used = new Unused(document.getComponents());
        for (var operation : ServiceDocument.operations(document)) {
            Refs.schemas(operation).forEach(used::schema);
            operation.getResponses().getAPIResponses().values().forEach(used::response);
        }
        used.retain();
    }

    private void response(APIResponse response) {
        if (response.getRef() != null) {
            var name = Refs.name(response.getRef());
            if (responses.add(name)) {
                response(components.getResponses().get(name));
            }
            return;
        }
        Refs.schemas(response.getContent()).forEach(this::schema);
        Refs.orEmpty(response.getHeaders()).values().forEach(this::header);
    }

    private void header(Header header) {
        if (header.getRef() == null) {
            schema(header.getSchema());
        } else if (headers.add(Refs.name(header.getRef()))) {
            header(components.getHeaders().get(Refs.name(header.getRef())));
        }
    }

    private void schema(Schema schema) {
        Refs.visit(schema, within -> {
            if (within.getRef() != null && schemas.add(Refs.name(within.getRef()))) {
                schema(components.getSchemas().get(Refs.name(within.getRef())));
            }
        });
    }

    private void retain() {
        unused(components.getResponses().keySet(), responses).forEach(components::removeResponse);
        unused(components.getHeaders().keySet(), headers).forEach(components::removeHeader);
        unused(components.getSchemas().keySet(), schemas).forEach(components::removeSchema);
    }

    private static List<String> unused(Collection<String> declared, Set<String> used) {
        return declared.stream().filter(name -> !used.contains(name)).toList();
    }
}
