package io.points.http.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What an operation answers. */
final class Answers {

    private Answers() {}

    static void complete(Operation operation) {
        var responses = operation.getResponses();
        for (var status : List.of("400", "401", "403")) {
            responses.removeAPIResponse(status);
        }
        if (Refs.orEmpty(operation.getParameters()).stream().anyMatch(it -> "Prefer".equals(it.getName()))) {
            addAccepted(operation);
        }
        responses.addAPIResponse("401", problem());
        responses.addAPIResponse("403", problem());
        responses.addAPIResponse("default", problem());
    }

    private static APIResponse problem() {
        return OASFactory.createAPIResponse().ref(ProblemSchemas.PROBLEM);
    }

    /** What it answers while it runs is what it answers when it is over, or only an id. */
    private static void addAccepted(Operation operation) {
        var done = operation.getResponses().getAPIResponse("201");
        operation
                .getResponses()
                .addAPIResponse(
                        "202",
                        OASFactory.createAPIResponse()
                                .description("It runs; ask at Location how far it is")
                                .addHeader(
                                        "Location",
                                        OASFactory.createHeader()
                                                .description("Where to ask how far it is")
                                                .schema(Scalars.text().format("uri-reference")))
                                .content(done.getContent()));
    }
}
