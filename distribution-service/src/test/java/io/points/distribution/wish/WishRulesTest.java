package io.points.distribution.wish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.distribution.wish.WishRules.AlreadyDecided;
import io.points.distribution.wish.WishRules.AskerRequired;
import io.points.distribution.wish.WishRules.ConflictOfInterest;
import io.points.distribution.wish.WishRules.Decided;
import io.points.distribution.wish.WishRules.Decision;
import io.points.distribution.wish.WishRules.SecondPersonRequired;
import io.points.distribution.wish.WishRules.Unchanged;
import io.points.distribution.wish.WishRules.Word;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WishRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final UUID ASKER = new UUID(0, 1);
    private static final UUID NOMINEE = new UUID(0, 2);
    private static final UUID MANAGER = new UUID(0, 3);
    private static final UUID OTHER = new UUID(0, 4);

    @Test
    void aManagerDecidesAndWhoeverAskedWithdraws() {
        assertEquals(new Decided(WishState.GRANTED), decide(open(), Word.GRANT, MANAGER));
        assertEquals(new Decided(WishState.DECLINED), decide(open(), Word.DECLINE, MANAGER));
        assertEquals(new Decided(WishState.WITHDRAWN), decide(open(), Word.WITHDRAW, ASKER));
        assertEquals(new AskerRequired(), decide(open(), Word.WITHDRAW, MANAGER));
    }

    @ParameterizedTest
    @EnumSource(names = {"GRANT", "DECLINE"})
    void nobodyDecidesAboutTheirOwn(Word word) {
        assertEquals(new SecondPersonRequired(), decide(open(), word, ASKER));
        assertEquals(new ConflictOfInterest(), decide(open(), word, NOMINEE));
    }

    @ParameterizedTest
    @EnumSource(Word.class)
    void decidedIsDecided(Word word) {
        var state = word == Word.GRANT
                ? WishState.GRANTED
                : word == Word.DECLINE ? WishState.DECLINED : WishState.WITHDRAWN;
        var decider = word == Word.WITHDRAW ? ASKER : MANAGER;
        var wish = wish(state, decider, null);
        assertEquals(new Unchanged(), decide(wish, word, decider));
        assertEquals(new AlreadyDecided(state, NOW.minusSeconds(9)), decide(wish, word, OTHER));
        for (var other : Word.values()) {
            if (other != word) {
                assertEquals(new AlreadyDecided(state, NOW.minusSeconds(9)), decide(wish, other, decider));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Word.class)
    void whenItsTimeIsOverItIsOver(Word word) {
        var due = wish(WishState.OPEN, null, NOW);
        assertEquals(
                new AlreadyDecided(WishState.EXPIRED, NOW), decide(due, word, word == Word.WITHDRAW ? ASKER : MANAGER));
        assertEquals(
                new AlreadyDecided(WishState.EXPIRED, NOW.minusSeconds(9)),
                decide(wish(WishState.EXPIRED, null, null), word, MANAGER));
    }

    /** It was granted and could not be given: nobody's time runs any more. */
    @Test
    void whatIsOpenAgainHasNoTime() {
        assertEquals(new Decided(WishState.GRANTED), decide(wish(WishState.OPEN, MANAGER, null), Word.GRANT, MANAGER));
    }

    @Test
    void eachRefusalSaysWhy() {
        assertNull(WishProblems.of(new Decided(WishState.GRANTED)));
        assertNull(WishProblems.of(new Unchanged()));
        assertEquals("already-decided", slug(new AlreadyDecided(WishState.DECLINED, NOW)));
        assertEquals("second-person-required", slug(new SecondPersonRequired()));
        assertEquals("conflict-of-interest", slug(new ConflictOfInterest()));
        assertEquals("proposer-required", slug(new AskerRequired()));
    }

    private static String slug(Decision decision) {
        return WishProblems.of(decision).type().replaceAll(".*:", "");
    }

    private static Decision decide(Wish wish, Word word, UUID by) {
        return WishRules.decide(wish, word, by, NOW);
    }

    private static Wish open() {
        return wish(WishState.OPEN, null, NOW.plusSeconds(1));
    }

    private static Wish wish(WishState state, @Nullable UUID decidedBy, @Nullable Instant expiresAt) {
        return new Wish(
                new UUID(1, 1),
                new UUID(1, 2),
                WishKind.NOMINATION,
                ASKER,
                NOMINEE,
                5,
                state,
                decidedBy == null ? 0 : 1,
                decidedBy,
                NOW.minusSeconds(9),
                state == WishState.GRANTED ? new UUID(1, 3) : null,
                expiresAt);
    }
}
