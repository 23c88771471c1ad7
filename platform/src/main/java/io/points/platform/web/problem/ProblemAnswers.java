package io.points.platform.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Answers a request with a problem where no resource has been reached yet. */
@ApplicationScoped
public class ProblemAnswers {

    /** How long what is still on its way in is taken and thrown away, so that the answer is not lost by a reset. */
    private static final long DRAIN_MS = 1_000;

    /** The same of a stream, where it holds up nobody else; what comes for one that is gone counts against the connection. */
    private static final long DRAIN_STREAM_MS = 5_000;

    /** RFC 9113, section 8.1: nothing is wrong, but nothing more is wanted. */
    private static final long NO_ERROR = 0;

    private final ObjectMapper json;

    public ProblemAnswers(ObjectMapper json) {
        this.json = json;
    }

    public void send(RoutingContext request, Problem problem) {
        send(request, problem, Duration.ofSeconds(Problems.RETRY_AFTER_SECONDS));
    }

    /**
     * Whatever is still to come of the body is thrown away as it comes, so that the connection can be used on; but for a second
     * at most, and five where other streams share the connection.
     *
     * @param retryAfter told in whole seconds, at least one, with a 429 and a 503
     */
    public void send(RoutingContext request, Problem problem, Duration retryAfter) {
        send(request, problem, retryAfter, false);
    }

    private void send(RoutingContext request, Problem problem, Duration retryAfter, boolean isLast) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == 429 || problem.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(retryAfter)));
        }
        if (problem.status() == 401) {
            response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, Problems.CHALLENGE);
        }
        if (request.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(text(problem));
        }
        drain(request, isLast);
    }

    /** As above, and ends the connection of HTTP/1.1 with it: what is still to come is not wanted, or cannot be told apart. */
    public void sendLast(RoutingContext request, Problem problem) {
        boolean isLast = request.request().version() != HttpVersion.HTTP_2;
        if (isLast && !request.response().headWritten()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        send(request, problem, Duration.ofSeconds(Problems.RETRY_AFTER_SECONDS), isLast);
    }

    /** What has arrived unread when a connection is closed makes the operating system reset it, and the answer may get lost. */
    private static void drain(RoutingContext context, boolean isLast) {
        HttpServerRequest request = context.request();
        request.resume();
        if (request.isEnded()) {
            if (isLast) {
                request.connection().close();
            }
            return;
        }
        var vertx = context.vertx();
        boolean isStream = request.version() == HttpVersion.HTTP_2;
        long timer = vertx.setTimer(isStream ? DRAIN_STREAM_MS : DRAIN_MS, due -> {
            if (isStream) {
                context.response().reset(NO_ERROR);
            } else {
                request.connection().close();
            }
        });
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(ignored -> {}).endHandler(read -> {
            vertx.cancelTimer(timer);
            if (isLast) {
                request.connection().close();
            }
        });
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem could not be serialised", e);
        }
    }
}
