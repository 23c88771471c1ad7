package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out with a real Keycloak, and what becomes of cookies that are not as we gave them. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class SessionTest {
    private static final String TRITON = "550e8400-e29b-41d4-a716-446655440000";

    private final Browser browser = new Browser();

    @Test
    void whoHasNotSignedInIsToldSoAndIsNotSentAway() {
        assertEquals(new JsonObject().put("authenticated", false), browser.session());
        assertEquals(499, browser.fetch("/api/feed").statusCode());
        assertEquals(List.of(), ConsoleSurroundings.services().taken());
        assertEquals(200, browser.open("/team").statusCode());
    }

    @Test
    void theWayToKeycloakHasAChallengeAndAStateAndNoSecret() {
        HttpResponse<String> away = browser.open("/bff/login?to=/team");
        String location = away.headers().firstValue("Location").orElseThrow();
        assertTrue(location.startsWith(ConsoleSurroundings.keycloak().issuer()), location);
        assertTrue(location.contains("code_challenge_method=S256"), location);
        assertTrue(location.contains("state="), location);
        assertFalse(location.contains(ConsoleSurroundings.SECRET), location);
    }

    @Test
    void signedInAPersonHasTheirRoleAndTenantAndNoTokenInReachOfAScript() {
        HttpResponse<String> arrived = browser.signIn("triton-manager", "/team/award?to=a&b=c");

        assertEquals(200, arrived.statusCode(), arrived.body());
        assertEquals(
                "0;url=/team/award?to=a&b=c",
                arrived.headers().firstValue("Refresh").orElseThrow());
        List<String> given = arrived.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("q_session"))
                .toList();
        assertEquals(3, given.size(), given.toString());
        for (String cookie : given) {
            assertTrue(
                    cookie.toLowerCase(Locale.ROOT).contains("; httponly") && cookie.contains("SameSite=Strict"),
                    cookie);
            assertTrue(cookie.contains("Path=/") && !cookie.contains("Domain="), cookie);
            assertFalse(cookie.contains("eyJ" + "hbGciOiJSUzI1NiIs"), "a token that is not encrypted: " + cookie);
        }
        assertEquals(
                new JsonObject()
                        .put("authenticated", true)
                        .put(
                                "user",
                                new JsonObject()
                                        .put("id", "770e8400-e29b-41d4-a716-446655440010")
                                        .put("username", "triton-manager")
                                        .put("name", "Triton Manager")
                                        .put("email", "triton-manager@example.com"))
                        .put("roles", new JsonArray().add("manager"))
                        .put("tenant_id", TRITON),
                browser.session());
        assertEquals(
                "/team",
                browser.open("/bff/login?to=/team")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
    }

    @Test
    void aServiceGetsAnAccessTokenThatHoldsNoNames() {
        browser.signIn("triton-lead", "/");
        ConsoleSurroundings.services().taken();

        assertEquals(200, browser.fetch("/api/feed?limit=5").statusCode());

        ServicesStandIn.Asked asked = ConsoleSurroundings.services().taken().get(0);
        assertEquals("/api/feed?limit=5", asked.uri());
        String token = asked.headers().get("authorization").get(0).replaceFirst("^Bearer ", "");
        JsonObject claims = new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
        assertEquals(TRITON, claims.getString("tenant_id"));
        assertTrue(claims.getValue("aud").toString().contains("points-api"), claims.encode());
        assertTrue(claims.getJsonObject("realm_access").getJsonArray("roles").contains("lead"), claims.encode());
        assertEquals(300, claims.getLong("exp") - claims.getLong("iat"));
        for (String personal : List.of("name", "email", "preferred_username", "given_name")) {
            assertFalse(claims.containsKey(personal), claims.encode());
        }
    }

    @Test
    void signedOutASessionIsOverHereAndAtKeycloak() {
        browser.signIn("triton-employee-a", "/");
        HttpResponse<String> end = browser.open("/bff/end");
        assertEquals(302, end.statusCode());
        assertEquals("\"storage\"", end.headers().firstValue("Clear-Site-Data").orElseThrow());
        assertTrue(browser.cookies().keySet().stream().noneMatch(name -> name.startsWith("q_session")));

        HttpResponse<String> home = browser.follow(end);
        String back = home.headers().firstValue("Location").orElseThrow(() -> new AssertionError(home.body()));
        assertTrue(back.startsWith(ConsoleSurroundings.console() + "/?state="), back);
        assertFalse(browser.session().getBoolean("authenticated"));
        // Keycloak would not ask again if its session went on.
        HttpResponse<String> again = browser.follow(browser.open("/bff/login"));
        assertTrue(again.body().contains("password"), again.body());
        assertEquals(
                "/",
                new Browser().open("/bff/end").headers().firstValue("Location").orElseThrow());
    }

    @Test
    void whoRefusesToSignInComesBackToThePage() {
        String location = browser.open("/bff/login?to=/team")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String state = location.replaceFirst(".*[?&]state=([^&]+).*", "$1");
        HttpResponse<String> refused =
                browser.open("/bff/callback?error=access_denied&error_description=x&state=" + state);
        assertEquals(302, refused.statusCode(), refused.body());
        HttpResponse<String> home = browser.follow(refused);
        assertEquals("/?sign-in=refused", home.headers().firstValue("Location").orElseThrow());
    }

    /** A bookmark of Keycloak's form, the back button, or somebody who tries. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?code=x", "?state=x&code=y", "?error=access_denied"})
    void anAnswerOfKeycloakThatNobodyAskedForSignsNobodyIn(String query) {
        HttpResponse<String> answer = browser.open("/bff/callback" + query);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertTrue(location.startsWith(ConsoleSurroundings.keycloak().issuer()), location);
        assertFalse(browser.session().getBoolean("authenticated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a|b|c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "%00%ff", "\u00e9"})
    void aForgedSessionIsNone(String forged) {
        browser.signIn("finance", "/");
        List<String> names = browser.cookies().keySet().stream()
                .filter(name -> name.startsWith("q_session"))
                .toList();
        for (String name : names) {
            browser.cookies().put(name, forged);
        }
        assertFalse(browser.session().getBoolean("authenticated"));
        assertEquals(499, browser.fetch("/api/billing/entries").statusCode());
        browser.signIn("finance", "/");
        assertTrue(browser.session().getBoolean("authenticated"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 200})
    void aTruncatedSessionIsNone(int missing) {
        browser.signIn("finance", "/");
        browser.cookies()
                .replaceAll((name, value) ->
                        name.startsWith("q_session") ? value.substring(0, value.length() - missing) : value);
        assertFalse(browser.session().getBoolean("authenticated"));
        assertEquals(499, browser.fetch("/api/billing/entries").statusCode());
    }

    @Test
    void oneSessionsTokensAreOfNoUseInAnothers() {
        browser.signIn("finance", "/");
        Browser other = new Browser();
        other.signIn("auditor", "/");
        other.cookies()
                .replaceAll((name, value) -> name.startsWith("q_session_at") ? value.substring(3) + "abc" : value);
        assertEquals(499, other.fetch("/api/audit/records").statusCode());
        assertNotEquals(browser.cookies(), other.cookies());
    }

    @Test
    void fortyRolesFitIntoTheCookies() {
        try (KeycloakAdmin admin = new KeycloakAdmin()) {
            List<String> roles = IntStream.range(0, 40)
                    .mapToObj(i -> "a-role-with-a-rather-long-name-" + i)
                    .toList();
            admin.grant("borealis-lead", roles);
            admin.updateClient(new JsonObject().put("fullScopeAllowed", true));

            browser.signIn("borealis-lead", "/");

            int bytes = browser.cookies().entrySet().stream()
                    .mapToInt(cookie ->
                            cookie.getKey().length() + cookie.getValue().length() + 3)
                    .sum();
            assertTrue(bytes > 5_000 && bytes < 16_000, bytes + " bytes of cookies");
            assertTrue(browser.cookies().values().stream().allMatch(value -> value.length() < 4_096));
            assertEquals(new JsonArray().add("lead"), browser.session().getJsonArray("roles"));
            assertEquals(200, browser.fetch("/api/feed").statusCode());
        }
    }

    @Test
    void aSessionIsRenewedUntilKeycloakHasEndedIt() {
        try (KeycloakAdmin admin = new KeycloakAdmin()) {
            admin.updateClient(new JsonObject().put("attributes", new JsonObject().put("access.token.lifespan", "2")));
            browser.signIn("borealis-manager", "/");
            String first = browser.cookies().toString();
            // Due for renewal from the beginning, as its tokens live for less than a minute.
            assertEquals(200, browser.fetch("/api/feed").statusCode());
            assertNotEquals(first, browser.cookies().toString());

            admin.signOut("borealis-manager");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertEquals(499, browser.fetch("/api/feed").statusCode()));
            assertFalse(browser.session().getBoolean("authenticated"));
        }
    }
}
