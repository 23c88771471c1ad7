package io.points.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.TestIdentityProvider.Mood;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service does while its identity provider is slow, frozen or gone, and when keys come and go. */
public abstract class IdentityOutages {

    private static final Duration PROMISED = Duration.ofSeconds(5);

    /** It goes by many names; to make a pair of keys takes long. */
    private static final PublicJsonWebKey STRANGE = Tokens.newKey("strange");

    @TestHTTPResource("/")
    URI service;

    private TestIdentityProvider provider;
    private Api api;
    private Route route;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    @BeforeEach
    void prepare() {
        provider = PointsTestResource.identityProvider();
        api = api();
        route = api.routes().stream()
                .filter(it -> it.method().equals("GET"))
                .findFirst()
                .orElseThrow();
        isServed(by(Tokens.KEY));
    }

    @AfterEach
    void mend() {
        provider.is(Mood.ANSWERS);
        // The same one each time: what was issued after the newest answer cannot be known before the next order, 10 s
        // later.
        var nobodys = Tokens.sign(claims(), strange("nobodys"));
        await().until(() -> ask(nobodys).status() == 401);
    }

    @Test
    void whoeverHasATokenOfAKnownKeyNoticesNothing() {
        for (var mood : List.of(Mood.NEVER_ANSWERS, Mood.SENDS_HALF_AN_ANSWER, Mood.SAYS_500)) {
            var since = Instant.now();
            provider.is(mood);
            await().until(() -> provider.timesAsked(since) > 0);
            for (int i = 0; i < 20; i++) {
                isServed(by(Tokens.KEY));
            }
        }
    }

    @Test
    void whoseKeyIsUnknownIsToldToComeAgainInTime() {
        for (var mood : List.of(Mood.NEVER_ANSWERS, Mood.SENDS_HALF_AN_ANSWER, Mood.SAYS_500, Mood.GONE)) {
            provider.is(mood);
            // What was on its way may still be answered.
            await().until(() -> by(strange("a-new-key")).status() == 503);
            for (int i = 0; i < 3; i++) {
                var began = Instant.now();
                var answer = by(strange("another-new-key-" + i));
                assertEquals(List.of(), ProblemRules.broken(answer, 503, "unavailable"), mood + ": " + answer);
                assertTrue(Integer.parseInt(answer.headers().get("retry-after")) > 0);
                assertTrue(Duration.between(began, Instant.now()).compareTo(PROMISED) < 0);
            }
            isServed(by(Tokens.KEY));
        }
    }

    @Test
    void aNewKeyIsGoodSoonAndNeverRefused() {
        var key = strange("new-" + UUID.randomUUID());
        by(Tokens.newKey("an-invented-key"));
        provider.add(key);
        await().until(() -> {
            var answer = by(key);
            assertTrue(answer.status() == 503 || answer.status() < 300, answer.toString());
            return answer.status() < 300;
        });
    }

    @Test
    void aKeyThatIsWithdrawnIsNotObeyedForLong() {
        var key = strange("withdrawn-" + UUID.randomUUID());
        provider.add(key);
        var token = token(key);
        await().until(() -> ask(token).status() < 300);
        provider.withdraw(key);
        await().until(() -> ask(token).status() == 401);
        isServed(by(Tokens.KEY));
    }

    @Test
    void strangersDoNotMakeItAskMoreOften() {
        var since = Instant.now();
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    401, ask(Tokens.sign(claims(), strange("strange-" + i))).status());
        }
        // Once a second it asks by itself, and once for all of them.
        assertTrue(provider.timesAsked(since)
                <= Duration.between(since, Instant.now()).toSeconds() + 2);
    }

    /** A key of its own for each id: the provider keeps what it was given. */
    private static PublicJsonWebKey strange(String id) {
        try {
            var key = PublicJsonWebKey.Factory.newPublicJwk(
                    STRANGE.toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void isServed(Answer answer) {
        assertTrue(answer.status() < 300, answer.toString());
    }

    /** A token that was never seen before, so that nothing is remembered of it. */
    private Answer by(PublicJsonWebKey key) {
        return ask(token(key));
    }

    private String token(PublicJsonWebKey key) {
        var now = Instant.now();
        return Tokens.sign(claims().issuedAt(now).claim("jti", UUID.randomUUID().toString()), key);
    }

    /** Issued long ago. */
    private JwtClaimsBuilder claims() {
        var role = route.roles().iterator().next();
        return Tokens.claims(api.person(role), api.tenant(), role);
    }

    private Answer ask(String token) {
        return route.ask().by(token).send(service);
    }
}
