package io.points.platform.web.openapi;

import static io.points.platform.web.problem.ProblemType.BODY_TOO_LARGE;
import static io.points.platform.web.problem.ProblemType.BODY_TOO_SLOW;
import static io.points.platform.web.problem.ProblemType.EXPECTATION_FAILED;
import static io.points.platform.web.problem.ProblemType.FORBIDDEN;
import static io.points.platform.web.problem.ProblemType.HEADERS_TOO_LARGE;
import static io.points.platform.web.problem.ProblemType.IDEMPOTENCY_KEY_REUSED;
import static io.points.platform.web.problem.ProblemType.INTERNAL_ERROR;
import static io.points.platform.web.problem.ProblemType.INVALID_REQUEST;
import static io.points.platform.web.problem.ProblemType.METHOD_NOT_ALLOWED;
import static io.points.platform.web.problem.ProblemType.NOT_ACCEPTABLE;
import static io.points.platform.web.problem.ProblemType.NO_TENANT;
import static io.points.platform.web.problem.ProblemType.REQUEST_TOO_SLOW;
import static io.points.platform.web.problem.ProblemType.TOO_MANY_REQUESTS;
import static io.points.platform.web.problem.ProblemType.UNAUTHORIZED;
import static io.points.platform.web.problem.ProblemType.UNAVAILABLE;
import static io.points.platform.web.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.points.platform.web.problem.ProblemType.URI_TOO_LONG;

import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Which problems an operation answers, by status: those that every one may, those that come of its shape, and those that its
 * method declares. What the server answers before it looks for a route stands under {@code default}.
 */
final class Refusals {

    private static final Set<ProblemType> OF_ALL = EnumSet.of(
            INVALID_REQUEST,
            UNAUTHORIZED,
            FORBIDDEN,
            NO_TENANT,
            NOT_ACCEPTABLE,
            TOO_MANY_REQUESTS,
            INTERNAL_ERROR,
            UNAVAILABLE);

    private static final Set<ProblemType> OF_BODIES =
            EnumSet.of(BODY_TOO_SLOW, REQUEST_TOO_SLOW, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE);

    private final Classes classes;
    private final Set<ProblemType> named = EnumSet.noneOf(ProblemType.class);

    Refusals(Classes classes) {
        this.classes = classes;
    }

    void complete(OpenAPI document) {
        ServiceDocument.operations(document).forEach(this::complete);
        ProblemSchemas.add(document, named);
        named.forEach(type -> type.statuses().forEach(status -> document.getComponents()
                .addResponse(name(type, status), response(status, Set.of(type)))));
        document.getComponents().addResponse(ProblemSchemas.PROBLEM, unrouted());
    }

    private void complete(Operation operation) {
        var types = types(operation);
        named.addAll(types);
        var byStatus = new TreeMap<Integer, Set<ProblemType>>();
        types.forEach(type -> type.statuses().forEach(status -> byStatus.computeIfAbsent(status, key -> new TreeSet<>())
                .add(type)));
        byStatus.forEach((status, ofStatus) -> operation
                .getResponses()
                .addAPIResponse(
                        Integer.toString(status),
                        ofStatus.size() == 1 && !hasOutcome(operation, status)
                                ? OASFactory.createAPIResponse()
                                        .ref(name(ofStatus.iterator().next(), status))
                                : outcome(operation, status, response(status, ofStatus))));
        operation
                .getResponses()
                .addAPIResponse("default", OASFactory.createAPIResponse().ref(ProblemSchemas.PROBLEM));
    }

    private Set<ProblemType> types(Operation operation) {
        var types = EnumSet.copyOf(OF_ALL);
        types.addAll(classes.refusals(operation.getOperationId()));
        if (operation.getRequestBody() != null) {
            types.addAll(OF_BODIES);
        }
        if (has(operation, Idempotency.HEADER)) {
            types.add(IDEMPOTENCY_KEY_REUSED);
        }
        return types;
    }

    /** Whether there is a distribution or a batch that was refused, and can be looked at. */
    private static boolean hasOutcome(Operation operation, int status) {
        return status == 409 && has(operation, Headers.PREFER);
    }

    private static APIResponse outcome(Operation operation, int status, APIResponse response) {
        if (hasOutcome(operation, status)) {
            Headers.add(response, Headers.LOCATION, Headers.PREFERENCE_APPLIED);
        }
        return response;
    }

    static boolean has(Operation operation, String parameter) {
        return Refs.orEmpty(operation.getParameters()).stream().anyMatch(it -> parameter.equals(it.getName()));
    }

    private static String name(ProblemType type, int status) {
        return ProblemSchemas.name(type) + (type.statuses().size() == 1 ? "" : status);
    }

    private static APIResponse response(int status, Set<ProblemType> types) {
        var response = OASFactory.createAPIResponse()
                .description(types.stream().map(ProblemType::meaning).collect(Collectors.joining(". Or: ")))
                .content(content(schema(types)));
        switch (status) {
            case 401 -> Headers.add(response, Headers.WWW_AUTHENTICATE);
            case 429, 503 -> Headers.add(response, Headers.RETRY_AFTER);
            default -> {}
        }
        return response;
    }

    private static Schema schema(Set<ProblemType> types) {
        if (types.size() == 1) {
            return ref(types.iterator().next());
        }
        var discriminator = OASFactory.createDiscriminator().propertyName("type");
        types.forEach(type -> discriminator.addMapping(type.uri(), Refs.to(ProblemSchemas.name(type))));
        return OASFactory.createSchema()
                .oneOf(types.stream().map(Refusals::ref).toList())
                .discriminator(discriminator);
    }

    private static Schema ref(ProblemType type) {
        return OASFactory.createSchema().ref(Refs.to(ProblemSchemas.name(type)));
    }

    private static APIResponse unrouted() {
        var response = OASFactory.createAPIResponse()
                .description("What the server answers before it looks for a route: "
                        + List.of(
                                        METHOD_NOT_ALLOWED,
                                        REQUEST_TOO_SLOW,
                                        BODY_TOO_LARGE,
                                        URI_TOO_LONG,
                                        UNSUPPORTED_MEDIA_TYPE,
                                        EXPECTATION_FAILED,
                                        HEADERS_TOO_LARGE)
                                .stream()
                                .map(type -> type.statuses().iterator().next() + " " + type.slug())
                                .collect(Collectors.joining(", ")))
                .content(content(OASFactory.createSchema().ref(Refs.to(ProblemSchemas.PROBLEM))));
        Headers.add(response, Headers.ALLOW);
        return response;
    }

    private static Content content(Schema schema) {
        return OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema));
    }
}
