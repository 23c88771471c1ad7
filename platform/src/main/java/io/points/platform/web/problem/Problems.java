package io.points.platform.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.points.platform.internals.CurrentRequest;
import io.points.platform.persistence.TransientErrors;
import io.points.platform.telemetry.LogIds;
import io.points.platform.web.input.Params;
import io.points.platform.web.route.RequestKeys;
import io.points.platform.web.route.RouteTable;
import io.points.platform.web.route.Routes;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every error of every service becomes a problem here. */
public class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    static final int RETRY_AFTER_SECONDS = 2;

    /** RFC 6750, 3. */
    public static final String CHALLENGE = "Bearer realm=\"points\"";

    /** As {@code StreamReadFeature.STRICT_DUPLICATE_DETECTION} says it. */
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");

    private final CurrentRequest request;
    private final Routes routes;

    Problems(CurrentRequest request, Routes routes) {
        this.request = request;
        this.routes = routes;
    }

    /** The ids of the request that fails, as far as it has got. */
    private LogIds ids() {
        var current = request.get();
        return current == null
                ? LogIds.NONE
                : LogIds.of(current.get(RequestKeys.TRACE), current.get(RequestKeys.TENANT));
    }

    /** The problem as a response. */
    public static Response response(Problem problem) {
        var response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 429 || problem.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response refused(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper(priority = Priorities.AUTHENTICATION)
    Response unauthorized(UnauthorizedException e) {
        return response(noCaller(null));
    }

    @ServerExceptionMapper(priority = Priorities.AUTHENTICATION)
    Response unauthenticated(AuthenticationFailedException e) {
        return response(noCaller(null));
    }

    /** @param why what is wrong with the token that came, in words for its sender; null if none came */
    public static Problem noCaller(@Nullable String why) {
        var needed = "Send an unexpired bearer token issued by the realm points for this API.";
        return Problem.of(401, "unauthorized", "A valid token is required", why == null ? needed : why + " " + needed);
    }

    public static Problem noTenant() {
        return Problem.of(
                403,
                "no-tenant",
                "The token has no tenant",
                "The claim tenant_id must be a UUID. Contact the administrator of your identity provider.");
    }

    /** The same type as any other outage: there is nothing for the caller to do but to come again. */
    public static Problem identityUnknown() {
        return Problem.of(
                503,
                "unavailable",
                "Temporarily unavailable",
                "The request was not processed: the identity provider that holds the key of this token is unreachable. Retry it.");
    }

    @ServerExceptionMapper(priority = Priorities.AUTHENTICATION)
    Response forbidden(ForbiddenException e) {
        return response(Problem.of(
                403, "forbidden", "The caller's role does not allow this", "This operation requires another role."));
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException e) {
        var faults = e.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field).thenComparing(Problem.FieldError::message))
                .toList();
        return response(Problem.badRequest(faults));
    }

    /** The field as the request calls it: without the method and the parameter in which it came. */
    private static String field(ConstraintViolation<?> violation) {
        var steps = violation
                .getPropertyPath()
                .toString()
                .replace(".<list element>", "")
                .split("\\.");
        int first = Math.min(2, steps.length - 1);
        return snakeCase(String.join(".", Arrays.copyOfRange(steps, first, steps.length)));
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    @ServerExceptionMapper
    Response mistyped(MismatchedInputException e) {
        return response(unreadable(e));
    }

    @ServerExceptionMapper
    Response byRest(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonProcessingException json) {
            return response(unreadable(json));
        }
        return switch (status) {
            case 405 -> withAllow(response(ofStatus(status, e.getMessage())));
            case 415 -> response(unsupportedMediaType(takes()));
            default -> response(ofStatus(status, e.getMessage()));
        };
    }

    private Set<String> takes() {
        var current = request.get();
        return current == null
                ? RouteTable.JSON
                : routes.table()
                        .takes(
                                current.request().method().name(),
                                current.request().path());
    }

    /** RFC 9110, section 15.5.6: a 405 lists the allowed methods. */
    private Response withAllow(Response response) {
        var current = request.get();
        return current == null
                ? response
                : Response.fromResponse(response)
                        .header(
                                HttpHeaders.ALLOW,
                                String.join(
                                        ", ",
                                        routes.table().allowed(current.request().path())))
                        .build();
    }

    /** What a server says by its status alone, as a problem. */
    public static Problem ofStatus(int status, @Nullable String detail) {
        return switch (status) {
            case 404 -> noSuchRoute();
            case 405 -> Problem.of(405, "method-not-allowed", "Method not allowed", "See the API description.");
            case 406 ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "The API description lists the media types that this route produces; most produce application/json.");
            case 408 -> tooSlow();
            case 413 -> tooLarge();
            case 414 -> uriTooLong();
            case 415 -> unsupportedMediaType(RouteTable.JSON);
            case 417 -> expectationFailed();
            case 431 -> headersTooLarge();
            case 503 -> unavailable();
            case 400 ->
                Problem.of(
                        400,
                        "invalid-request",
                        "The request is not valid",
                        detail == null
                                ? "The request is not valid HTTP (RFC 9110), or its host or the end of its body is ambiguous: send one Host, and one Content-Length or Transfer-Encoding: chunked (RFC 9112)."
                                : detail);
            default ->
                Problem.of(
                        status,
                        "http-" + status,
                        "The request failed",
                        detail == null ? "See RFC 9110 for the meaning of this status." : detail);
        };
    }

    public static Problem noSuchRoute() {
        return Problem.of(404, "not-found", "Not found", "There is no such route.");
    }

    public static Problem tooSlow() {
        return Problem.of(
                408,
                "body-too-slow",
                "The body did not arrive in time",
                "The request was not processed. A body must start to arrive within 5 s and continue at 64 KiB/s or more.");
    }

    public static Problem uriTooLong() {
        return Problem.of(
                414, "uri-too-long", "The URI is too long", "The path and query may have at most 4,096 characters.");
    }

    public static Problem headersTooLarge() {
        return Problem.of(
                431, "headers-too-large", "The headers are too large", "All headers together may take at most 16 KiB.");
    }

    public static Problem expectationFailed() {
        return Problem.of(
                417, "expectation-failed", "Expectation failed", "The only supported expectation is 100-continue.");
    }

    public static Problem tooMany() {
        return Problem.of(
                429,
                "too-many-requests",
                "Too many concurrent requests",
                "The request was not processed. You or your tenant have too many concurrent requests. Retry when"
                        + " some have completed.");
    }

    public static Problem internalError(UUID id) {
        return Problem.of(
                500,
                "internal-error",
                "Internal error",
                "The error is logged under this id; quote it when you report it: " + id);
    }

    /** @param takes the media types that the route takes */
    public static Problem unsupportedMediaType(Set<String> takes) {
        return Problem.of(
                415,
                "unsupported-media-type",
                "Unsupported media type",
                "This route accepts " + String.join(" or ", takes) + ".");
    }

    public static Problem tooLarge() {
        return Problem.of(
                413,
                "body-too-large",
                "The body is too large",
                "A request body may have at most 64 KiB, a batch of awards or members at most 2 MiB.");
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (TransientErrors.isTransient(e)) {
            ids().around(() -> LOG.warnf("Answered 503: %s", e));
            return response(unavailable());
        }
        var id = UUID.randomUUID();
        ids().around(() -> LOG.errorf(e, "Unexpected error %s", id));
        return response(internalError(id));
    }

    public static Problem unavailable() {
        return Problem.of(
                503,
                "unavailable",
                "Temporarily unavailable",
                "The request may or may not have been processed. Retry it shortly with the same Idempotency-Key.");
    }

    /** Says what is wrong in the request's words; what Jackson says names our classes. */
    private static Problem unreadable(JsonProcessingException e) {
        var syntax = syntaxError(e);
        if (syntax != null) {
            return syntaxProblem(syntax);
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Problem.badRequest(path(unknown), "is not a field of this request");
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return Problem.badRequest(path(mapping), expectation(mapping));
        }
        return syntaxProblem(e);
    }

    /** What keeps the body from being JSON at all, in whichever field it was met. */
    private static @Nullable JsonProcessingException syntaxError(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException syntax && !(cause instanceof InputCoercionException)) {
                return syntax;
            }
        }
        return null;
    }

    private static Problem syntaxProblem(JsonProcessingException e) {
        var twice = DUPLICATE.matcher(e.getOriginalMessage());
        if (twice.lookingAt()) {
            return Problem.badRequest(twice.group(1), "must not appear more than once");
        }
        return Problem.badRequest(
                "body",
                e instanceof StreamConstraintsException
                        ? "exceeds the limits on value length or nesting depth"
                        : "must be a single JSON object in UTF-8");
    }

    private static String expectation(JsonMappingException e) {
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            var type = mismatch.getTargetType();
            if (type == long.class || type == Long.class) {
                return "must be a 64-bit JSON integer";
            }
            if (type == UUID.class) {
                return Params.NOT_AN_ID;
            }
            if (type == String.class) {
                return "must be a JSON string";
            }
            if (type == boolean.class || type == Boolean.class) {
                return "must be true or false";
            }
            if (type.isEnum()) {
                return "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
        }
        return "has the wrong JSON type";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
