package io.points.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider's signing keys, as it has told them last. Known keys need nobody: they are good while the provider
 * is frozen or gone, for an hour. They are asked for anew all the time, so that a key that was withdrawn is not obeyed much
 * longer. An id that is not among them is asked for once in ten seconds at most, whoever comes with how
 * many of them; all who wait share one answer. Plain Java; safe for threads.
 */
public final class SigningKeys {

    /** How long after one that failed. */
    static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(2);

    /** How often unknown ids may make us ask. */
    static final Duration BETWEEN_ORDERS = Duration.ofSeconds(10);

    /** How long keys are good of which the provider cannot be asked. */
    static final Duration GOOD_UNSEEN = Duration.ofHours(1);

    /** How many requests may wait for one response; all others are told to retry. */
    static final int MOST_WAITING = 500;

    private static final int MOST_UNKNOWN = 1_000;

    private final Supplier<CompletionStage<Map<String, SigningKey>>> provider;
    private final Duration refreshedAfter;
    private final InstantSource clock;

    private Map<String, SigningKey> keys = Map.of();
    private final Set<String> unknown = new HashSet<>();
    private @Nullable Instant answered;
    private long questions;
    private long answeredQuestion;
    private @Nullable Instant ended;
    private @Nullable Instant ordered;
    private @Nullable CompletableFuture<Boolean> fetching;
    private boolean failing;
    private int waiting;

    /** What is known of a key id. */
    public sealed interface Answer {

        /** The provider signs with this key. */
        record Known(SigningKey key) implements Answer {}

        /** The provider has no such key. */
        record Unknown() implements Answer {}

        /** The provider cannot be asked, or not just now. */
        record CannotKnow(Duration retryAfter) implements Answer {}
    }

    /**
     * @param provider asks for the keys by their ids; it ends soon, with a failure if it must
     * @param refreshedAfter how long after a fetch that was answered the next one is due
     */
    public SigningKeys(
            Supplier<CompletionStage<Map<String, SigningKey>>> provider, Duration refreshedAfter, InstantSource clock) {
        this.provider = provider;
        this.refreshedAfter = refreshedAfter;
        this.clock = clock;
    }

    /** Whether that very key is good now, without asking anybody. */
    public synchronized boolean isGood(String id, SigningKey key) {
        return key.equals(known(id));
    }

    /**
     * Finds a key, and asks the provider if it has to.
     *
     * @param issuedAt when the token says that it was issued: an id that is unknown to an answer younger than that belongs
     *     to no key; null if it does not say
     */
    public CompletionStage<Answer> find(String id, @Nullable Instant issuedAt) {
        return find(id, issuedAt, questions());
    }

    private synchronized long questions() {
        return questions;
    }

    /** @param before how many questions had been put to the provider when this id came up: only a later one tells of it */
    private CompletionStage<Answer> find(String id, @Nullable Instant issuedAt, long before) {
        CompletableFuture<Boolean> answer;
        synchronized (this) {
            var certain = withoutAsking(id, issuedAt);
            if (certain != null) {
                return CompletableFuture.completedFuture(certain);
            }
            if (waiting >= MOST_WAITING) {
                return CompletableFuture.completedFuture(new Answer.CannotKnow(TRIED_AGAIN_AFTER));
            }
            if (fetching == null) {
                ordered = clock.instant();
                begin();
            }
            waiting++;
            answer = fetching == null ? CompletableFuture.completedFuture(!failing) : fetching;
        }
        return answer.thenCompose(succeeded -> afterwards(id, issuedAt, before, succeeded));
    }

    /** Asks the provider if that is due. Whoever calls does so every second or so. */
    public synchronized void refresh() {
        if (fetching == null && isOver(failing ? TRIED_AGAIN_AFTER : refreshedAfter, ended)) {
            begin();
        }
    }

    /** A time that lies ahead is no reason to wait: the machine's clock was set back. */
    private boolean isOver(Duration wait, @Nullable Instant since) {
        var now = clock.instant();
        return since == null || now.isBefore(since) || !now.isBefore(since.plus(wait));
    }

    private @Nullable SigningKey known(String id) {
        var tooOld = answered == null || clock.instant().isAfter(answered.plus(GOOD_UNSEEN));
        return tooOld ? null : keys.get(id);
    }

    /** Null if the provider has to be asked, or is being asked. */
    private @Nullable Answer withoutAsking(String id, @Nullable Instant issuedAt) {
        var known = known(id);
        if (known != null) {
            return new Answer.Known(known);
        }
        if (fetching != null) {
            return null;
        }
        if (failing) {
            return new Answer.CannotKnow(TRIED_AGAIN_AFTER);
        }
        if (unknown.contains(id)) {
            return new Answer.Unknown();
        }
        if (ordered == null || isOver(BETWEEN_ORDERS, ordered)) {
            return null;
        }
        return isOlderThanTheAnswer(issuedAt)
                ? new Answer.Unknown()
                : new Answer.CannotKnow(Duration.between(clock.instant(), ordered.plus(BETWEEN_ORDERS)));
    }

    /** Tokens count in whole seconds. */
    private boolean isOlderThanTheAnswer(@Nullable Instant issuedAt) {
        return answered != null && (issuedAt == null || issuedAt.isBefore(answered.truncatedTo(ChronoUnit.SECONDS)));
    }

    private CompletionStage<Answer> afterwards(String id, @Nullable Instant issuedAt, long before, boolean succeeded) {
        synchronized (this) {
            waiting--;
            var known = known(id);
            if (known != null) {
                return CompletableFuture.completedFuture(new Answer.Known(known));
            }
            if (!succeeded || answered == null) {
                return CompletableFuture.completedFuture(new Answer.CannotKnow(TRIED_AGAIN_AFTER));
            }
            if (answeredQuestion > before) {
                remember(id);
                return CompletableFuture.completedFuture(new Answer.Unknown());
            }
        }
        // It was asked before this key was looked for, and may be younger than what was answered: once more.
        return find(id, issuedAt, before);
    }

    private void remember(String id) {
        if (unknown.size() >= MOST_UNKNOWN) {
            unknown.clear();
        }
        unknown.add(id);
    }

    private void begin() {
        var began = clock.instant();
        long question = ++questions;
        var fetch = new CompletableFuture<Boolean>();
        fetching = fetch;
        ask().whenComplete((found, failure) -> {
            synchronized (this) {
                end(question, began, found, failure);
            }
            fetch.complete(failure == null);
        });
    }

    private CompletionStage<Map<String, SigningKey>> ask() {
        try {
            return provider.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void end(
            long question, Instant began, @Nullable Map<String, SigningKey> found, @Nullable Throwable failure) {
        fetching = null;
        ended = clock.instant();
        failing = found == null || failure != null;
        if (found != null && failure == null) {
            keys = found;
            answered = began;
            answeredQuestion = question;
        }
    }
}
