package io.points.platform.web.caller;

import io.points.platform.identity.AccessToken;
import io.points.platform.identity.VerifiedTokens;
import io.points.platform.identity.VerifiedTokens.Result;
import io.points.platform.web.problem.ProblemAnswers;
import io.points.platform.web.problem.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls, before a request gets any place, or its body is read. Whoever is nobody is answered 401 here, and
 * 503 if that cannot be known because the identity provider cannot be asked.
 */
@ApplicationScoped
public class CallerFilter {

    /** Before the admission filter, which gives places only to callers who are known. */
    public static final int PRIORITY = 285;

    /** Of a time limit that is used up. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private static final String SCHEME = "Bearer ";

    /** How long it took to find out who calls; only if somebody had to be asked. */
    private static final String WAITED = "points.caller.waited";

    private final VerifiedTokens tokens;
    private final ProblemAnswers answers;

    CallerFilter(VerifiedTokens tokens, ProblemAnswers answers) {
        this.tokens = tokens;
        this.answers = answers;
    }

    void register(@Observes Filters filters) {
        filters.register(this::identify, PRIORITY);
    }

    /** What is left of {@code longest} for a request whose caller has waited already. */
    public static Duration left(RoutingContext request, Duration longest, Duration promised) {
        Duration waited = request.get(WAITED);
        if (waited == null) {
            return longest;
        }
        var left = promised.minus(waited);
        if (left.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return left.compareTo(longest) < 0 ? left : longest;
    }

    private void identify(RoutingContext request) {
        if (!isOfTheApi(request.normalizedPath()) || isPreflight(request)) {
            request.next();
            return;
        }
        var headers = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            answers.send(request, Problems.noCaller(null));
        } else if (headers.size() > 1 || !isBearer(headers.get(0))) {
            answers.send(
                    request, Problems.noCaller("Exactly one Authorization header with one bearer token is required."));
        } else {
            verify(request, headers.get(0).substring(SCHEME.length()).strip());
        }
    }

    private void verify(RoutingContext request, String token) {
        var result = tokens.verify(token).toCompletableFuture();
        if (result.isDone()) {
            proceed(request, result);
            return;
        }
        var began = System.nanoTime();
        // The request is paused all the while, so nothing of its body gets lost.
        var context = request.vertx().getOrCreateContext();
        result.whenComplete((known, failure) -> context.runOnContext(there -> {
            request.put(WAITED, Duration.ofNanos(System.nanoTime() - began));
            proceed(request, result);
        }));
    }

    private void proceed(RoutingContext request, CompletableFuture<Result> done) {
        if (request.response().closed()) {
            return;
        }
        try {
            var result = done.join();
            if (result instanceof Result.Verified verified) {
                admit(request, verified.token());
            } else if (result instanceof Result.CannotKnow later) {
                answers.send(request, Problems.identityUnknown(), later.retryAfter());
            } else if (result instanceof Result.Refused refused) {
                answers.send(request, Problems.noCaller(refused.why()));
            }
        } catch (RuntimeException e) {
            request.fail(e);
        }
    }

    private void admit(RoutingContext request, AccessToken token) {
        var caller = new KnownCaller(token.subject().toString(), token.tenantId(), token.roles(), token.expiry());
        if (caller.lacksTenant()) {
            answers.send(request, Problems.noTenant());
            return;
        }
        request.put(KnownCaller.KEY, caller);
        request.next();
    }

    private static boolean isOfTheApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** A browser asks whether it may ask, and never sends a token with that. */
    private static boolean isPreflight(RoutingContext request) {
        var asked = request.request();
        return asked.method() == HttpMethod.OPTIONS
                && asked.headers().contains(HttpHeaders.ORIGIN)
                && asked.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static boolean isBearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
