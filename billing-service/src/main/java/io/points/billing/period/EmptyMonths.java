package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.statement.Closing;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.billing.statement.StatementReader;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Months without movements, which are closed along with a later one. Each gets a step and a statement of its own. */
@ApplicationScoped
class EmptyMonths {

    private final PeriodRows rows;
    private final StatementReader statements;
    private final Documents documents;

    EmptyMonths(PeriodRows rows, StatementReader statements, Documents documents) {
        this.rows = rows;
        this.statements = statements;
        this.documents = documents;
    }

    /**
     * A month and the step that closes it.
     *
     * @param before where the month stands before
     */
    record Closed(Period period, PeriodHistory before, Step step) {}

    /** @param months consecutive and without movements, oldest first */
    Uni<List<Closed>> close(Tx tx, UUID tenant, List<Period> months, Wish wish, Instant now) {
        if (months.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return rows.histories(tx, tenant, months).chain(histories -> statements
                .readUnmoved(tx, tenant, months)
                .chain(unmoved -> Offload.call(() -> close(unmoved, histories, wish, now))));
    }

    private List<Closed> close(List<Statement> unmoved, Map<Period, PeriodHistory> histories, Wish wish, Instant now) {
        var closed = new ArrayList<Closed>();
        for (var statement : unmoved) {
            var period = Period.parse(statement.period());
            var before = histories.get(period).later(closed.size());
            var how = Closing.after(before.revisions(), now, wish.by());
            closed.add(new Closed(
                    period,
                    before,
                    new Step(
                            before.nextNumber(),
                            Action.CLOSED,
                            wish.reason(),
                            wish.by(),
                            now,
                            documents.document(statement.closed(how, List.of())),
                            before.turns())));
        }
        return closed;
    }
}
