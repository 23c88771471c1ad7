package io.points.platform.web.route;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which routes there are, read from the resources: what a path allows, and its name in metrics. */
public final class RouteTable {

    public static final Set<String> JSON = Set.of(MediaType.APPLICATION_JSON);

    private static final Comparator<Route> LITERAL_FIRST = Comparator.comparingLong(
            route -> route.segments().stream().filter(RouteTable::isParameter).count());

    /**
     * One route.
     *
     * @param template its path with parameters in braces
     * @param takes the media types of its body
     */
    private record Route(String method, String template, List<String> segments, List<String> takes) {
        boolean fits(List<String> path) {
            if (path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!isParameter(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether the router takes both for the same path: parameters may have other names. */
        boolean isAlike(Route other) {
            return unnamed().equals(other.unnamed());
        }

        private List<String> unnamed() {
            return segments.stream()
                    .map(segment -> isParameter(segment) ? "{}" : segment)
                    .toList();
        }
    }

    private final List<Route> routes;

    private RouteTable(List<Route> routes) {
        this.routes = routes;
    }

    /** The routes of these classes; those that are no resources have none. */
    public static RouteTable of(Collection<Class<?>> resources) {
        var routes = new ArrayList<Route>();
        for (var resource : resources) {
            if (resource.isAnnotationPresent(Path.class)) {
                for (var method : resource.getDeclaredMethods()) {
                    methods(method)
                            .forEach(verb ->
                                    routes.add(route(verb, path(resource), path(method), takes(method, resource))));
                }
            }
        }
        return new RouteTable(routes.stream().distinct().sorted(LITERAL_FIRST).toList());
    }

    /** The methods that a canonical path allows, HEAD and OPTIONS among them; none if there is no such route. */
    public Set<String> allowed(String path) {
        var segments = segments(path);
        var allowed = new TreeSet<String>();
        bestFit(segments).ifPresent(best -> routes.stream()
                .filter(route -> route.isAlike(best))
                .forEach(route -> allowed.add(route.method())));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }

    /** The media types of bodies that a canonical path takes; JSON where nothing else is said, or there is no such route. */
    public Set<String> takes(String method, String path) {
        var takes = new TreeSet<String>();
        bestFit(segments(path)).ifPresent(best -> routes.stream()
                .filter(route -> route.method().equals(method) && route.isAlike(best))
                .forEach(route -> takes.addAll(route.takes())));
        return takes.isEmpty() ? JSON : takes;
    }

    /** The route's path with names in the place of ids, as metrics show it. */
    public Optional<String> template(String path) {
        var segments = segments(path);
        return bestFit(segments).map(Route::template);
    }

    private Optional<Route> bestFit(List<String> path) {
        return routes.stream().filter(route -> route.fits(path)).findFirst();
    }

    boolean isTemplate(String template) {
        return routes.stream().anyMatch(route -> route.template().equals(template));
    }

    private static Stream<String> methods(AnnotatedElement method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value);
    }

    private static List<String> takes(AnnotatedElement... methodAndClass) {
        return Arrays.stream(methodAndClass)
                .map(it -> it.getAnnotation(Consumes.class))
                .filter(it -> it != null)
                .findFirst()
                .map(it -> List.of(it.value()))
                .orElse(List.copyOf(JSON));
    }

    private static Route route(String verb, String ofClass, String ofMethod, List<String> takes) {
        var segments = new ArrayList<>(segments(ofClass));
        segments.addAll(segments(ofMethod));
        return new Route(verb, "/" + String.join("/", segments), List.copyOf(segments), takes);
    }

    private static String path(AnnotatedElement annotated) {
        var path = annotated.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
