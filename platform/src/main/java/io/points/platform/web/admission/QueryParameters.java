package io.points.platform.web.admission;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a question that would be answered as if it had been another one: a query parameter that the route does not know,
 * that is empty, or that is given twice. Each is a 400 that names it. Looked at once it is clear that the caller may ask.
 */
public class QueryParameters {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ResourceInfo route, UriInfo uri) {
        var asked = uri.getQueryParameters();
        if (asked.isEmpty()) {
            return;
        }
        var faults = faults(asked, known.computeIfAbsent(route.getResourceMethod(), QueryParameters::of));
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
    }

    /** What is wrong with the parameters of a query, by name; nothing if all of them can be answered. */
    static List<FieldError> faults(Map<String, List<String>> asked, Set<String> known) {
        var faults = new ArrayList<FieldError>();
        asked.forEach((name, values) -> {
            if (!known.contains(name)) {
                faults.add(new FieldError(name, "is not a query parameter of this route"));
            } else if (values.size() > 1) {
                faults.add(new FieldError(name, "must not appear more than once"));
            } else if (values.get(0).isEmpty()) {
                faults.add(new FieldError(name, "must not be empty; omit it instead"));
            }
        });
        return faults;
    }

    /** The query parameters that a resource's method takes, those of its beans included. */
    static Set<String> of(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(QueryParam.class)) {
                names.add(parameter.getAnnotation(QueryParam.class).value());
            }
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                Arrays.stream(parameter.getType().getFields())
                        .filter(field -> field.isAnnotationPresent(QueryParam.class))
                        .forEach(field ->
                                names.add(field.getAnnotation(QueryParam.class).value()));
            }
        }
        return names;
    }
}
