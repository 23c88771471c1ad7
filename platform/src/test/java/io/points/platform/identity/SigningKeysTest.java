package io.points.platform.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.identity.SigningKeys.Answer;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final SigningKey KEY = key();
    private static final SigningKey OTHER_KEY = key();
    private static final Duration REFRESHED_AFTER = IdentityProvider.MOST_BETWEEN_REFRESHES;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");

    /** What was asked of the provider, and not answered yet. */
    private final List<CompletableFuture<Map<String, SigningKey>>> open = new ArrayList<>();

    private int asked;
    private final SigningKeys keys = new SigningKeys(this::ask, REFRESHED_AFTER, () -> now);

    private CompletionStage<Map<String, SigningKey>> ask() {
        asked++;
        var answer = new CompletableFuture<Map<String, SigningKey>>();
        open.add(answer);
        return answer;
    }

    @Test
    void aKnownKeyNeedsNobody() {
        start(Map.of("a", KEY));
        assertEquals(new Answer.Known(KEY), find("a"));
        assertEquals(1, asked);
        assertTrue(keys.isGood("a", KEY));
    }

    @Test
    void allWhoWaitShareOneAnswer() {
        var first = keys.find("a", now);
        var second = keys.find("a", now);
        keys.refresh();
        assertEquals(1, asked);
        answer(Map.of("a", KEY));
        assertEquals(new Answer.Known(KEY), done(first));
        assertEquals(new Answer.Known(KEY), done(second));
    }

    @Test
    void anUnknownIdIsAskedForOnceInTenSecondsHoweverManyThereAre() {
        start(Map.of("a", KEY));
        pass(SECOND);
        var first = keys.find("invented", now);
        answer(Map.of("a", KEY));
        assertEquals(new Answer.Unknown(), done(first));
        for (int i = 0; i < 500; i++) {
            assertEquals(new Answer.Unknown(), find("invented-" + i, now.minus(SECOND)));
        }
        assertEquals(2, asked);
        pass(SigningKeys.BETWEEN_ORDERS.minus(SECOND));
        find("invented-again", now.minusSeconds(60));
        assertEquals(2, asked);
        pass(SECOND);
        keys.find("invented-again", now);
        assertEquals(3, asked);
    }

    @Test
    void anIdThatWasLookedForInVainIsRemembered() {
        start(Map.of("a", KEY));
        var first = keys.find("invented", now);
        answer(Map.of("a", KEY));
        assertEquals(new Answer.Unknown(), done(first));
        pass(SECOND);
        assertEquals(new Answer.Unknown(), find("invented", now));
        assertEquals(2, asked);
    }

    @Test
    void aTokenThatIsYoungerThanTheAnswerMayHaveANewKeyAndHasToComeAgain() {
        start(Map.of("a", KEY));
        keys.find("invented", now);
        answer(Map.of("a", KEY));
        pass(Duration.ofSeconds(4));
        assertEquals(new Answer.CannotKnow(Duration.ofSeconds(6)), find("new", now));
        pass(Duration.ofSeconds(6));
        var again = keys.find("new", now);
        answer(Map.of("a", KEY, "new", OTHER_KEY));
        assertEquals(new Answer.Known(OTHER_KEY), done(again));
    }

    @Test
    void whoJoinsAnOlderQuestionIsNotRefusedByItsAnswer() {
        start(Map.of("a", KEY));
        pass(REFRESHED_AFTER);
        keys.refresh();
        pass(SECOND);
        var joined = keys.find("new", now);
        assertEquals(2, asked);
        answer(Map.of("a", KEY));
        assertFalse(joined.toCompletableFuture().isDone());
        assertEquals(3, asked);
        answer(Map.of("a", KEY, "new", OTHER_KEY));
        assertEquals(new Answer.Known(OTHER_KEY), done(joined));
    }

    @Test
    void aClockThatIsSetBackHoldsUpNothing() {
        start(Map.of("a", KEY));
        pass(REFRESHED_AFTER);
        keys.refresh();
        var joined = keys.find("new", now);
        pass(Duration.ofHours(-1));
        answer(Map.of("a", KEY));
        answer(Map.of("a", KEY));
        assertEquals(new Answer.Unknown(), done(joined));
        assertEquals(3, asked);
        pass(Duration.ofHours(-1));
        keys.find("another", now);
        assertEquals(4, asked);
        answer(Map.of("a", KEY));
        pass(Duration.ofHours(-1));
        keys.refresh();
        assertEquals(5, asked);
    }

    @Test
    void whatCannotBeKnownIsNotUnknown() {
        var first = keys.find("a", now);
        fail();
        assertEquals(new Answer.CannotKnow(SigningKeys.TRIED_AGAIN_AFTER), done(first));
        assertEquals(new Answer.CannotKnow(SigningKeys.TRIED_AGAIN_AFTER), find("a", now.minusSeconds(60)));
        assertEquals(1, asked);
    }

    @Test
    void keysAreGoodForAnHourWhileTheProviderIsGone() {
        start(Map.of("a", KEY));
        for (var gone = Duration.ZERO; gone.compareTo(SigningKeys.GOOD_UNSEEN) < 0; gone = gone.plus(SECOND)) {
            pass(SECOND);
            keys.refresh();
            failIfAsked();
            assertTrue(keys.isGood("a", KEY));
        }
        assertEquals(new Answer.Known(KEY), find("a"));
        pass(SECOND);
        assertFalse(keys.isGood("a", KEY));
        assertEquals(new Answer.CannotKnow(SigningKeys.TRIED_AGAIN_AFTER), find("a"));
        pass(SigningKeys.TRIED_AGAIN_AFTER);
        keys.refresh();
        answer(Map.of("a", KEY));
        assertEquals(new Answer.Known(KEY), find("a"));
    }

    @Test
    void aKeyThatIsWithdrawnIsObeyedForLessThanAMinute() {
        start(Map.of("a", KEY, "b", OTHER_KEY));
        int seconds = 0;
        while (keys.isGood("a", KEY)) {
            pass(SECOND);
            seconds++;
            keys.refresh();
            if (!open.isEmpty()) {
                pass(IdentityProvider.LONGEST_FETCH);
                answer(Map.of("b", OTHER_KEY));
            }
            assertTrue(seconds < 60);
        }
        assertEquals(30, seconds);
        var found = keys.find("a", now);
        answer(Map.of("b", OTHER_KEY));
        assertEquals(new Answer.Unknown(), done(found));
    }

    @Test
    void anotherKeyUnderTheSameIdIsAnotherKey() {
        start(Map.of("a", KEY));
        pass(REFRESHED_AFTER);
        keys.refresh();
        answer(Map.of("a", OTHER_KEY));
        assertFalse(keys.isGood("a", KEY));
        assertEquals(new Answer.Known(OTHER_KEY), find("a"));
    }

    @Test
    void aProviderThatFailsIsAskedAgainSoonAndOnlyThen() {
        keys.refresh();
        fail();
        pass(SECOND);
        keys.refresh();
        assertEquals(1, asked);
        pass(SECOND);
        keys.refresh();
        assertEquals(2, asked);
    }

    @Test
    void onlySoManyWait() {
        var waiting = new ArrayList<CompletionStage<Answer>>();
        for (int i = 0; i < SigningKeys.MOST_WAITING; i++) {
            waiting.add(keys.find("id-" + i, now.minus(SECOND)));
        }
        assertInstanceOf(Answer.CannotKnow.class, find("one too many"));
        answer(Map.of("a", KEY));
        waiting.forEach(one -> assertEquals(new Answer.Unknown(), done(one)));
        pass(SigningKeys.BETWEEN_ORDERS);
        assertFalse(keys.find("another", now).toCompletableFuture().isDone());
    }

    @Test
    void aProviderThatCannotEvenBeAskedIsOneThatFails() {
        var broken = new SigningKeys(
                () -> {
                    throw new IllegalStateException("no client");
                },
                REFRESHED_AFTER,
                () -> now);
        assertEquals(new Answer.CannotKnow(SigningKeys.TRIED_AGAIN_AFTER), done(broken.find("a", now)));
    }

    private void start(Map<String, SigningKey> found) {
        keys.refresh();
        answer(found);
    }

    private void answer(Map<String, SigningKey> found) {
        open.remove(0).complete(found);
    }

    private void fail() {
        open.remove(0).completeExceptionally(new IOException("connection refused"));
    }

    private void failIfAsked() {
        if (!open.isEmpty()) {
            fail();
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Answer find(String id) {
        return find(id, now);
    }

    private Answer find(String id, Instant issuedAt) {
        return done(keys.find(id, issuedAt));
    }

    private static Answer done(CompletionStage<Answer> answer) {
        return answer.toCompletableFuture().getNow(null);
    }

    private static SigningKey key() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            return new SigningKey(generator.generateKeyPair().getPublic(), null);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }
}
