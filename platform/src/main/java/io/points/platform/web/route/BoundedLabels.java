package io.points.platform.web.route;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No label of a metric has a value that a caller chooses: each value is a series, and whoever asks for invented methods and paths
 * would fill our memory and Prometheus' with them. What is not known is {@code OTHER}.
 */
@Singleton
public class BoundedLabels implements MeterFilter {

    private static final String OTHER = "OTHER";
    private static final String OF_THE_SERVER = "http.server.";

    private static final Set<String> METHODS = List.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE,
                    HttpMethod.OPTIONS)
            .stream()
            .map(HttpMethod::name)
            .collect(Collectors.toSet());

    /** What Micrometer's binder says where there is no route. */
    private static final Set<String> WITHOUT_ROUTE =
            Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root", "/cors-preflight");

    private final Provider<Routes> routes;

    BoundedLabels(Provider<Routes> routes) {
        this.routes = routes;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(OF_THE_SERVER) || id.getTags().stream().allMatch(this::isBounded)) {
            return id;
        }
        return id.replaceTags(id.getTags().stream()
                .map(tag -> isBounded(tag) ? tag : Tag.of(tag.getKey(), OTHER))
                .toList());
    }

    private boolean isBounded(Tag tag) {
        return switch (tag.getKey()) {
            case "method" -> METHODS.contains(tag.getValue());
            case "uri" ->
                WITHOUT_ROUTE.contains(tag.getValue()) || routes.get().table().isTemplate(tag.getValue());
            default -> true;
        };
    }
}
