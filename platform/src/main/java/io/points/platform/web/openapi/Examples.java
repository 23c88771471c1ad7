package io.points.platform.web.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;

/** One example for each body: by the name of its schema, or by its operation if it is a text. */
final class Examples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Properties BODIES = Resources.properties("examples.properties");

    private Examples() {}

    static void give(OpenAPI document) {
        ServiceDocument.operations(document).stream()
                .filter(operation -> operation.getRequestBody() != null)
                .forEach(operation -> operation
                        .getRequestBody()
                        .getContent()
                        .getMediaTypes()
                        .values()
                        .forEach(body -> give(operation, body)));
    }

    private static void give(Operation operation, MediaType body) {
        var ref = body.getSchema().getRef();
        if (ref == null) {
            body.setExample(BODIES.getProperty(operation.getOperationId()));
        } else if (BODIES.containsKey(Refs.name(ref))) {
            body.setExample(json(BODIES.getProperty(Refs.name(ref))));
        }
    }

    private static Object json(String example) {
        try {
            return JSON.readValue(example, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An example is not JSON: " + example, e);
        }
    }
}
