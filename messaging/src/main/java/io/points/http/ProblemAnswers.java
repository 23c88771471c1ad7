package io.points.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Answers a request with a problem where no resource has been reached yet. */
@ApplicationScoped
class ProblemAnswers {

    private final ObjectMapper json;

    ProblemAnswers(ObjectMapper json) {
        this.json = json;
    }

    void send(RoutingContext request, Problem problem) {
        send(request, problem, Duration.ofSeconds(Problems.RETRY_AFTER_SECONDS));
    }

    /**
     * Whatever is still to come of the body is thrown away as it comes, so that the connection can be used on.
     *
     * @param retryAfter told in whole seconds, at least one, with a 503
     */
    void send(RoutingContext request, Problem problem, Duration retryAfter) {
        var response = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(retryAfter)));
        }
        if (problem.status() == 401) {
            response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, Problems.CHALLENGE);
        }
        try {
            response.end(json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem of our own can be written", e);
        }
        if (!request.request().isEnded()) {
            request.request().resume();
        }
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }
}
