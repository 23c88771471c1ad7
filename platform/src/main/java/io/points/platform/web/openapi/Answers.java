package io.points.platform.web.openapi;

import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Which headers a good answer has; and what an operation answers that waits for the end of what it has begun: the end, or that it
 * still runs.
 */
final class Answers {

    private Answers() {}

    static void complete(OpenAPI document, Classes classes) {
        ServiceDocument.operations(document)
                .forEach(operation -> operation.getResponses().getAPIResponses().forEach((status, response) -> {
                    if (status.startsWith("2")) {
                        Headers.add(response, classes.headers(operation.getOperationId()));
                    }
                }));
        ServiceDocument.operations(document).stream()
                .filter(operation -> Refusals.has(operation, Headers.PREFER))
                .forEach(operation -> complete(document, operation));
    }

    /** While it runs it answers what it does at the end; or only an id, if it could not be looked at; or what it says of itself. */
    private static void complete(OpenAPI document, Operation operation) {
        var done = operation.getResponses().getAPIResponse("201");
        Headers.add(done, Headers.LOCATION, Headers.PREFERENCE_APPLIED);
        var content = OASFactory.createContent();
        done.getContent().getMediaTypes().forEach((type, media) -> {
            var name = Refs.name(media.getSchema().getRef());
            var id = name.toLowerCase(Locale.ROOT) + "_id";
            document.getComponents()
                    .addSchema(
                            "Accepted" + name,
                            OASFactory.createSchema()
                                    .addType(SchemaType.OBJECT)
                                    .description("It was accepted, and could not be looked at just then.")
                                    .addProperty(id, Scalars.id().description("Its id"))
                                    .addRequired(id)
                                    .maxProperties(1));
            content.addMediaType(
                    type,
                    OASFactory.createMediaType()
                            .schema(OASFactory.createSchema()
                                    .addAnyOf(OASFactory.createSchema()
                                            .ref(media.getSchema().getRef()))
                                    .addAnyOf(OASFactory.createSchema().ref(Refs.to("Accepted" + name)))));
        });
        var waits = operation.getResponses().getAPIResponse("202");
        if (waits != null) {
            waits.getContent().getMediaTypes().forEach((type, media) -> content.getMediaType(type)
                    .getSchema()
                    .addAnyOf(OASFactory.createSchema().ref(media.getSchema().getRef())));
        }
        var running = OASFactory.createAPIResponse()
                .description("It runs; ask at Location how far it is"
                        + (waits == null ? "" : ". Or: " + waits.getDescription()))
                .content(content);
        Headers.add(running, Headers.LOCATION, Headers.PREFERENCE_APPLIED, Headers.RETRY_AFTER);
        operation.getResponses().addAPIResponse("202", running);
    }
}
