package io.points.audit.books;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.persistence.TransientErrors;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares all attested balances that wait, page by page. A page that fails for a reason that does not pass is halved until
 * the balance is found that cannot be compared; its tenant is left out, and all others go on. Of a page that fails for one that
 * passes, a time limit say, the balances are compared one by one, so that the one that it is because of keeps no other waiting;
 * it is tried again in the next round. A round that ends because of too many of those is followed by one that goes past them,
 * so that all others have their turn.
 */
@ApplicationScoped
class ComparisonRound {

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    /** How many balances are compared in one transaction. */
    private static final int PAGE = 500;

    /** If so many balances fail for a reason that passes, it is not because of them. */
    private static final int MOST_FAILURES = 3;

    private final Transactions transactions;
    private final Comparison comparison;
    private final MissingEntries missing;
    private final Schedule schedule;
    private final Round round;

    /** What failed for a reason that passes since a round last came to its end, and why. */
    private final Map<Attested.Key, Throwable> failing = new ConcurrentHashMap<>();

    ComparisonRound(
            Transactions transactions,
            Comparison comparison,
            MissingEntries missing,
            Schedule schedule,
            Rounds rounds) {
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.comparison = comparison;
        this.missing = missing;
        round = rounds.round("books_comparison");
    }

    /** What a round remembers. */
    private static final class Pass {
        private final List<Attested.Key> waiting = new ArrayList<>();
        private Attested.Key last = Comparison.Page.START;
        private int most = PAGE;

        /** So many more are compared one by one: those of a page that failed. */
        private int alone;

        private int failures;
        private @Nullable Throwable failure;

        void follow(Comparison.Page page) {
            waiting.addAll(page.waiting());
            last = page.last();
            alone = Math.max(alone - 1, 0);
            if (alone == 0) {
                most = Math.min(2 * most, PAGE);
            }
        }

        void oneByOne() {
            alone = most;
            most = 1;
        }

        /** It is waited for as before: what it was compared with is not known. */
        void passOver(Attested.Key key, Throwable why) {
            waiting.add(key);
            last = key;
            alone = Math.max(alone - 1, 0);
            failure = why;
        }

        Uni<Boolean> end() {
            return failure == null
                    ? Uni.createFrom().item(false)
                    : Uni.createFrom().failure(failure);
        }
    }

    /** Compares what waits; fails if some balances could not be compared, for a reason that passes. */
    Uni<Void> run() {
        var pass = new Pass();
        return round.run(() -> slice(pass));
    }

    /** There is nothing to compare. */
    void rest() {
        missing.waitFor(List.of());
        round.succeeded();
    }

    private Uni<Boolean> slice(Pass pass) {
        if (schedule.isStopped()) {
            return Uni.createFrom().item(false);
        }
        return pass.most > 1 || failing.isEmpty() ? compare(pass) : goPastOrCompare(pass);
    }

    private Uni<Boolean> goPastOrCompare(Pass pass) {
        return next(pass).chain(key -> {
            var why = key.map(failing::get);
            if (why.isEmpty()) {
                return compare(pass);
            }
            pass.passOver(key.get(), why.get());
            return Uni.createFrom().item(true);
        });
    }

    private Uni<Boolean> compare(Pass pass) {
        return transactions
                .write(tx -> Alone.in(tx, Optional.<Comparison.Page>empty(), () -> comparison
                        .page(tx, pass.last, pass.most, missing::isWaitedForNoMore)
                        .map(Optional::of)))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .map(page -> page.isPresent() && isFollowed(page.get(), pass))
                .onFailure()
                .recoverWithUni(failure ->
                        TransientErrors.isTransient(failure) ? passOver(pass, failure) : narrow(pass, failure))
                .chain(more -> more ? Uni.createFrom().item(true) : pass.end());
    }

    private boolean isFollowed(Comparison.Page page, Pass pass) {
        pass.follow(page);
        if (!page.more()) {
            missing.waitFor(pass.waiting);
            failing.clear();
        }
        return page.more();
    }

    private Uni<Boolean> narrow(Pass pass, Throwable failure) {
        if (pass.most > 1) {
            pass.most /= 2;
            return Uni.createFrom().item(true);
        }
        return transactions
                .write(tx -> comparison.leaveOut(tx, pass.last, failure))
                .replaceWith(true);
    }

    private Uni<Boolean> passOver(Pass pass, Throwable failure) {
        if (pass.most > 1) {
            pass.oneByOne();
            return Uni.createFrom().item(true);
        }
        return next(pass).map(key -> {
            pass.passOver(key.orElse(pass.last), failure);
            key.ifPresent(balance -> failing.put(balance, failure));
            pass.failures++;
            return key.isPresent() && pass.failures < MOST_FAILURES;
        });
    }

    private Uni<Optional<Attested.Key>> next(Pass pass) {
        return transactions
                .write(tx -> comparison.next(tx, pass.last))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail();
    }
}
