package io.points.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@link DeclaredAnswers} for the tests that ask by RestAssured; found by Quarkus as a service. */
public final class DeclaredAnswersFilter implements Filter, QuarkusTestBeforeClassCallback {

    @Override
    public void beforeClass(Class<?> testClass) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var response = context.next(request, expected);
        var uri = URI.create(request.getURI());
        var target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        var sent = new LinkedHashMap<String, String>();
        request.getHeaders().forEach(header -> sent.put(header.getName(), header.getValue()));
        var headers = new LinkedHashMap<String, String>();
        response.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        DeclaredAnswers.checked(
                uri,
                new Ask(request.getMethod(), target, Map.copyOf(sent), null, false),
                new Answer(response.statusCode(), headers, response.asByteArray()));
        return response;
    }
}
