package io.points.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Verifies access tokens, and remembers those that were good: a caller sends the same one for minutes, and to check its
 * signature each time cost more than everything else that a request does. What is remembered ends with the token's expiry,
 * and with its key. A token of which one character differs is another one. Plain Java; safe for threads.
 */
public final class VerifiedTokens {

    private static final Duration REMEMBERED_UNUSED = Duration.ofMinutes(1);
    private static final int MOST = 2_000;

    private final SigningKeys keys;
    private final Claims claims;
    private final InstantSource clock;
    private final Cache<String, Remembered> good = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED_UNUSED)
            .build();

    private record Remembered(AccessToken token, String keyId, SigningKey key) {}

    /** What became of a token. */
    public sealed interface Result {

        record Verified(AccessToken token) implements Result {}

        /** @param why in words that its sender may read */
        record Refused(String why) implements Result {}

        /** It may be good or not: the identity provider cannot be asked for its key. */
        record CannotKnow(Duration retryAfter) implements Result {}
    }

    /**
     * @param issuer of all tokens that are accepted
     * @param audience that they all name
     */
    public VerifiedTokens(SigningKeys keys, String issuer, String audience, InstantSource clock) {
        this.keys = keys;
        this.claims = new Claims(issuer, audience);
        this.clock = clock;
    }

    /** Waits at most for two answers of the identity provider, and for none if the key is known. Never fails. */
    public CompletionStage<Result> verify(String text) {
        var known = good.getIfPresent(text);
        if (known != null && keys.isGood(known.keyId(), known.key())) {
            if (known.token().expiry().isAfter(clock.instant())) {
                return CompletableFuture.completedFuture(new Result.Verified(known.token()));
            }
            good.invalidate(text);
        }
        try {
            var signed = SignedToken.parse(text);
            return keys.find(signed.keyId(), signed.issuedAt()).thenApply(answer -> result(text, signed, answer));
        } catch (InvalidToken e) {
            return CompletableFuture.completedFuture(new Result.Refused(e.getMessage()));
        }
    }

    private Result result(String text, SignedToken signed, SigningKeys.Answer answer) {
        if (answer instanceof SigningKeys.Answer.Known known) {
            return checked(text, signed, known.key());
        }
        if (answer instanceof SigningKeys.Answer.CannotKnow later) {
            return new Result.CannotKnow(later.retryAfter());
        }
        return new Result.Refused("It is signed with a key that the identity provider does not have.");
    }

    private Result checked(String text, SignedToken signed, SigningKey key) {
        try {
            var token = claims.check(signed.verify(key), clock.instant());
            good.put(text, new Remembered(token, signed.keyId(), key));
            return new Result.Verified(token);
        } catch (InvalidToken e) {
            return new Result.Refused(e.getMessage());
        }
    }
}
