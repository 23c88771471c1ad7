package io.points.audit.books;

import io.points.background.Round;
import io.points.background.Rounds;
import io.points.database.Faults;
import io.points.messaging.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares all attested balances that wait, page by page. A page that fails for a reason that does not pass is halved until
 * the balance is found that cannot be compared; its tenant is left out, and all others go on.
 */
@ApplicationScoped
class ComparisonRound {

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    /** How many balances are compared in one transaction. */
    private static final int PAGE = 500;

    private final Transactions transactions;
    private final Comparison comparison;
    private final MissingEntries missing;
    private final Round round;
    private volatile boolean stopped;

    ComparisonRound(Transactions transactions, Comparison comparison, MissingEntries missing, Rounds rounds) {
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
    }

    void stop() {
        stopped = true;
    }

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
        if (stopped) {
            return Uni.createFrom().item(false);
        }
        return transactions
                .write(tx -> Alone.in(tx, Optional.<Comparison.Page>empty(), () -> comparison
                        .page(tx, pass.last, pass.most, missing::isWaitedForNoMore)
                        .map(Optional::of)))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .map(page -> page.isPresent() && isFollowed(page.get(), pass))
                .onFailure(failure -> !Faults.willPass(failure))
                .recoverWithUni(failure -> narrow(pass, failure));
    }

    private boolean isFollowed(Comparison.Page page, Pass pass) {
        pass.waiting.addAll(page.waiting());
        pass.last = page.last();
        pass.most = Math.min(2 * pass.most, PAGE);
        if (!page.more()) {
            missing.waitFor(pass.waiting);
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
}
