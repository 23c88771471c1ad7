package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.State;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All tenants' standing with a month, as of one moment. */
@ApplicationScoped
class Board {

    /** So many tenants are looked at by one statement, if nobody reads them. */
    private static final int SLICE = 500;

    private final Transactions transactions;
    private final Standings standings;

    Board(Transactions transactions, Standings standings) {
        this.transactions = transactions;
        this.standings = standings;
    }

    /**
     * @param state of the month; null for all
     * @param after the id after which the page begins; null for the first page
     */
    Uni<List<Standing>> page(Period period, @Nullable State state, @Nullable UUID after, int atMost) {
        return transactions.snapshot(tx -> standings.page(tx, period, state, after, atMost, BusinessTime.now()));
    }

    Uni<BoardSummary> summary(Period period) {
        return transactions.snapshot(tx -> {
            var counting = new Counting(tx, BoardSummary.of(period), period);
            return Loop.run(counting::slice).map(done -> counting.summary);
        });
    }

    private final class Counting {
        private final Tx tx;
        private final Period period;
        private BoardSummary summary;
        private @Nullable UUID after;

        Counting(Tx tx, BoardSummary none, Period period) {
            this.tx = tx;
            this.period = period;
            summary = none;
        }

        Uni<Boolean> slice() {
            return standings
                    .page(tx, period, null, after, SLICE, BusinessTime.now())
                    .map(found -> {
                        found.forEach(it -> summary = summary.with(it));
                        if (found.size() < SLICE) {
                            return false;
                        }
                        after = found.get(found.size() - 1).tenantId();
                        return true;
                    });
        }
    }
}
