package io.points.console;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Signing in and out, and who is signed in. The code flow itself is quarkus-oidc's; here are the pages around it. */
@ApplicationScoped
class Session {
    static final String SESSION = "/bff/session";
    static final String LOGIN = "/bff/login";
    static final String CALLBACK = "/bff/callback";
    static final String REFUSED = "/bff/refused";
    static final String END = "/bff/end";

    /** What quarkus-oidc calls its cookies: a name, what of the session is in it, and a suffix. */
    private static final String COOKIES = "q_session";

    private static final String RETURN_COOKIE = "points_return";
    private static final long RETURN_SECONDS = 1_800;

    /** The roles that have pages; whatever else a token grants is nobody's business here. */
    private static final List<String> ROLES =
            List.of("platform-admin", "manager", "lead", "employee", "finance", "auditor");

    void register(@Observes Filters filters) {
        filters.register(this::beforeSignIn, ResponseHeaders.PRIORITY - 200);
    }

    void route(@Observes Router router) {
        router.route(HttpMethod.GET, SESSION).handler(Session::tell);
        router.route(HttpMethod.GET, LOGIN).handler(context -> {
            // Signed in already; otherwise quarkus-oidc has sent the browser to the identity provider.
            dropReturnPath(context);
            redirect(context, ReturnPath.of(context.request().getParam("to")));
        });
        router.route(HttpMethod.GET, CALLBACK).handler(Session::arrive);
        router.route(HttpMethod.GET, REFUSED).handler(context -> {
            dropReturnPath(context);
            redirect(context, "/?sign-in=refused");
        });
    }

    /** The way to the identity provider and back is remembered in a cookie; without a session there is nothing to end. */
    private void beforeSignIn(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals(LOGIN)) {
            String to = ReturnPath.of(context.request().getParam("to"));
            context.response()
                    .addCookie(Cookie.cookie(RETURN_COOKIE, URLEncoder.encode(to, StandardCharsets.UTF_8))
                            .setPath("/bff")
                            .setHttpOnly(true)
                            .setSecure("https".equals(context.request().scheme()))
                            .setSameSite(CookieSameSite.LAX)
                            .setMaxAge(RETURN_SECONDS));
        } else if (path.equals(END)) {
            if (context.request().cookies().stream()
                    .noneMatch(cookie -> cookie.getName().startsWith(COOKIES))) {
                redirect(context, ReturnPath.HOME);
                return;
            }
            context.response().putHeader("Clear-Site-Data", "\"storage\"");
        }
        context.next();
    }

    /** Always 200, signed in or not: it is the question. */
    private static void tell(RoutingContext context) {
        // Which would refuse the request: to be signed out is an answer here, and no failure.
        context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        QuarkusHttpUser.getSecurityIdentity(context, null)
                .subscribe()
                .with(
                        identity -> answer(context, identity.isAnonymous() ? signedOut() : signedIn(identity)),
                        // Cookies of somebody else's making, or of a session that is over.
                        failure -> answer(context, signedOut()));
    }

    private static void answer(RoutingContext context, JsonObject session) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(session.toBuffer());
    }

    private static JsonObject signedOut() {
        return new JsonObject().put("authenticated", false);
    }

    private static JsonObject signedIn(SecurityIdentity identity) {
        JsonObject person =
                claims(identity.getCredential(IdTokenCredential.class).getToken());
        JsonObject access =
                claims(identity.getCredential(AccessTokenCredential.class).getToken());
        JsonArray roles = new JsonArray();
        ROLES.stream().filter(identity::hasRole).forEach(roles::add);
        return new JsonObject()
                .put("authenticated", true)
                .put(
                        "user",
                        new JsonObject()
                                .put("id", person.getString("sub"))
                                .put("username", person.getString("preferred_username"))
                                .put("name", person.getString("name"))
                                .put("email", person.getString("email")))
                .put("roles", roles)
                .put("tenant_id", access.getString("tenant_id"));
    }

    /** Of a token that quarkus-oidc has verified. */
    private static JsonObject claims(String token) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    /**
     * A page instead of a redirect: a way that began on the identity provider's site ends here, or the browser would not send the
     * {@code SameSite=Strict} cookies that it has just been given.
     */
    private static void arrive(RoutingContext context) {
        Cookie cookie = context.request().getCookie(RETURN_COOKIE);
        String to = ReturnPath.of(cookie == null ? null : decoded(cookie.getValue()));
        dropReturnPath(context);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .putHeader("Refresh", "0;url=" + to)
                .end("<!doctype html><html lang=\"en\"><title>Points</title><p><a href=\"" + to.replace("&", "&amp;")
                        + "\">Go on</a></p></html>");
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void dropReturnPath(RoutingContext context) {
        context.response()
                .addCookie(Cookie.cookie(RETURN_COOKIE, "")
                        .setPath("/bff")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(0));
    }

    private static void redirect(RoutingContext context, String to) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, to)
                .end();
    }
}
