package io.points.platform.web.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients see it: {@code application/problem+json}, RFC 9457. The {@code type} is stable; programs branch on
 * it, people read {@code detail}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class Problem {

    /** Media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static final String TYPE_PREFIX = "urn:points:problem:";

    private static final int MOST_NAMED = 100;

    private final String type;
    private final String title;
    private final int status;
    private final @Nullable String detail;
    private final List<FieldError> errors;
    private final Map<String, Object> extensions;

    /** One field at fault, by its name in the request. */
    public record FieldError(String field, String message) {}

    private Problem(
            String type,
            String title,
            int status,
            @Nullable String detail,
            List<FieldError> errors,
            Map<String, Object> extensions) {
        this.type = type;
        this.title = title;
        this.status = status;
        this.detail = detail;
        this.errors = errors;
        this.extensions = extensions;
    }

    /**
     * @param slug last part of the stable type
     * @param title the same for every problem of this type
     * @param detail what is wrong this time, and what to do about it
     */
    public static Problem of(int status, String slug, String title, @Nullable String detail) {
        return new Problem(TYPE_PREFIX + slug, title, status, detail, List.of(), Map.of());
    }

    /** 400: the request itself is wrong, whatever the state of the system. */
    public static Problem badRequest(String field, String message) {
        return of(400, "invalid-request", "The request is not valid", field + ": " + message)
                .withError(field, message);
    }

    /**
     * 422: each field is well formed, but they do not go together.
     *
     * @param faults what is wrong, by the fields' names
     */
    public static Problem invalidPolicy(Map<String, String> faults) {
        var problem = of(
                422,
                ProblemType.INVALID_POLICY.slug(),
                "The policy is inconsistent",
                "Each field is well formed, but they do not go together; nothing was changed.");
        for (var fault : faults.entrySet()) {
            problem = problem.withError(fault.getKey(), fault.getValue());
        }
        return problem;
    }

    /** 400 for several fields at once. The first hundred are named. */
    public static Problem badRequest(List<FieldError> faults) {
        var named = faults.subList(0, Math.min(MOST_NAMED, faults.size()));
        var detail = named.stream().map(it -> it.field() + " " + it.message()).collect(Collectors.joining("; "));
        var rest = faults.size() - named.size();
        return new Problem(
                TYPE_PREFIX + "invalid-request",
                "The request is not valid",
                400,
                rest == 0 ? detail : detail + "; and " + rest + " more",
                named,
                Map.of());
    }

    /** 404: the same for what does not exist and for what belongs to another tenant. */
    public static Problem notFound(String what) {
        return of(404, "not-found", "Not found", "There is no such " + what + ".");
    }

    public Problem withError(String field, String message) {
        var more = new ArrayList<>(errors);
        more.add(new FieldError(field, message));
        return new Problem(type, title, status, detail, Collections.unmodifiableList(more), extensions);
    }

    /** Adds an extension member. */
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(type, title, status, detail, errors, Collections.unmodifiableMap(more));
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    @JsonProperty
    public String type() {
        return type;
    }

    @JsonProperty
    public String title() {
        return title;
    }

    @JsonProperty
    public int status() {
        return status;
    }

    @JsonProperty
    public @Nullable String detail() {
        return detail;
    }

    @JsonProperty
    public List<FieldError> errors() {
        return errors;
    }

    @JsonAnyGetter
    public Map<String, Object> extensions() {
        return extensions;
    }
}
