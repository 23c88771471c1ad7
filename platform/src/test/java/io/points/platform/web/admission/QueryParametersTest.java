package io.points.platform.web.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.web.paging.HistoryQuery;
import io.points.platform.web.problem.Problem.FieldError;
import io.points.platform.web.route.Routes;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    private static final Set<String> KNOWN = Set.of("limit", "tenant_id");

    static final class Routes {
        void plain(
                @QueryParam("limit") String limit, @PathParam("id") String id, @HeaderParam("Prefer") String prefer) {}

        void withBean(@BeanParam HistoryQuery query, @QueryParam("format") String format) {}

        void withoutAny(String body) {}
    }

    @Test
    void aRouteKnowsItsParametersAndThoseOfItsBeans() {
        assertEquals(Set.of("limit"), known("plain"));
        assertEquals(Set.of("member", "from", "to", "limit", "cursor", "format"), known("withBean"));
        assertEquals(Set.of(), known("withoutAny"));
    }

    @Test
    void whatIsKnownAndSaidOnceIsRight() {
        assertEquals(List.of(), faults(Map.of("limit", List.of("5"), "tenant_id", List.of(" "))));
    }

    @Test
    void whatIsUnknownEmptyOrThereTwiceIsNamed() {
        assertEquals(List.of("tenantId"), faults(Map.of("tenantId", List.of("1"))));
        assertEquals(List.of("Limit"), faults(Map.of("Limit", List.of("1", "2"))));
        assertEquals(List.of(""), faults(Map.of("", List.of(""))));
        assertEquals(List.of("limit"), faults(Map.of("limit", List.of(""))));
        assertEquals(List.of("limit"), faults(Map.of("limit", List.of("1", "1"))));
        assertEquals(List.of("limit"), faults(Map.of("limit", List.of("", "1"), "tenant_id", List.of("1"))));
    }

    private static Set<String> known(String method) {
        return Arrays.stream(Routes.class.getDeclaredMethods())
                .filter(it -> it.getName().equals(method))
                .map(QueryParameters::of)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> faults(Map<String, List<String>> asked) {
        return QueryParameters.faults(asked, KNOWN).stream()
                .map(FieldError::field)
                .toList();
    }
}
