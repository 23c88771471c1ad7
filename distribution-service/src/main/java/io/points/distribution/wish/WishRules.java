package io.points.distribution.wish;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Who may decide about a wish, and what comes of it. Plain decisions. */
final class WishRules {

    /** So long a wish waits for somebody to decide. */
    static final Duration PATIENCE = Duration.ofDays(30);

    /** As many wishes of one member are open at most. */
    static final int MOST_OPEN = 5;

    /** What somebody wants to become of it. */
    enum Word {
        GRANT(WishState.GRANTED),
        DECLINE(WishState.DECLINED),
        WITHDRAW(WishState.WITHDRAWN);

        private final WishState wanted;

        Word(WishState wanted) {
            this.wanted = wanted;
        }
    }

    /** What comes of it. */
    sealed interface Decision {}

    /** It is decided so. */
    record Decided(WishState state) implements Decision {}

    /** The same person has decided the same before. */
    record Unchanged() implements Decision {}

    /** It was decided otherwise, or by another, or its time is over. */
    record AlreadyDecided(WishState state, Instant at) implements Decision {}

    /** Nobody decides about what they have asked for. */
    record SecondPersonRequired() implements Decision {}

    /** Nobody decides about what they would get. */
    record ConflictOfInterest() implements Decision {}

    /** Nobody withdraws what another has asked for. */
    record AskerRequired() implements Decision {}

    private WishRules() {}

    static Decision decide(Wish wish, Word word, UUID by, Instant now) {
        if (wish.state() != WishState.OPEN) {
            var theirs = word == Word.WITHDRAW ? by.equals(wish.askedBy()) : by.equals(wish.decidedBy());
            return wish.state() == word.wanted && theirs
                    ? new Unchanged()
                    : new AlreadyDecided(wish.state(), wish.decidedAt());
        }
        if (wish.expiresAt() != null && !now.isBefore(wish.expiresAt())) {
            return new AlreadyDecided(WishState.EXPIRED, wish.expiresAt());
        }
        if (word == Word.WITHDRAW) {
            return by.equals(wish.askedBy()) ? new Decided(WishState.WITHDRAWN) : new AskerRequired();
        }
        if (by.equals(wish.toUserId())) {
            return new ConflictOfInterest();
        }
        return by.equals(wish.askedBy()) ? new SecondPersonRequired() : new Decided(word.wanted);
    }
}
